import func Glibc.log
import func Glibc.log1p

/// Evidence that a success rate is not p₀, by a Beta mixture over the rate: exact, looks are free.
///
/// ln e = ln B(a+S, b+F) − ln B(a, b) − S ln p₀ − F ln(1−p₀) after S successes and F failures. The
/// chance that e ever reaches 1/α at rate p₀ is at most α, from the first trial on. Use: wins and
/// losses of two versions on the same prompts with p₀ = ½, ties skipped (McNemar's test that may be
/// watched); an error rate against a contract rate.
/// Source: Robbins 1970; Ville 1939.
public struct BetaMixtureTest: Equatable, Sendable {
    public let rate: Double
    public let a: Double
    public let b: Double
    public private(set) var successes = 0
    public private(set) var failures = 0
    /// The largest ln e after any `add`; never below 0.
    public private(set) var peakLogEvidence = 0.0

    /// - Parameters: a and b shape the mixture; ½ and ½ spread it evenly over all rates.
    /// - Returns: `nil` unless the rate is in (0, 1), and a and b are from 10⁻⁹ to 10⁹.
    public init?(rate: Double, a: Double = 0.5, b: Double = 0.5) {
        let shapes = 1e-9...1e9
        guard rate > 0, rate < 1, shapes.contains(a), shapes.contains(b) else { return nil }
        (self.rate, self.a, self.b) = (rate, a, b)
    }

    /// Adds trials; equal to adding them one by one, except that the peak is taken once.
    public mutating func add(successes: Int, failures: Int) {
        precondition(
            successes >= 0 && failures >= 0,
            "successes and failures are counts, not \(successes) and \(failures)")
        self.successes += successes
        self.failures += failures
        peakLogEvidence = max(peakLogEvidence, logEvidence)
    }

    /// ln e at this moment.
    public var logEvidence: Double {
        let (s, f) = (Double(successes), Double(failures))
        return logBeta(a + s, b + f) - logBeta(a, b) - s * log(rate) - f * log1p(-rate)
    }

    /// Whether the evidence ever reached 1/α.
    public func rejects(atLevel alpha: Double) -> Bool {
        evidence(peakLogEvidence, reaches: alpha)
    }

    /// min(1, 1/peak e): a p-value that may be read at any moment.
    public var alwaysValidP: Double { evidenceToP(peakLogEvidence) }
}

extension BetaMixtureTest: StoredAsNumbers {
    public var numbers: [Double] {
        [rate, a, b, Double(successes), Double(failures), peakLogEvidence]
    }

    public init?(numbers: [Double]) {
        var reader = NumberReader(numbers)
        guard let rate = reader.next(), let a = reader.next(), let b = reader.next(),
            let successes = reader.int(in: 0...1 << 53),
            let failures = reader.int(in: 0...1 << 53),
            let peak = reader.next(in: 0...Double.infinity), reader.isAtEnd
        else { return nil }
        self.init(rate: rate, a: a, b: b)
        (self.successes, self.failures, peakLogEvidence) = (successes, failures, peak)
    }
}
