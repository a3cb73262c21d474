import CairnCore
import Evaluation
import Messages
import Ports

/// What a job's effects do, and what came of them.
extension JobWorker {
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
                predictionsName: evaluation.suite.runner?.predictionsFile ?? "",
                user: try runnerUser()))
    }

    func restore() async throws -> EvaluationJob.Event {
        let work: WorkFolder
        do { work = try await workFolder() } catch {
            try Task.checkCancellation()
            return .restoringFailed("\(error)", canRetry: (error as? RPCError)?.canRetry ?? false)
        }
        do {
            let (id, progress) = (id, service.progress)
            progress.begin(id, "restoring", "bytes", at: service.clock.now())
            try await service.restorer.restore(evaluation.version.manifest, into: work.checkpoint) {
                progress.update(id, done: $0, total: $1)
            }
            return .restored
        } catch {
            try Task.checkCancellation()
            let canRetry = (error as? RPCError)?.canRetry ?? false
            return .restoringFailed(
                "the checkpoint of \(evaluation.version.number): \(error)", canRetry: canRetry)
        }
    }

    func run(_ index: Int) async throws -> EvaluationJob.Event {
        guard let spec = evaluation.suite.runner else {
            return .runnerFailed("the suite has no runner")
        }
        do {
            let work = try await workFolder()
            let report = beginRunning(index)
            switch try await service.runner.run(try order(spec, index, work), progress: report) {
            case .succeeded: break
            case .putOff(let why): return .runnerPutOff(why)
            case .failed(let why): return .runnerFailed(why)
            }
            let file = PredictionsFile(
                repeatIndex: index, writer: "l\(lease.number)",
                ending: PredictionsFile.ending(of: spec.predictionsFile),
                skipsInvalid: evaluation.suite.options.skipsInvalid)
            try await service.files.keepPredictions(
                file, of: id, from: work, byteCountMax: spec.outputByteCountMax)
            return .predicted(repeatIndex: index, file)
        } catch {
            try Task.checkCancellation()
            return .runnerFailed("\(error)")
        }
    }

    /// What the operator says binds: who applies suites chooses among users only where he may.
    private func runnerUser() throws -> String {
        let (wanted, ours) = (evaluation.suite.runner?.user ?? "", service.settings.runnerUser)
        guard wanted.isEmpty || ours.isEmpty || wanted == ours else {
            throw RPCError(
                .refused,
                "the suite's runner is to run as '\(wanted)', and this evaluator runs all of them as "
                    + "'\(ours)' (--runner-user)")
        }
        return wanted.isEmpty ? ours : wanted
    }

    /// With several repeats it is told how many are done, else how many bytes of predictions there are.
    private func beginRunning(_ index: Int) -> @Sendable (UInt64) -> Void {
        let (id, progress, now) = (id, service.progress, service.clock.now())
        guard evaluation.suite.repeats == 1 else {
            let repeats = UInt64(evaluation.suite.repeats)
            progress.begin(id, "running", of: repeats, "repeats", at: now)
            progress.update(id, done: UInt64(index))
            return { _ in }
        }
        progress.begin(id, "running", "bytes", at: now)
        return { progress.update(id, done: $0) }
    }

    private func order(_ spec: RunnerSpec, _ index: Int, _ work: WorkFolder) throws -> RunnerOrder {
        let facts = [
            "CAIRN_MODEL": evaluation.version.model.description,
            "CAIRN_VERSION": evaluation.version.number.number,
            "CAIRN_SUITE": evaluation.suite.name.description, "CAIRN_REPEAT": "\(index)",
            "CAIRN_REPEATS": "\(evaluation.suite.repeats)",
            "CAIRN_SEED": "\(evaluation.suite.options.seed &+ UInt64(index))",
        ]
        let theirs = Dictionary(
            uniqueKeysWithValues: spec.environment.map { ($0.name, $0.value) })
        return RunnerOrder(
            evaluation: id, lease: lease.number,
            words: spec.words(
                checkpoint: work.checkpoint, dataset: work.dataset, predictions: work.predictions),
            environment: facts.merging(theirs) { _, theirs in theirs }, timeLimit: spec.timeLimit,
            outputByteCountMax: spec.outputByteCountMax,
            memoryByteCountMax: spec.memoryByteCountMax, user: try runnerUser(), work: work)
    }

    mutating func compute() async throws -> EvaluationJob.Event {
        do {
            let judged = try await service.judge(evaluation)
            outcome = judged
            return .judged(judged.judgement.verdict)
        } catch {
            try Task.checkCancellation()
            return .computingFailed("\(error)")
        }
    }
}
