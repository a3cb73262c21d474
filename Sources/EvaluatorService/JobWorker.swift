import CairnCore
import Evaluation
import Messages
import Ports

/// Works on one evaluation: runs the effects of its job in order and tells it what came of them.
struct JobWorker {
    private var evaluation: StoredEvaluation
    private let lease: JobLease
    private let service: EvaluatorService
    /// Made by `compute`, stored by `finish`.
    private var outcome: JudgedMeasurements?

    /// - Parameter lease: the one that the work is done under; the job itself may have given it back.
    init(_ evaluation: StoredEvaluation, _ lease: JobLease, for service: EvaluatorService) {
        (self.evaluation, self.lease, self.service) = (evaluation, lease, service)
    }

    private var id: EvaluationID { evaluation.job.id }

    /// - Throws: `CancellationError` after the job was handed back; `LeaseLost` when it is somebody
    ///   else's.
    consuming func carryOut(_ effects: [EvaluationJob.Effect]) async throws {
        do {
            try await carryOutAll(effects)
        } catch let error as LeaseLost {
            throw error
        } catch {
            try await handBack()
            throw error
        }
    }

    private mutating func carryOutAll(_ effects: [EvaluationJob.Effect]) async throws {
        var waiting = effects[...]
        while let effect = waiting.popFirst() {
            guard let event = try await carryOut(effect) else { continue }
            waiting += evaluation.job.handle(event, at: service.clock.now())
        }
    }

    /// - Returns: what came of it, where something does.
    private mutating func carryOut(_ effect: EvaluationJob.Effect) async throws
        -> EvaluationJob.Event?
    {
        switch effect {
        case .persist:
            try await persist()
            return nil
        case .restore: return try await restore()
        case .run(let index): return try await run(index)
        case .compute: return try await compute()
        case .finish:
            try await finish()
            return nil
        case .fail(let why):
            try await fail(why)
            return nil
        case .cancel: preconditionFailure("\(id) was cancelled by its worker")
        }
    }

    private func persist() async throws {
        let (job, number) = (evaluation.job, lease.number)
        let isOurs = try await service.durably("the state of evaluation \(id) was not stored") {
            try await service.ledger.with { store, _ in try store.save(job, ifTaken: number) }
        }
        service.changes.ring()
        if !isOurs { throw LeaseLost(lease) }
    }

    /// The task is cancelled already, so nothing here waits. What cannot be stored now is found at
    /// the next start.
    private mutating func handBack() async throws {
        _ = evaluation.job.handle(.interrupted(isClean: true), at: service.clock.now())
        let (job, number) = (evaluation.job, lease.number)
        do {
            _ = try await service.ledger.with { store, _ in try store.save(job, ifTaken: number) }
        } catch {
            service.log("evaluation \(job.id) was not handed back: \(error)")
        }
    }

    // MARK: Work

    private func workFolder() async throws -> WorkFolder {
        let digest = evaluation.suite.dataset
        let dataset = try await service.ledger.with { store, _ in try store.dataset(digest) }
        guard let dataset else {
            throw RPCError(.notFound, "the evaluator has no data set \(digest.short)…")
        }
        return try await service.files.prepareWork(
            WorkOrder(
                evaluation: id, lease: lease.number, dataset: digest,
                datasetName: dataset.dataset.fileName,
                predictionsName: evaluation.suite.runner?.predictionsFile ?? ""))
    }

    private func restore() async throws -> EvaluationJob.Event {
        do {
            let work = try await workFolder()
            try await service.restorer.restore(evaluation.version.manifest, into: work.checkpoint)
            return .restored
        } catch {
            try Task.checkCancellation()
            let canRetry = (error as? RPCError)?.canRetry ?? false
            return .restoringFailed(
                "the checkpoint of \(evaluation.version.number): \(error)", canRetry: canRetry)
        }
    }

