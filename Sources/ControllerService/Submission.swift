import CairnCore
import Deployment
import Messages

/// An event on its way into the log, and what its sender wants to know afterwards.
struct Submission: Sendable {
    let target: TargetName
    let event: Event
    /// Of a verb; a repeat gets the first answer.
    var request: EventID?
    /// Says what would happen; nothing is kept.
    var isRehearsal = false
    /// Makes the target if there is none yet.
    var makesTarget = false
    let answer: @Sendable (Result<Outcome, any Error>) -> Void

    /// Goes on while the disk is full: what hosts report, what time brings, and every way back. What
    /// operators begin can wait.
    var isUrgent: Bool {
        switch event {
        case .abort, .rollBack: true
        default: event.request == nil
        }
    }
}

/// What came of a submission, durable when anybody sees it.
struct Outcome: Sendable {
    var isChange: Bool
    var epoch: UInt64
    /// To whoever asked; facts get none.
    var reply: VerbReply?
}
