import CairnCore
import Evaluation
import Messages
import Ports

/// The evaluator: its jobs over a store that survives it.
struct SimulatedEvaluator {
    let store = InMemoryEvaluationStore()
    var delivered: Set<EventID> = []
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

    func take(_ event: OutboxEvent, _ world: World) throws {
        let message = try VersionCommitted(decoding: event.body)
        guard let number = VersionNumber(message.number),
            let manifest = Digest(bytes: message.manifestDigest)
        else { return world.violate("an event names no version") }
        let version = KnownVersion(
            model: try ModelName(message.model), number: number, manifest: manifest, parent: nil)
        let id =
            world.settings.mutant == .forgetfulEvaluator
            ? EventID(at: world.now, using: &world.random) : event.id
        _ = try store.commit(version, event: id) {
            let job = EvaluationJob(
                id: EvaluationID(at: world.now, using: &world.random), hasRunner: true,
                repeats: 1, at: world.now)
            return [
                StoredEvaluation(version: version, suite: suite, job: job, orderedAt: world.now)
            ]
        }
    }
}

extension World {
    /// A version that is worse than others: the same in the evaluator's eyes and live, now and then.
    static func isBad(_ manifest: Digest) -> Bool { manifest.bytes[0] % 5 == 0 }

    /// One step of one job.
    func work() throws {
        after(5...40, .evaluatorWork)
        guard isUp[.evaluator] == true,
            let evaluation = evaluator.store.pendingEvaluations().first
        else { return }
        var job = evaluation.job
        let event: EvaluationJob.Event
        switch job.phase {
        case .queued: event = .taken(by: "worker-1")
        case .restoring:
            let isThere = isUp[.ingest] == true
            event = isThere ? .restored : .restoringFailed("ingest is away", canRetry: true)
        case .running(let index):
            let file = PredictionsFile(
                repeatIndex: index, writer: "l\(job.leaseCount)", ending: "jsonl",
                skipsInvalid: false)
            event = .predicted(repeatIndex: index, file)
        case .computing:
            let isFail = Self.isBad(evaluation.version.manifest) && Bool.random(using: &random)
            event = .judged(isFail ? .fail : .pass)
        case .waiting, .done: return
        }
        let leaseCount = job.leaseCount
        let effects = job.handle(event, at: now)
        if effects.contains(.persist) {
            _ = try evaluator.store.save(job, ifTaken: leaseCount)
        }
        if try diesHere(.evaluator) { return }
        if effects.contains(.finish) { try finish(evaluation, job) }
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
        note("verdict on \(evaluation.version.number): \(verdict) \(isNew)")
    }
}
