/// The unit in which data are held, a power of two, so that squares neither overflow nor vanish.
struct Frame: Equatable, Sendable {
    let exponent: Int

    /// A frame for finite data; `scale` is one more length that must fit.
    init(covering samples: [Double]..., scale: Double = 0) {
        let largest = samples.lazy.joined().reduce(scale.magnitude) { max($0, $1.magnitude) }
        // What is not finite is refused by whoever asks; here it must only not trap.
        exponent = largest == 0 || !largest.isFinite ? 0 : Int(largest.exponent) + 2
    }

    func position(of x: Double) -> DoubleDouble { difference(x, 0) }

    /// a − b, exactly, in this frame's unit.
    func difference(_ a: Double, _ b: Double) -> DoubleDouble {
        DoubleDouble(a.scaled(by: -exponent), minus: b.scaled(by: -exponent))
    }

    /// A length in this frame's unit, in the unit of the data; may overflow to ∞.
    func length(_ value: Double) -> Double { value.scaled(by: exponent) }
}

/// Mean and standard deviation of a sample, in the unit of its frame.
///
/// Two-pass formulas are not enough: at 1e9 ± 1e-6 they are 12 % off, because the rounded mean
/// differs from the mean by a visible part of the spread. So everything is measured from the first
/// value, from which near data subtract exactly; in short samples, every place with twice the digits.
struct Moments: Equatable, Sendable {
    /// Above, thousands of digits cancel each other's errors, and `Double` is as good.
    static let shortCount = 4096

    let count: Int
    /// The first position.
    let origin: DoubleDouble
    /// The mean, from the first position.
    let offset: DoubleDouble
    /// √(Σ(x−mean)²/(n−1)), or 0 for fewer than two values.
    let deviation: Double

    init(_ positions: [DoubleDouble]) {
        let first = positions.first ?? .zero
        let offsets = positions.map { $0 - first }
        (count, origin) = (positions.count, first)
        if offsets.allSatisfy({ $0 == .zero }) {
            (offset, deviation) = (.zero, 0)
        } else {
            let center = offsets.reduce(.zero, +) / Double(offsets.count)
            let norm = euclideanNorm(offsets.map { ($0 - center).value })
            (offset, deviation) = (center, norm / Double(offsets.count - 1).squareRoot())
        }
    }

    init(_ values: [Double], in frame: Frame, workers: Int = 1) {
        if values.count > Self.shortCount,
            let long = ColumnMoments.ofLong(values, workers: workers)
        {
            self.init(long, count: values.count, in: frame)
        } else {
            self.init(values.map(frame.position))
        }
    }

    init(_ long: ColumnMoments, count: Int, in frame: Frame) {
        self.count = count
        origin = frame.position(of: long.origin)
        offset = frame.position(of: long.offset)
        let deviation = (long.squares / Double(count - 1)).squareRoot()
        self.deviation = deviation.scaled(by: -frame.exponent)
    }

    var mean: DoubleDouble { origin + offset }

    /// This mean minus another; what is common to both cancels before it is rounded.
    func meanMinus(_ other: Moments) -> DoubleDouble {
        (origin - other.origin) + (offset - other.offset)
    }

    /// The standard error of the mean.
    var standardError: Double { deviation / Double(count).squareRoot() }
}

/// The differences of pairs, checked and reduced to their moments in one frame.
struct PairedSamples {
    let frame: Frame
    let moments: Moments

    /// Checks in the order that every test keeps: invalid, then insufficient.
    static func prepare(
        _ a: [Double], _ b: [Double], _ nanPolicy: NaNPolicy, scale: Double = 0, workers: Int
    ) -> Result<PairedSamples, TwoSamples.Refusal> {
        if a.count == b.count, a.count > Moments.shortCount,
            let long = ColumnMoments.ofLong(a, minus: b, workers: workers)
        {
            let spread = (long.squares / Double(a.count - 1)).squareRoot()
            let frame = Frame(covering: [long.origin, long.offset, spread], scale: scale)
            return .success(
                PairedSamples(frame: frame, moments: Moments(long, count: a.count, in: frame)))
        }
        guard let pairs = nanPolicy.applyToPairs(a, b),
            pairs.allSatisfy({ $0.0.isFinite && $0.1.isFinite })
        else { return .failure(TwoSamples.Refusal(value: .invalidInput)) }
        guard pairs.count >= 2 else {
            return .failure(TwoSamples.Refusal(value: .insufficientData))
        }
        let frame = Frame(covering: pairs.map(\.0), pairs.map(\.1), scale: scale)
        let moments = Moments(pairs.map { frame.difference($0.0, $0.1) })
        return .success(PairedSamples(frame: frame, moments: moments))
    }
}

/// √Σx², scaled so that no square overflows or vanishes.
func euclideanNorm(_ values: [Double]) -> Double {
    let largest = values.reduce(0) { max($0, $1.magnitude) }
    guard largest > 0, largest.isFinite else { return largest }
    let exponent = Int(largest.exponent)
    let squares = CompensatedSum(
        of: values.lazy.map { value in
            let scaled = value.scaled(by: -exponent)
            return scaled * scaled
        })
    return squares.value.squareRoot().scaled(by: exponent)
}

extension Double {
    /// self · 2^exponent, exact unless the result leaves the normal range.
    func scaled(by exponent: Int) -> Double {
        Double(sign: .plus, exponent: exponent, significand: self)
    }
}