    private func run(_ index: Int) async throws -> EvaluationJob.Event {
        guard let spec = evaluation.suite.runner else {
            return .runnerFailed("the suite has no runner")
        }
        do {
            let work = try await workFolder()
            let outcome = try await service.runner.run(order(spec, index, work))
            if case .failed(let why) = outcome { return .runnerFailed(why) }
            let file = PredictionsFile(
                repeatIndex: index, writer: "l\(lease.number)", ending: spec.predictionsEnding,
                skipsInvalid: false)
            try await service.files.keepPredictions(
                file, of: id, from: work, byteCountMax: spec.outputByteCountMax)
            return .predicted(repeatIndex: index, file)
        } catch {
            try Task.checkCancellation()
            return .runnerFailed("\(error)")
        }
    }

    private func order(_ spec: RunnerSpec, _ index: Int, _ work: WorkFolder) -> RunnerOrder {
        let facts = [
            "CAIRN_MODEL": evaluation.version.model.description,
            "CAIRN_VERSION": evaluation.version.number.number,
            "CAIRN_SUITE": evaluation.suite.name.description, "CAIRN_REPEAT": "\(index)",
        ]
        let theirs = Dictionary(
            uniqueKeysWithValues: spec.environment.map { ($0.name, $0.value) })
        return RunnerOrder(
            evaluation: id, lease: lease.number,
            words: spec.words(
                checkpoint: work.checkpoint, dataset: work.dataset, predictions: work.predictions),
            environment: facts.merging(theirs) { _, theirs in theirs }, timeLimit: spec.timeLimit,
            outputByteCountMax: spec.outputByteCountMax, work: work)
    }

    private mutating func compute() async throws -> EvaluationJob.Event {
        do {
            let measurements = try await service.measure(evaluation)
            let parent = try await service.ledger.parentResult(of: evaluation)
            let judgement = Judgement(evaluation.suite, measurements, parent: parent)
            outcome = JudgedMeasurements(
                measurements: measurements, parent: parent, judgement: judgement)
            return .judged(judgement.verdict)
        } catch {
            try Task.checkCancellation()
            return .computingFailed("\(error)")
        }
    }

    // MARK: Ends

    private func finish() async throws {
        guard let outcome else { preconditionFailure("finished without an outcome: \(id)") }
        let record = evaluation.judged(outcome, at: service.clock.now())
        try await store(record, outcome.measurements.repeats)
    }

    private func fail(_ why: String) async throws {
        let record = evaluation.failed(
            why, logTail: await service.logTail(of: id), at: service.clock.now())
        try await store(record, [])
    }

    private func store(_ record: EvaluationRecord, _ measurements: [Measurement]) async throws {
        let result = EvaluationResult(
            job: evaluation.job, record: record, measurements: measurements)
        let event: EventID = await service.ledger.newID()
        let told = try OutboxEvent(verdict: record, id: event)
        let number = lease.number
        let isNew = try await service.durably("the result of evaluation \(id) was not stored") {
            try await service.ledger.with { store, _ in
                try store.finish(result, ifTaken: number, telling: told)
            }
        }
        service.changes.ring()
        if !isNew { throw LeaseLost(lease) }
        service.doorbell.ring()
        await service.cleanUp(after: evaluation)
    }
}

extension OutboxEvent {
    /// What the controller is told of a result. It knows four verdicts, and one without numbers is an
    /// error to it, also where somebody wanted it so: nothing is promoted by that.
    init(verdict record: EvaluationRecord, id: EventID) throws {
        let verdict = record.verdict == .cancelled ? Messages.Verdict.error : record.verdict
        let message = VerdictReached(
            eventId: id.bytes, model: record.model, number: record.number,
            manifestDigest: record.manifestDigest, suite: record.suite,
            verdict: "\(verdict)", reasons: record.reasons)
        self.init(
            id: id, destination: "controller", method: ControllerMethods.verdictReached.id,
            body: try message.encoded())
    }
}
