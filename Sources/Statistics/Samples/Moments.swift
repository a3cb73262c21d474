/// Where data are measured from, and in what unit, so that squares neither overflow nor vanish and
/// a common offset costs no digits: x is held as x/2^exponent − origin.
///
/// Two-pass formulas are not enough: at 1e9 ± 1e-6 they are 12 % off, because the rounded mean
/// differs from the mean by a visible part of the spread.
struct Frame: Equatable, Sendable {
    let exponent: Int
    private let origin: Double

    /// A frame for finite data; `scale` is one more length that must fit.
    init(covering samples: [Double]..., scale: Double = 0) {
        let values = samples.lazy.joined()
        let largest = values.reduce(scale.magnitude) { max($0, $1.magnitude) }
        exponent = largest == 0 ? 0 : Int(largest.exponent) + 2
        // The first value is as good an origin as any: near data subtract exactly.
        origin = samples.first { !$0.isEmpty }?[0].scaled(by: -exponent) ?? 0
    }

    func position(of x: Double) -> DoubleDouble {
        DoubleDouble(x.scaled(by: -exponent), minus: origin)
    }

    /// a − b, exactly, in this frame's unit; the origin cancels.
    func difference(_ a: Double, _ b: Double) -> DoubleDouble {
        DoubleDouble(a.scaled(by: -exponent), minus: b.scaled(by: -exponent))
    }

    /// A length in this frame's unit, in the unit of the data; may overflow to ∞.
    func length(_ value: Double) -> Double { value.scaled(by: exponent) }
}

/// Mean and standard deviation of a sample, in the unit of its frame.
struct Moments: Equatable, Sendable {
    let count: Int
    let mean: DoubleDouble
    /// √(Σ(x−mean)²/(n−1)), or 0 for fewer than two values.
    let deviation: Double
    /// All values are the same.
    let isConstant: Bool

    init(_ positions: [DoubleDouble]) {
        count = positions.count
        isConstant = positions.allSatisfy { $0 == positions[0] }
        if isConstant {
            mean = positions.first ?? .zero
            deviation = 0
        } else {
            let center = positions.reduce(.zero, +) / Double(positions.count)
            mean = center
            let norm = euclideanNorm(positions.map { ($0 - center).value })
            deviation = norm / Double(positions.count - 1).squareRoot()
        }
    }

    init(_ values: [Double], in frame: Frame) { self.init(values.map(frame.position)) }

    /// The standard error of the mean.
    var standardError: Double { deviation / Double(count).squareRoot() }
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
