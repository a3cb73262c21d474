import CairnCore
import Evaluation
import Messages
import Ports

/// Predictions that somebody made elsewhere.
extension EvaluatorService {
    func addUploads(to routes: inout RPCRoutes) {
        routes.clientStream(EvaluatorMethods.uploadPredictions) { [self] parts, _ in
            try await answering { try await upload(parts) }
        }
    }

    /// Answers with the verdict; or, while other repeats are missing, with which.
    ///
    /// **Order:** the file is durable before the job knows of it.
    private func upload(_ parts: Incoming<UploadPredictions>) async throws -> EvaluationRecord {
        guard let (first, attachment) = try await parts.next() else {
            throw RPCError(.invalidArgument, "the first message names the version; none came")
        }
        let version = try await version(first.number, of: first.model)
        let suite = try await suite(for: first, version.model)
        let index = Int(first.repeatIndex)
        let ending = try Checks.predictionsEnding(first.fileName)
        let staged = try await files.newFile()
        do {
            try await receive(parts, attachment, into: staged)
            let id = try await ledger.openForUpload(version, on: suite).job.id
            let writer: EventID = await ledger.newID()
            let file = PredictionsFile(
                repeatIndex: index, writer: "u\(writer)", ending: ending,
                origin: first.fileName, skipsInvalid: first.skipInvalid)
            try await staged.commit(as: .predictions(id, file))
            try await hand(file, of: index, to: id)
            return try await waitForEnd(of: id).message
        } catch {
            await staged.discard()
            throw error
        }
    }

    private func hand(_ file: PredictionsFile, of index: Int, to id: EvaluationID) async throws {
        let told = try await ledger.tell(id, .uploaded(repeatIndex: index, file))
        guard told?.0.job.predictions[index] == file else {
            try await files.remove(.predictions(id, file))
            throw RPCError(
                .unavailable,
                "somebody else's predictions of the same repeat came first, or the evaluation was "
                    + "cancelled; these were dropped. Send them again", canRetry: true)
        }
        changes.ring()
    }

    private func suite(for upload: UploadPredictions, _ model: ModelName) async throws
        -> EvaluationSuite
    {
        let suites = try await suites(named: upload.suite, of: model)
        guard suites.count == 1, let suite = suites.first else {
            throw RPCError(
                .invalidArgument,
                "\(model) has several suites: "
                    + suites.map(\.name.description).joined(separator: ", ")
                    + ". Say which one the predictions are for")
        }
        guard suite.runner == nil else {
            throw RPCError(
                .refused,
                "the suite \(suite.name) makes its predictions itself, with its runner; numbers of "
                    + "both kinds would not be comparable")
        }
        guard upload.repeatIndex < UInt32(suite.repeats) else {
            throw RPCError(
                .invalidArgument,
                "the suite \(suite.name) has \(suite.repeats) "
                    + "repeat\(suite.repeats == 1 ? "" : "s"); these are for number "
                    + "\(UInt64(upload.repeatIndex) + 1)")
        }
        return suite
    }

    private func receive(
        _ parts: Incoming<UploadPredictions>, _ first: SharedBytes?, into file: any StagedFile
    ) async throws {
        var (byteCount, attachment) = (UInt64(0), first)
        while true {
            if let attachment {
                byteCount += UInt64(attachment.count)
                guard byteCount <= settings.uploadByteCountMax else {
                    throw RPCError(
                        .invalidArgument,
                        "more than \(settings.uploadByteCountMax) bytes of predictions; nothing was "
                            + "stored")
                }
                try await file.append(attachment)
            }
            guard let next = try await parts.next() else { return }
            attachment = next.attachment
        }
    }
}
