import CairnCore

/// Which logs of runners stay: so many of each model, so long, and so many bytes of all together.
///
/// Some stay whatever the limits say: those of evaluations that are not over, of the newest run of each
/// model's suite, and of every error that is the standing result of its version. They count all the same.
public struct RunnerLogRetention: Sendable, Equatable {
    /// Of each model; 0: no limit.
    public var countMax = 200
    /// After the evaluation's end, in days; 0: no limit.
    public var dayCountMax = 90
    /// Of all models together; 0: no limit.
    public var byteCountMax: UInt64 = 4 << 30

    public init() {}

    /// By which limit a log was dropped, named as the flag that sets it.
    public enum Rule: String, Sendable, Equatable, CaseIterable {
        case count = "--runner-log-count"
        case days = "--runner-log-days"
        case bytes = "--runner-log-mib"
    }

    public struct Log: Sendable, Equatable {
        public let evaluation: EvaluationID
        public let model: ModelName
        public let suite: ModelName
        public let byteCount: UInt64
        /// `nil`: the evaluation is not over.
        public let endedAt: Timestamp?
        /// Whether its verdict is an error that stands.
        public let isStandingError: Bool

        public init(
            evaluation: EvaluationID, model: ModelName, suite: ModelName, byteCount: UInt64,
            endedAt: Timestamp?, isStandingError: Bool
        ) {
            (self.evaluation, self.model, self.suite) = (evaluation, model, suite)
            (self.byteCount, self.endedAt) = (byteCount, endedAt)
            self.isStandingError = isStandingError
        }
    }

    public struct Drop: Sendable, Equatable {
        public let evaluation: EvaluationID
        public let rule: Rule
        public let at: Timestamp

        public init(evaluation: EvaluationID, rule: Rule, at: Timestamp) {
            (self.evaluation, self.rule, self.at) = (evaluation, rule, at)
        }
    }

    /// What is to go, the oldest first.
    ///
    /// Age and count are looked at first; of what they leave the oldest go until the bytes of all fit.
    public func drops(of logs: [Log], at now: Timestamp) -> [Drop] {
        var (counts, suites, total): ([ModelName: Int], Set<SuiteName>, UInt128) = ([:], [], 0)
        var (dropped, candidates): ([(Log, Rule)], [Log]) = ([], [])
        // The newest first: evaluations that are ordered later have larger ids.
        for log in logs.sorted(by: { $0.evaluation > $1.evaluation }) {
            counts[log.model, default: 0] += 1
            let isNewest =
                log.endedAt != nil
                && suites.insert(SuiteName(model: log.model, suite: log.suite)).inserted
            let stays = isNewest || log.endedAt == nil || log.isStandingError
            let rule = stays ? nil : rule(log, place: counts[log.model] ?? 0, now)
            if let rule {
                dropped.append((log, rule))
            } else {
                total += UInt128(log.byteCount)
                if !stays { candidates.append(log) }
            }
        }
        while byteCountMax > 0, total > byteCountMax, let oldest = candidates.popLast() {
            total -= UInt128(oldest.byteCount)
            dropped.append((oldest, .bytes))
        }
        return dropped.sorted { $0.0.evaluation < $1.0.evaluation }.map { log, rule in
            Drop(evaluation: log.evaluation, rule: rule, at: now)
        }
    }

    private struct SuiteName: Hashable {
        let model: ModelName
        let suite: ModelName
    }

    /// - Parameter place: among the model's logs, 1 for the newest.
    private func rule(_ log: Log, place: Int, _ now: Timestamp) -> Rule? {
        if dayCountMax > 0, let end = log.endedAt,
            now - end > .seconds(Int64(dayCountMax) * 86_400)
        {
            return .days
        }
        return countMax > 0 && place > countMax ? .count : nil
    }
}
