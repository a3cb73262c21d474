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
        /// ADWIN as it stood, by `ADWIN.numbers`, and the evenly spread bits that it then took.
        case bits(before: [Double], count: Int, ones: Int)
        /// A self-starting CUSUM as it stood, by its numbers, and the mean and count of each window
        /// since.
        case windows(before: [Double], [[Double]], isRise: Bool)
        /// Of the reference and of what came in.
        case cells(reference: [Int], live: [Int])
        /// The newest values, and what they were held against.
        case measured([Double], limit: Double, isLeast: Bool)
    }

    public var attempt: UInt64
    public var guardName: String
    public var kind: String
    public var observes: Bool
    public var inputs: Inputs
    /// ln e; of a threshold the rate; of ADWIN the gap of two rates; of CUSUM the sum; PSI.
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
        case .bits(let before, let count, let ones):
            return RateWindow.gap(before: before, bits: count, ones: ones)
        case .windows(let before, let windows, let isRise):
            let windows = windows.compactMap { item in
                item.count == 2
                    ? Int(exactly: item[1]).map { MeanWatch.Window(mean: item[0], count: $0) } : nil
            }
            return MeanWatch.level(before: before, windows, isRise: isRise)
        case .cells(let reference, let live):
            return PopulationStability(referenceCounts: reference, currentCounts: live).index
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
        case .bits(let before, let count, let ones):
            ["the window before: \(before)", "then \(ones) events in \(count), evenly spread"]
        case .windows(let before, let windows, let isRise):
            ["the sums before: \(before)", "the sum of \(isRise ? "rises" : "falls")"]
                + windows.map { "a window of mean \($0[0]), over \(Int($0[1])) values" }
        case .cells(let reference, let live):
            ["cells of the reference: \(reference)", "cells of what came in: \(live)"]
        case .measured(let values, let limit, let isLeast):
            ["the newest values: \(values); \(isLeast ? "at least" : "at most") \(limit)"]
        }
    }
}
