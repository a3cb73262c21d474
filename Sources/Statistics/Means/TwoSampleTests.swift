import func Glibc.hypot

extension TTest {
    /// Welch's t-test: unequal variances, unequal sizes. The default for different prompts.
    ///
    /// se² = v₁/n₁ + v₂/n₂; df = se⁴/((v₁/n₁)²/(n₁−1) + (v₂/n₂)²/(n₂−1)).
    /// Needs two finite values a side. Source: Welch 1947; Satterthwaite 1946.
    ///
    /// - Parameter workers: threads for long samples; the result is the same for any number.
    public static func welch(
        _ a: [Double], _ b: [Double], nanPolicy: NaNPolicy = .reject, workers: Int = 1
    ) -> TTest {
        switch TwoSamples.prepare(a, b, nanPolicy, workers: workers) {
        case .failure(let status): TTest(status.value)
        case .success(let samples):
            TTest(samples.welchEstimate, degreesOfFreedom: samples.welchDegreesOfFreedom)
        }
    }

    /// Student's t-test with the pooled variance; right only where both variances are the same.
    ///
    /// s_p² = ((n₁−1)v₁ + (n₂−1)v₂)/(n₁+n₂−2); se = s_p √(1/n₁+1/n₂); df = n₁+n₂−2. With equal
    /// sizes this is t = (m₁−m₂)/(s_p √(2/n)), s_p = √((v₁+v₂)/2).
    /// Needs two finite values a side. Source: Student 1908.
    public static func pooled(
        _ a: [Double], _ b: [Double], nanPolicy: NaNPolicy = .reject, workers: Int = 1
    ) -> TTest {
        switch TwoSamples.prepare(a, b, nanPolicy, workers: workers) {
        case .failure(let status): return TTest(status.value)
        case .success(let samples):
            let (n1, n2) = (Double(samples.a.count), Double(samples.b.count))
            let estimate = ScaledEstimate(
                frame: samples.frame, difference: samples.difference.value,
                error: samples.pooledDeviation * (1 / n1 + 1 / n2).squareRoot(),
                pooledDeviation: samples.pooledDeviation)
            return TTest(estimate, degreesOfFreedom: n1 + n2 - 2)
        }
    }
}

/// Two samples, checked and reduced to their moments in one frame.
struct TwoSamples {
    let frame: Frame
    let a: Moments
    let b: Moments

    struct Refusal: Error { let value: TestStatus }

    /// Checks in the order that every test keeps: invalid, then insufficient.
    static func prepare(
        _ a: [Double], _ b: [Double], _ nanPolicy: NaNPolicy, scale: Double = 0, workers: Int = 1
    ) -> Result<TwoSamples, Refusal> {
        if let long = ofLong(a, b, scale, workers) { return .success(long) }
        guard let a = nanPolicy.apply(a), let b = nanPolicy.apply(b),
            a.allSatisfy(\.isFinite), b.allSatisfy(\.isFinite)
        else { return .failure(Refusal(value: .invalidInput)) }
        guard a.count >= 2, b.count >= 2 else {
            return .failure(Refusal(value: .insufficientData))
        }
        let frame = Frame(covering: a, b, scale: scale)
        return .success(
            TwoSamples(frame: frame, a: Moments(a, in: frame), b: Moments(b, in: frame)))
    }

    /// `nil` unless both are long and finite.
    private static func ofLong(
        _ a: [Double], _ b: [Double], _ scale: Double, _ workers: Int
    ) -> TwoSamples? {
        guard min(a.count, b.count) > Moments.shortCount,
            let longA = ColumnMoments.ofLong(a, workers: workers),
            let longB = ColumnMoments.ofLong(b, workers: workers)
        else { return nil }
        let lengths = [longA, longB].flatMap { moments in
            [moments.origin, moments.offset, (moments.squares / moments.weight).squareRoot()]
        }
        let frame = Frame(covering: lengths, scale: scale)
        return TwoSamples(
            frame: frame, a: Moments(longA, count: a.count, in: frame),
            b: Moments(longB, count: b.count, in: frame))
    }

    var difference: DoubleDouble { a.meanMinus(b) }

    var welchEstimate: ScaledEstimate {
        ScaledEstimate(
            frame: frame, difference: difference.value,
            error: hypot(a.standardError, b.standardError))
    }

    /// In shares of the squared error, which neither overflow nor vanish.
    var welchDegreesOfFreedom: Double? {
        let error = hypot(a.standardError, b.standardError)
        guard error > 0 else { return nil }
        let (ra, rb) = (a.standardError / error, b.standardError / error)
        let (sa, sb) = (ra * ra, rb * rb)
        return 1 / (sa * sa / Double(a.count - 1) + sb * sb / Double(b.count - 1))
    }

    var pooledDeviation: Double {
        let (f1, f2) = (Double(a.count - 1), Double(b.count - 1))
        return hypot(
            a.deviation * (f1 / (f1 + f2)).squareRoot(), b.deviation * (f2 / (f1 + f2)).squareRoot()
        )
    }
}
