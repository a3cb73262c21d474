import CairnCore
import Evaluation
import Messages
import Ports

/// The evaluator: its jobs over a store that survives it.
struct SimulatedEvaluator {
    let store = InMemoryEvaluationStore()
    private var delivered: Set<EventID> = []
    /// Of the outbox: everything before was taken.
    private var firstWaiting = 0
    /// Evaluations that were ordered and have not ended.
    private(set) var pendingCount = 0
    private let suite: EvaluationSuite

    init() throws {
        suite = try EvaluationSuite(
            SuiteSpec(
                name: "suite", model: World.model,
                datasetDigest: Digest(of: Array("data set".utf8)).bytes, task: .multiclass,
                runner: Runner(command: ["predict", "{predictions}"])))
    }

    /// What was under way is taken up again.
    func restart(at now: Timestamp) throws {
        for evaluation in store.pendingEvaluations() {
            var job = evaluation.job
            if job.handle(.interrupted(isClean: false), at: now).contains(.persist) {
                _ = try store.save(job, ifTaken: job.leaseCount)
            }
        }
    }

    mutating func undelivered(limit: Int) -> [OutboxEvent] {
        let outbox = store.outbox
        while firstWaiting < outbox.count, delivered.remove(outbox[firstWaiting].id) != nil {
            firstWaiting += 1
        }
        var waiting: [OutboxEvent] = []
        for event in outbox[firstWaiting...] where !delivered.contains(event.id) {
            waiting.append(event)
            if waiting.count == limit { break }
        }
        return waiting
    }

    mutating func markDelivered(_ id: EventID) {
        let outbox = store.outbox
        if outbox[firstWaiting...].contains(where: { $0.id == id }) { delivered.insert(id) }
    }

    mutating func hasEnded() { pendingCount -= 1 }

    mutating func take(_ event: OutboxEvent, _ world: World) throws {
        let message = try VersionCommitted(decoding: event.body)
        guard let number = VersionNumber(message.number),
            let manifest = Digest(bytes: message.manifestDigest)
        else { return world.violate("an event names no version") }
        let version = KnownVersion(
            model: try ModelName(message.model), number: number, manifest: manifest, parent: nil)
        let id =
            world.settings.mutant == .forgetfulEvaluator
            ? EventID(at: world.now, using: &world.random) : event.id
        let isNew = try store.commit(version, event: id) {
            let job = EvaluationJob(
                id: EvaluationID(at: world.now, using: &world.random), hasRunner: true,
                repeats: 1, at: world.now)
            return [
                StoredEvaluation(version: version, suite: suite, job: job, orderedAt: world.now)
            ]
        }
        if isNew { pendingCount += 1 }
    }
}

extension World {
    /// One step of one job.
    func work() throws {
        after(evaluator.pendingCount > 0 ? 5...40 : 100...400, .evaluatorWork)
        guard health[Node.evaluator.rawValue].isUp, evaluator.pendingCount > 0,
            let evaluation = evaluator.store.pendingEvaluations().first
        else { return }
        var job = evaluation.job
        let event: EvaluationJob.Event
        switch job.phase {
        case .queued: event = .taken(by: "worker-1")
        case .restoring:
            let isThere = health[Node.ingest.rawValue].isUp
            event = isThere ? .restored : .restoringFailed("ingest is away", canRetry: true)
        case .running(let index):
            let file = PredictionsFile(
                repeatIndex: index, writer: "l\(job.leaseCount)", ending: "jsonl",
                skipsInvalid: false)
            event = .predicted(repeatIndex: index, file)
        case .computing:
            event = .judged(judgement(of: evaluation.version.manifest))
        case .waiting, .done: return
        }
        let leaseCount = job.leaseCount
        let effects = job.handle(event, at: now)
        if effects.contains(.persist) {
            _ = try evaluator.store.save(job, ifTaken: leaseCount)
        }
        if try isStruck(.evaluator) { return }
        if effects.contains(.finish) { try finish(evaluation, job) }
    }

    private func judgement(of manifest: Digest) -> EvaluationVerdict {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: .inconclusive
        case 1: .error
        case 2...6: Self.isBad(manifest) ? .fail : .pass
        default: .pass
        }
    }

    private func finish(_ evaluation: StoredEvaluation, _ job: EvaluationJob) throws {
        guard case .done(let verdict) = job.phase else { return }
        let id = EventID(at: now, using: &random)
        let body = VerdictReached(
            eventId: id.bytes, model: Self.model, number: evaluation.version.number.number,
            manifestDigest: evaluation.version.manifest.bytes, suite: "suite",
            verdict: verdict.rawValue)
        let isNew = try evaluator.store.finish(
            EvaluationResult(job: job, record: EvaluationRecord(verdict: .pass), measurements: []),
            ifTaken: job.leaseCount,
            telling: OutboxEvent(
                id: id, destination: "controller",
                method: ControllerMethods.verdictReached.id, body: try body.encoded()))
        if isNew { evaluator.hasEnded() }
        note("verdict on \(evaluation.version.number): \(verdict) \(isNew)")
    }
}
