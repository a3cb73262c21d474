import CairnCore
import Testing

@testable import Evaluation

/// Which logs of runners go, and by which limit.
@Suite struct RunnerLogRetentionTests {
    private static let day: Int64 = 86_400
    private let now = Timestamp(seconds: 1_000 * day)

    private func id(_ number: UInt64) -> EvaluationID { EvaluationID(high: 1, low: number) }

    /// Log `number` of a hundred bytes; larger numbers are younger.
    private func log(
        _ number: UInt64, _ model: String = "chat", suite: String = "digits", age: Int64? = 1,
        isError: Bool = false, byteCount: UInt64 = 100
    ) throws -> RunnerLogRetention.Log {
        RunnerLogRetention.Log(
            evaluation: id(number), model: try ModelName(model), suite: try ModelName(suite),
            byteCount: byteCount,
            endedAt: age.map { Timestamp(seconds: (1_000 - $0) * Self.day) },
            isStandingError: isError)
    }

    private func limits(count: Int = 0, days: Int = 0, bytes: UInt64 = 0) -> RunnerLogRetention {
        var retention = RunnerLogRetention()
        (retention.countMax, retention.dayCountMax) = (count, days)
        retention.byteCountMax = bytes
        return retention
    }

    private func dropped(_ logs: [RunnerLogRetention.Log], _ limits: RunnerLogRetention)
        -> [UInt64: RunnerLogRetention.Rule]
    {
        let drops = limits.drops(of: logs, at: now)
        #expect(drops.map(\.evaluation) == drops.map(\.evaluation).sorted(), "the oldest first")
        #expect(drops.allSatisfy { $0.at == now })
        return Dictionary(uniqueKeysWithValues: drops.map { ($0.evaluation.low, $0.rule) })
    }

    @Test func withoutLimitsAllStay() throws {
        let logs = try (1...50).map { try log(UInt64($0), age: 900) }
        #expect(dropped(logs, limits()) == [:])
        #expect(dropped([], RunnerLogRetention()) == [:])
    }

    @Test func theNewestOfEachModelStay() throws {
        let logs = try [log(1), log(2, "other"), log(3), log(4), log(5, "other"), log(6)]
        #expect(dropped(logs.shuffled(), limits(count: 2)) == [1: .count, 3: .count])
        #expect(dropped(logs, limits(count: 1)) == [1: .count, 2: .count, 3: .count, 4: .count])
    }

    @Test func whatIsTooOldGoes() throws {
        let logs = try [log(1, age: 31), log(2, age: 30), log(3, age: 40), log(4, age: 2)]
        #expect(dropped(logs, limits(days: 30)) == [1: .days, 3: .days])
        // Both limits at once: the older reason is the one that is told.
        #expect(
            dropped(logs, limits(count: 1, days: 30)) == [1: .days, 2: .count, 3: .days])
    }

    @Test func theOldestOfAllGoUntilTheBytesFit() throws {
        let logs = try [log(1), log(2, "other"), log(3), log(4, byteCount: 250), log(5, "other")]
        #expect(dropped(logs, limits(bytes: 650)) == [:])
        #expect(dropped(logs, limits(bytes: 649)) == [1: .bytes])
        #expect(dropped(logs, limits(bytes: 450)) == [1: .bytes, 2: .bytes])
        // What count drops is not counted a second time.
        #expect(dropped(logs, limits(count: 2, bytes: 550)) == [1: .count])
    }

    /// An operator who sets every limit to the least still finds what he needs next.
    @Test func whatSomebodyNeedsStaysWhateverTheLimits() throws {
        let logs = try [
            log(1, age: nil), log(2, suite: "mail", age: 500), log(3, age: 500, isError: true),
            log(4, age: 500), log(5, age: 400), log(6, age: nil),
        ]
        let least = limits(count: 1, days: 1, bytes: 1)
        #expect(dropped(logs, least) == [4: .days])
        // A newer run's log takes the place of the newest; one that still runs does not.
        #expect(dropped(logs + [try log(7, age: 0)], least) == [4: .days, 5: .days])
    }

    @Test func sumsOfAnySizeDoNotTrap() throws {
        let logs = try [log(1, byteCount: .max), log(2, byteCount: .max), log(3)]
        _ = limits(bytes: 1_000).drops(of: logs, at: now)
    }
}
