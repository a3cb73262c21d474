import CairnCore
import Evaluation

/// What the evaluator remembers of logs that are gone.
public protocol RunnerLogStore {
    /// Notes that logs go, each once. Their files go afterwards: what is noted may still be there.
    func note(_ drops: [RunnerLogRetention.Drop]) throws
    /// - Returns: `nil` where no log of the evaluation was dropped.
    func logDrop(of id: EvaluationID) throws -> RunnerLogRetention.Drop?
}

/// The logs of one evaluation, as files.
public struct RunnerLogFiles: Sendable, Equatable {
    public let evaluation: EvaluationID
    public let byteCount: UInt64

    public init(evaluation: EvaluationID, byteCount: UInt64) {
        (self.evaluation, self.byteCount) = (evaluation, byteCount)
    }
}

extension InMemoryEvaluationStore {
    public func note(_ drops: [RunnerLogRetention.Drop]) {
        for drop in drops {
            state.logDrops[drop.evaluation] = state.logDrops[drop.evaluation] ?? drop
        }
    }

    public func logDrop(of id: EvaluationID) -> RunnerLogRetention.Drop? { state.logDrops[id] }
}
