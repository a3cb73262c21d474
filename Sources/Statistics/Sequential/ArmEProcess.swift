import CairnCore

import func Glibc.log
import func Glibc.log1p

/// Evidence that the candidate fails more often than the stable version: the main guard for live
/// errors.
///
/// It looks only at failed requests. If both arms fail alike, a failure belongs to the candidate
/// with chance w, the weight in force at that request; under a relative risk r with chance
/// w r/(w r+1−w). The evidence e is the mean over a grid of r of the products of likelihood
/// ratios. The chance that e ever reaches 1/α when both arms fail alike is at most α, however often
/// one looks and however the weight moves, so nothing restarts when the step changes, and no
/// count of successes is needed.
///
/// It assumes that requests are assigned to arms at random, by a hash of the key; with sticky
/// keys, count the first failure per key. Given successes in place of failures it tests for a
/// better candidate.
/// Source: Ville 1939; Robbins 1970 (mixtures); Ramdas et al., Statistical Science 38 (2023).
public struct ArmEProcess: Equatable, Sendable {
    public static let defaultGrid: [Double] = [1.25, 1.5, 2, 3, 5, 10]

    /// The relative risks that the evidence is spread over, each above 0.
    public let grid: [Double]
    /// The running log likelihood ratio for each relative risk.
    private var logs: [Double]
    /// The largest log evidence seen after any `add`: a guard that broke once stays broken.
    public private(set) var peakLogEvidence = 0.0

    public init() {
        grid = Self.defaultGrid
        logs = Array(repeating: 0, count: grid.count)
    }

    /// - Returns: `nil` for an empty grid or one with a value that is not finite and above 0.
    public init?(grid: [Double]) {
        guard !grid.isEmpty, grid.allSatisfy({ $0.isFinite && $0 > 0 }) else { return nil }
        self.grid = grid
        logs = Array(repeating: 0, count: grid.count)
    }

    /// Adds failures that happened while the candidate had this weight; equal to adding them one
    /// by one, except that the peak is taken once, after all of them.
    public mutating func add(failuresCandidate: Int, failuresStable: Int, weight: BasisPoints) {
        add(
            failuresCandidate: failuresCandidate, failuresStable: failuresStable,
            weight: weight.fraction)
    }

    /// - Parameter weight: the candidate's share of traffic, 0 to 1. At 0 and 1 only one arm is
    ///   served, so a failure tells nothing about arms and adds nothing.
    public mutating func add(failuresCandidate: Int, failuresStable: Int, weight: Double) {
        precondition(
            failuresCandidate >= 0 && failuresStable >= 0,
            "failures are counts, not \(failuresCandidate) and \(failuresStable)")
        precondition(weight >= 0 && weight <= 1, "weight \(weight) is not a share from 0 to 1")
        let candidate = Double(failuresCandidate)
        let total = candidate + Double(failuresStable)
        guard weight > 0, weight < 1, total > 0 else { return }
        for (index, risk) in grid.enumerated() {
            logs[index] += candidate * log(risk) - total * log1p(weight * (risk - 1))
        }
        peakLogEvidence = max(peakLogEvidence, logEvidence)
    }

    /// ln e at this moment. Above ln(1/α) the candidate is worse, at level α.
    public var logEvidence: Double { logMeanExp(logs) }

    /// Whether the evidence ever reached 1/α.
    public func rejects(atLevel alpha: Double) -> Bool {
        evidence(peakLogEvidence, reaches: alpha)
    }

    /// min(1, 1/peak e): a p-value that may be read at any moment.
    public var alwaysValidP: Double { evidenceToP(peakLogEvidence) }
}

extension ArmEProcess: StoredAsNumbers {
    public var numbers: [Double] { [peakLogEvidence] + grid + logs }

    public init?(numbers: [Double]) {
        var reader = NumberReader(numbers)
        guard numbers.count % 2 == 1,
            let peak = reader.next(in: 0...Double.greatestFiniteMagnitude),
            let grid = reader.take(numbers.count / 2)
        else { return nil }
        self.init(grid: grid)
        peakLogEvidence = peak
        logs = reader.remainder()
        guard logs.allSatisfy(\.isFinite) else { return nil }
    }
}
