import CairnCore
import Messages
import Synchronization

/// How far the present phase is of what this process works on. In memory alone: after a restart it
/// is counted anew, and another evaluator knows of it no more than that it is worked on.
final class ProgressBoard: Sendable {
    private let state = Mutex<[EvaluationID: EvaluationProgress]>([:])

    /// - Parameters:
    ///   - phase: "restoring", "running", "reading", "judging".
    ///   - total: in units; 0 where it is not known.
    func begin(
        _ id: EvaluationID, _ phase: String, of total: UInt64 = 0, _ unit: String, at now: Timestamp
    ) {
        let progress = EvaluationProgress(
            phase: phase, done: 0, total: total, unit: unit, sinceUnixMs: now.milliseconds)
        state.withLock { $0[id] = progress }
    }

    /// Of the present phase; nothing where none has begun.
    /// - Parameter total: as it was said before, unless it is given.
    func update(_ id: EvaluationID, done: UInt64, total: UInt64? = nil) {
        state.withLock { state in
            state[id]?.done = done
            if let total { state[id]?.total = total }
        }
    }

    func end(_ id: EvaluationID) { state.withLock { $0[id] = nil } }

    subscript(id: EvaluationID) -> EvaluationProgress? { state.withLock { $0[id] } }
}
