import CairnCore
import Ports
import ServiceKit
import Synchronization
import VersionFolders

/// Checkpoints behind the trainer's back: `save` copies and returns, the upload follows.
public final class Checkpointer: Sendable {
    /// What becomes of a checkpoint that is saved while another one is under way.
    public enum WhenBusy: Sendable, Equatable {
        /// It waits its turn; beyond so many that wait, `save` throws.
        case queue(most: Int)
        /// It takes the place of one that waits. The one under way is finished, so that some always
        /// arrive however slow the way is.
        case supersede
    }

    /// How a checkpoint ended.
    public enum Outcome: Sendable {
        case pushed(PushResult)
        /// A newer one took its place before it was sent.
        case superseded
        case failed(any Error)
    }

    private struct Job: Sendable {
        let files: [CheckpointFile]
        let request: PushRequest
        let ticket: Ticket
    }

    private struct State {
        var waiting: [Job] = []
        var isEnding = false
    }

    /// Where copies of what is saved are made.
    public let memory = SnapshotMemory()
    private let client: IngestClient
    private let whenBusy: WhenBusy
    private let progress: @Sendable (PushProgress) -> Void
    private let state = Mutex(State())
    private let doorbell = Doorbell()

    public init(
        to client: IngestClient, whenBusy: WhenBusy = .supersede,
        progress: @escaping @Sendable (PushProgress) -> Void = { _ in }
    ) {
        (self.client, self.whenBusy, self.progress) = (client, whenBusy, progress)
    }

    /// One checkpoint that was saved.
    public final class Ticket: Sendable {
        private let outcome = Mutex<Outcome?>(nil)
        private let doorbell = Doorbell()

        /// Waits for the end of the upload.
        public var value: Outcome {
            get async throws {
                while true {
                    let generation = doorbell.generation
                    if let outcome = outcome.withLock({ $0 }) { return outcome }
                    try await doorbell.wait(after: generation)
                }
            }
        }

        fileprivate func settle(_ end: Outcome) {
            outcome.withLock { $0 = $0 ?? end }
            doorbell.ring()
        }
    }

    /// Takes the files as they are now; those in memory must be copies, which `memory` makes.
    ///
    /// - Throws: `RPCError.resourceExhausted` when too many wait; then nothing was taken.
    @discardableResult
    public func save(_ files: [CheckpointFile], _ request: PushRequest) throws -> Ticket {
        let job = Job(files: files, request: request, ticket: Ticket())
        let superseded = try state.withLock { state in
            guard !state.isEnding else {
                throw RPCError(.refused, "this checkpointer is finished; nothing was taken")
            }
            var superseded: [Job] = []
            switch whenBusy {
            case .supersede: swap(&superseded, &state.waiting)
            case .queue(let most):
                guard state.waiting.count < max(1, most) else {
                    throw RPCError(
                        .resourceExhausted,
                        "\(state.waiting.count) checkpoints wait already and take memory; save "
                            + "less often, or let newer ones take the place of older ones")
                }
            }
            state.waiting.append(job)
            return superseded
        }
        for job in superseded { job.ticket.settle(.superseded) }
        doorbell.ring()
        return job.ticket
    }

    /// No more are saved; `send` returns once the last one has arrived.
    public func finish() {
        state.withLock { $0.isEnding = true }
        doorbell.ring()
    }

    /// Sends until `finish`. Run it beside the training. A checkpoint that fails says so on its
    /// ticket and holds up no other.
    public func send() async throws {
        defer { giveUp() }
        while true {
            let generation = doorbell.generation
            let (job, isEnding) = state.withLock { state in
                (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isEnding)
            }
            guard let job else {
                if isEnding { return }
                try await doorbell.wait(after: generation)
                continue
            }
            do {
                let result = try await client.push(job.files, job.request, progress: progress)
                job.ticket.settle(.pushed(result))
            } catch {
                job.ticket.settle(.failed(error))
                try Task.checkCancellation()
            }
        }
    }

    /// Nobody sends any more: whoever waits is told.
    private func giveUp() {
        let rest = state.withLock { state in
            state.isEnding = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for job in rest { job.ticket.settle(.failed(CancellationError())) }
    }
}
