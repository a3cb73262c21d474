import CairnCore
import Statistics

/// That a guard broke: everything it was decided by, so that anybody can decide it again.
public struct GuardVerdict: Equatable, Sendable {
    public enum Inputs: Equatable, Sendable {
        case rate(Counts)
        case arms([ArmEvents.AtWeight])
        /// Of the test, as `StudentMixtureTest.numbers` gives them.
        case means([Double])
        case pairs(wins: Int, losses: Int)
        /// The newest values, and what they were held against.
        case measured([Double], limit: Double, isLeast: Bool)
    }

    public var attempt: UInt64
    public var guardName: String
    public var kind: String
    public var observes: Bool
    public var inputs: Inputs
    /// ln e; of a threshold the rate.
    public var statistic: Double
    /// What it had to reach; of a threshold what it went over.
    public var bound: Double
    public var stable: Counts
    public var candidate: Counts
    /// The smallest difference that this many would show four times in five, in the unit of the
    /// metric; `nil` where there is no such number.
    public var detectable: Double?
    public var at: Timestamp
    public var why: String

    /// The statistic, from the inputs alone.
    public func recomputed() -> Double? {
        switch inputs {
        case .rate(let counts): return counts.rate
        case .arms(let all):
            var process = ArmEProcess()
            for item in all {
                process.add(
                    failuresCandidate: item.candidate, failuresStable: item.reference,
                    weight: item.weight)
            }
            return process.logEvidence
        case .means(let numbers): return StudentMixtureTest(numbers: numbers)?.logEvidence
        case .measured(let values, let limit, let isLeast):
            return Double(values.count { isLeast ? $0 < limit : $0 > limit })
        case .pairs(let wins, let losses):
            guard var test = BetaMixtureTest(rate: 0.5) else { return nil }
            test.add(successes: wins, failures: losses)
            return test.logEvidence
        }
    }

    /// Whether the inputs give this verdict again. Sums in another order differ in the last bits.
    public var isConfirmed: Bool {
        guard let again = recomputed() else { return false }
        let tolerance = 1e-9 * max(1, statistic.magnitude)
        guard (again - statistic).magnitude <= tolerance else { return false }
        return again >= bound - tolerance
    }
}

extension GuardVerdict.Inputs {
    /// For people, one line for each thing.
    public var lines: [String] {
        switch self {
        case .rate(let counts): ["\(counts.failures) of \(counts.requests) failed on the candidate"]
        case .arms(let all):
            all.map { item in
                let share = Double(Int((item.weight * 1e6).rounded())) / 1e4
                return
                    "at \(share) %: \(item.candidate) on the candidate, \(item.reference) on the "
                    + "reference"
            }
        case .means(let numbers): ["the test's numbers: \(numbers)"]
        case .pairs(let wins, let losses): ["\(wins) won, \(losses) lost"]
        case .measured(let values, let limit, let isLeast):
            ["the newest values: \(values); \(isLeast ? "at least" : "at most") \(limit)"]
        }
    }
}
