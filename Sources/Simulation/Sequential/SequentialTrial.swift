import CairnCore
import Dispatch
import Statistics

import func Glibc.log
import func Glibc.log1p

/// One watched comparison, from its first look to its last: data drawn, test applied after every
/// piece of them.
public protocol SequentialTrial: Sendable {
    func run(_ random: inout TrialRandom) -> TrialEnd
}

/// How a trial ended. Times are in the trial's own unit: requests, pairs, trials.
public enum TrialEnd: Equatable, Sendable {
    /// The test saw nothing till the end.
    case quiet
    /// The test stopped: the candidate looks worse. A rollback.
    case worse(at: Int)
    /// The test stopped: the candidate looks better.
    case better(at: Int)
}

/// Random numbers of one trial, keyed by seed and trial: the same on any number of threads.
public struct TrialRandom: Sendable {
    private var source: SeededRandom
    private var spare: Double?

    public init(seed: UInt64, trial: Int) {
        var keys = SeededRandom(seed: seed)
        var scrambled = SeededRandom(seed: keys.next() ^ UInt64(trial))
        source = SeededRandom(seed: scrambled.next())
    }

    /// Uniform in (0, 1).
    public mutating func unit() -> Double { (Double(source.next() >> 11) + 0.5) * 0x1p-53 }

    public mutating func coin(_ probability: Double) -> Bool { unit() < probability }

    /// Standard normal. Source: Marsaglia's polar method, 1964.
    public mutating func normal() -> Double {
        if let value = spare.take() { return value }
        while true {
            let (x, y) = (2 * unit() - 1, 2 * unit() - 1)
            let square = x * x + y * y
            guard square < 1, square > 0 else { continue }
            let scale = (-2 * log(square) / square).squareRoot()
            spare = y * scale
            return x * scale
        }
    }

    /// How many trials pass up to and with the first success.
    public mutating func waiting(for probability: Double) -> Int {
        1 + Int(min(1e15, log(unit()) / log1p(-probability)))
    }
}

/// What many runs of one trial came to.
public struct TrialSummary: Equatable, Sendable {
    public let count: Int
    /// Trials that ended with the candidate looking worse, and how far they got.
    public let worse: [Int]
    public let better: Int

    /// Runs a trial many times, in parallel.
    public init(of trial: some SequentialTrial, count: Int, seed: UInt64) {
        let ends = [TrialEnd](unsafeUninitializedCapacity: count) { buffer, initialized in
            nonisolated(unsafe) let slots = buffer
            let chunk = 16
            DispatchQueue.concurrentPerform(iterations: (count + chunk - 1) / chunk) { part in
                for index in part * chunk..<min(count, (part + 1) * chunk) {
                    var random = TrialRandom(seed: seed, trial: index)
                    slots.initializeElement(at: index, to: trial.run(&random))
                }
            }
            initialized = count
        }
        self.count = count
        worse = ends.compactMap { if case .worse(let time) = $0 { time } else { nil } }.sorted()
        better = ends.count { if case .better = $0 { true } else { false } }
    }

    /// The share of trials that ended in a rollback.
    public var rollbackRate: Double { Double(worse.count) / Double(count) }

    /// Rollbacks, and alarms that the candidate is better where none is different.
    public var alarmCount: Int { worse.count + better }

    /// What the true chance of a rollback is below with 99.9 % confidence, by Clopper and Pearson.
    public var rollbackUpperBound: Double { Self.upperBound(worse.count, of: count) }

    public var alarmUpperBound: Double { Self.upperBound(alarmCount, of: count) }

    /// The median time to a rollback, where those that never came count as ∞; `nil` for ∞.
    public var medianTime: Int? { worse.count * 2 > count ? worse[count / 2] : nil }

    private static func upperBound(_ hits: Int, of count: Int) -> Double {
        Proportion(successes: hits, trials: count)?.exactUpperBound(confidence: 0.999) ?? 1
    }
}
