import CairnCore
import Deployment
import Messages
import Ports
import ServiceKit
import Synchronization

/// Where every event of every target is decided, one after the other, and made durable before
/// anyone hears of it.
///
/// What arrives while a transaction is written goes into the next one together: a hundred
/// acknowledgements cost two or three writes, not a hundred.
actor ControllerDesk {
    private let store: any ControllerStore
    private let board: TargetBoard
    private let clock: any WallClock
    private let leaseToken: UInt64?
    private var random: any RandomNumberGenerator & Sendable
    private let told: @Sendable (Told) -> Void
    private let endpoints: [Ports.NoticeEndpoint]
    private let executor = BlockingExecutor(label: "controller.desk")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private struct Inbox {
        var waiting: [Submission] = []
        var isAwake = false
    }

    private nonisolated let inbox = Mutex(Inbox())

    /// What a committed batch gives to others to do.
    enum Told: Sendable {
        /// Something entered the outbox.
        case events
        case notice(id: String, text: String)
        case failure(String)
        case leadIsLost
    }

    init(
        _ store: sending any ControllerStore, board: TargetBoard, clock: any WallClock,
        leaseToken: UInt64? = nil, random: any RandomNumberGenerator & Sendable,
        endpoints: [Ports.NoticeEndpoint], told: @escaping @Sendable (Told) -> Void
    ) {
        (self.store, self.board, self.clock) = (store, board, clock)
        self.leaseToken = leaseToken
        (self.random, self.endpoints, self.told) = (random, endpoints, told)
    }

    // MARK: From outside

    /// Returns when the event is durable.
    ///
    /// Ends with the event even if the caller's task is cancelled: what was begun is known.
    nonisolated func submit(
        _ event: Event, to target: TargetName, request: EventID? = nil, rehearsing: Bool = false,
        makingTarget: Bool = false
    ) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            let submission = Submission(
                target: target, event: event, request: request, isRehearsal: rehearsing,
                makesTarget: makingTarget, answer: { continuation.resume(with: $0) })
            let mustWake = inbox.withLock { inbox in
                inbox.waiting.append(submission)
                defer { inbox.isAwake = true }
                return !inbox.isAwake
            }
            if mustWake { Task { await self.work() } }
        }
    }

    /// Runs `body` with the store on its thread.
    func with<Result: Sendable>(_ body: @Sendable (any ControllerStore) throws -> Result) throws
        -> Result
    { try body(store) }

    // MARK: The work

    private func work() async {
        while true {
            await Task.yield()  // Readers of the store have their turn between two batches.
            let batch = inbox.withLock { inbox in
                defer { inbox.waiting = [] }
                inbox.isAwake = !inbox.waiting.isEmpty
                return inbox.waiting
            }
            if batch.isEmpty { return }
            handle(batch)
        }
    }

    private func handle(_ submissions: [Submission]) {
        var draft = DeskDraft(at: clock.now(), endpoints: endpoints, leaseToken: leaseToken)
        let outcomes = submissions.map { submission in
            Result { () throws -> Outcome in try handle(submission, in: &draft) }
        }
        do {
            draft.batch.isUrgent = submissions.allSatisfy(\.isUrgent)
            if !draft.batch.isEmpty { try store.append(draft.batch) }
        } catch let full as DiskIsFull where !draft.batch.isUrgent {
            // Each for itself: what must go on finds the room that is kept for it.
            told(.failure("the disk is full: \(full)"))
            let refusal = RPCError(
                .resourceExhausted,
                "the disk of the controller is full, nothing was changed; make room. Until then only "
                    + "`cairn abort` and `cairn rollback` are taken: \(full)")
            for submission in submissions where !submission.isUrgent {
                submission.answer(.failure(refusal))
            }
            let urgent = submissions.filter(\.isUrgent)
            if !urgent.isEmpty { handle(urgent) }
            return
        } catch {
            if error is LeaseIsLost { told(.leadIsLost) }
            told(.failure("the log was not written: \(error)"))
            let refusal = RPCError(
                .unavailable, "the log could not be written, nothing was changed: \(error)")
            for submission in submissions { submission.answer(.failure(refusal)) }
            return
        }
        board.put(draft.changed)
        if !draft.batch.events.isEmpty { told(.events) }
        for notice in draft.notices { told(.notice(id: notice.id, text: notice.text)) }
        for (submission, outcome) in zip(submissions, outcomes) { submission.answer(outcome) }
    }

    private func handle(_ submission: Submission, in draft: inout DeskDraft) throws -> Outcome {
        if let request = submission.request {
            let earlier = draft.batch.answers.first { $0.request == request }?.body
            if let body = try earlier ?? store.answer(to: request) {
                let reply = try VerbReply(decoding: body)
                return Outcome(
                    isChange: reply.changed, epoch: reply.status?.epoch ?? 0, reply: reply)
            }
        }
        let time = draft.time
        return try draft.take(submission, from: board) { EventID(at: time, using: &random) }
    }
}
