import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit
import Statistics

/// What live traffic is compared with: made with each evaluation, and handed out.
extension EvaluatorService {
    func addReference(to routes: inout RPCRoutes) {
        routes.unary(EvaluatorMethods.getReference) { [self] request, _ in
            try await answering { try await reference(request) }
        }
    }

    /// Sketches the columns of a data set, once for its digest: the bytes do not change.
    ///
    /// A data set that evaluations can read and this cannot has no sketches of inputs; that is said
    /// where they are asked for, and holds up no verdict.
    func keepInputs(of dataset: Digest) async throws {
        let isThere = try await durably("the sketches of data set \(dataset.short) were not read") {
            try await ledger.with { store, _ in try store.inputs(of: dataset) != nil }
        }
        if isThere { return }
        let packed: [UInt8]
        do {
            packed = try await inputs(of: dataset).encoded
        } catch {
            try Task.checkCancellation()
            log("the data set \(dataset.short) has no sketches of inputs: \(error)")
            return
        }
        try await durably("the sketches of data set \(dataset.short) were not stored") {
            try await ledger.with { store, _ in try store.keepInputs(packed, of: dataset) }
        }
    }

    private func inputs(of digest: Digest) async throws -> SketchBundle {
        guard let dataset = try await ledger.with({ store, _ in try store.dataset(digest) }),
            let format = RowFormat(fileName: dataset.dataset.fileName),
            let file = try await files.open(.dataset(digest))
        else { throw InputError("its file is gone") }
        let (source, workerCount) = (try await file.byteSource(), settings.metricsWorkerCount)
        let isCancelled = Flag()
        return try await withTaskCancellationHandler {
            try await Compute.run {
                Result { () throws(InputError) -> SketchBundle in
                    let progress = { () throws(InputError) -> Void in
                        if isCancelled.isRaised { throw InputError("the evaluation was stopped") }
                    }
                    return try TableColumns.reading(
                        source, format: format, workerCount: workerCount, progress: progress
                    ).reference
                }
            }.get()
        } onCancel: {
            isCancelled.raise()
        }
    }

    /// The evaluation that is meant: of a version's the newest that has a reference, so that one that
    /// is under way hides none; where none has, the newest.
    private func withReference(_ request: GetEvaluation) async throws -> StoredEvaluation {
        let newest = try await find(request)
        guard request.evaluationId.isEmpty else { return newest }
        let version = newest.version
        return try await ledger.with { store, _ in
            for evaluation in try store.evaluations(of: version.model, number: version.number) {
                let isMeant =
                    request.suite.isEmpty || evaluation.suite.name.description == request.suite
                if isMeant, try store.outputs(of: evaluation.job.id) != nil { return evaluation }
            }
            return newest
        }
    }

    private func reference(_ request: GetEvaluation) async throws -> ReferenceDistributions {
        let evaluation = try await withReference(request)
        let (id, digest) = (evaluation.job.id, evaluation.suite.dataset)
        let kept = try await ledger.with { store, _ in
            KeptReference(
                outputs: try store.outputs(of: id), inputs: try store.inputs(of: digest),
                schema: try store.schema(of: digest), dataset: try store.dataset(digest))
        }
        guard let outputs = kept.outputs else {
            throw RPCError(
                .notFound,
                evaluation.job.isDone
                    ? "evaluation \(id) has no reference: it ended without numbers, or was made before "
                        + "references were kept. `cairn eval --again` makes one"
                    : "evaluation \(id) is \(evaluation.job.phase); its reference comes with its result"
            )
        }
        let ofOutputs = try SketchBundle(encoded: outputs)
        var message = ReferenceDistributions(
            evaluationId: id.bytes, datasetDigest: digest.bytes,
            exampleCount: UInt64(ofOutputs.rowCount), schema: kept.schema?.message,
            model: evaluation.version.model.description, number: evaluation.version.number.number,
            suite: evaluation.suite.name.description,
            task: "\(evaluation.suite.task)", positiveLabel: evaluation.suite.spec.positiveLabel)
        if let dataset = kept.dataset {
            message.dataset = "\(dataset.dataset.name)@\(dataset.version)"
        }
        var distributions = ofOutputs.distributions
        if let inputs = kept.inputs {
            distributions = try SketchBundle(encoded: inputs).distributions + distributions
        } else {
            message.inputProblem =
                "the data set's columns could not be read for sketches; the evaluator's log says why"
        }
        return try message.fitting(distributions)
    }
}

/// What the store has of one reference, read together.
private struct KeptReference: Sendable {
    let outputs: [UInt8]?
    let inputs: [UInt8]?
    let schema: Evaluation.DatasetSchema?
    let dataset: StoredDataset?
}

extension ReferenceDistributions {
    /// With as many points and names of each distribution as fit into a message; where even few do
    /// not, without the last columns, which is said.
    func fitting(_ distributions: [Distribution]) throws -> ReferenceDistributions {
        var message = self
        let room = WireLimits.messageByteCount * 9 / 10 - (try encoded().count)
        for pointCount in [1000, 500, 200, 100, 50, 20] {
            let sketches = distributions.map { $0.thinned(to: pointCount).message }
            let byteCounts = try sketches.map { try $0.encoded().count + 8 }
            message.sketches = sketches
            if byteCounts.reduce(0, +) <= room { return message }
            guard pointCount == 20 else { continue }
            var rest = room
            message.sketches = Array(
                zip(sketches, byteCounts).prefix { _, byteCount in
                    rest -= byteCount
                    return rest >= 0
                }.map(\.0))
        }
        let missing = distributions.count - message.sketches.count
        message.inputProblem +=
            (message.inputProblem.isEmpty ? "" : "; ")
            + "the last \(missing) of \(distributions.count) columns have no room in a message"
        return message
    }
}
