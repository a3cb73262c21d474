import CairnCore
import Messages
import Ports

/// Services that answer as the real ones would, with the same few things every time.
enum FakeServices {
    static let start: Int64 = 1_800_000_000_000
    static func digest(_ text: String) -> [UInt8] { Digest(of: Array(text.utf8)).bytes }

    static func version(_ number: String) -> VersionRecord {
        VersionRecord(
            model: "chat", number: number, manifestDigest: digest(number),
            checkpointId: Array(digest(number).prefix(16)), byteCount: 2_000_000, fileCount: 1,
            createdUnixMs: start, metrics: [NamedNumber(name: "accuracy", value: 0.97)],
            newByteCount: 1_000)
    }

    static func arm(_ number: String, _ weight: UInt32) -> Arm {
        Arm(number: number, manifestDigest: digest(number), weightBp: weight)
    }

    static var status: TargetStatus {
        TargetStatus(
            target: "prod/chat", model: "chat", revision: 4, state: "idle",
            stable: arm("1.0.0", 10_000), epoch: 3,
            quarantine: [
                QuarantineEntry(
                    number: "1.1.0", manifestDigest: digest("1.1.0"), why: "guard errors",
                    sinceUnixMs: start)
            ], why: "v1.0.0 serves.", nowUnixMs: start)
    }

    static var rolledBack: TargetStatus {
        var status = status
        (status.state, status.revision) = ("rolled_back", 6)
        status.lastRollback = RollbackRecord(
            attempt: 2, cause: "asked by anna", fromNumber: "1.2.0", toNumber: "1.0.0",
            startedUnixMs: start, ackedUnixMs: start + 8, verifiedUnixMs: start + 900,
            verification: "every agent loads v1.0.0", startedToAckedMs: 8, startedToVerifiedMs: 900)
        return status
    }

    static var ingest: RPCRoutes {
        var routes = RPCRoutes(serviceName: "cairn-ingest")
        routes.unary(IngestMethods.resolveVersion) { request, _ in
            guard request.reference == "chat@v1.2.0" else {
                throw RPCError(.notFound, "unknown version \(request.reference)")
            }
            return version("1.2.0")
        }
        routes.unary(IngestMethods.listModels) { _, _ in ModelList(models: ["chat"]) }
        routes.unary(IngestMethods.listVersions) { _, _ in
            VersionList(versions: ["1.0.0", "1.1.0", "1.2.0"].map(version))
        }
        addSeries(to: &routes)
        routes.unary(IngestMethods.logMetrics) { request, _ in
            MetricsLogged(acceptedPointCount: UInt64(request.series.count))
        }
        routes.serverStream(IngestMethods.verifyVersion) { request, out, _ in
            let damages = request.reference == "chat@v1.1.0" ? ["chunk 9f2c is damaged"] : []
            try await out.send(
                VerifyProgress(checkedChunkCount: 1, chunkCount: 2, versionCount: 1))
            try await out.send(
                VerifyProgress(
                    checkedChunkCount: 2, chunkCount: 2, damages: damages, done: true,
                    versionCount: 1))
        }
        return routes
    }

    static var evaluator: RPCRoutes {
        var routes = RPCRoutes(serviceName: "cairn-evaluator")
        routes.unary(EvaluatorMethods.listSuites) { _, _ in
            SuiteList(suites: [
                SuiteRecord(
                    spec: SuiteSpec(
                        name: "digits", model: "chat", datasetDigest: digest("d"), task: .multiclass
                    ))
            ])
        }
        let record = { @Sendable (number: String, state: String) in
            EvaluationRecord(
                evaluationId: Array(digest(number).prefix(16)), model: "chat", number: number,
                suite: "digits",
                verdict: state == "done" ? (number == "1.2.0" ? .pass : .fail) : .pending,
                reasons: number == "1.2.0" ? [] : ["accuracy 0.8 is under 0.9"], state: state,
                exampleCount: 500)
        }
        routes.unary(EvaluatorMethods.evaluate) { request, _ in record(request.number, "queued") }
        routes.serverStream(EvaluatorMethods.watchEvaluation) { request, out, _ in
            let number =
                request.evaluationId == Array(digest("1.2.0").prefix(16)) ? "1.2.0" : "1.1.0"
            for state in ["queued", "running", "done"] { try await out.send(record(number, state)) }
        }
        addResults(to: &routes)
        routes.clientStream(EvaluatorMethods.addDataset) { parts, _ in
            guard let first = try await parts.next() else {
                throw RPCError(.invalidArgument, "no data")
            }
            var bytes = first.attachment?.bytes ?? []
            while let part = try await parts.next() { bytes += part.attachment?.bytes ?? [] }
            guard Digest(of: bytes).bytes == first.body.digest else {
                throw RPCError(.invalidArgument, "the digest differs")
            }
            let isSecond = first.body.name == "twice"
            return DatasetRecord(
                name: first.body.name, digest: first.body.digest, byteCount: UInt64(bytes.count),
                version: isSecond ? 2 : 1, schema: first.body.schema,
                previousDigest: isSecond ? digest("first") : [])
        }
        return routes
    }

    static var controller: RPCRoutes {
        var routes = RPCRoutes(serviceName: "cairn-deployment-controller")
        routes.unary(ControllerMethods.getTargetStatus) { _, _ in status }
        routes.unary(ControllerMethods.listTargets) { _, _ in TargetList(targets: [status]) }
        routes.unary(ControllerMethods.deploy) { request, _ in
            try reply("rolling out v\(request.number) on \(request.target)", request.expectation)
        }
        routes.unary(ControllerMethods.promote) { _, _ in
            throw RPCError(.refused, "prod/chat waits at no gate; it is idle")
        }
        routes.unary(ControllerMethods.pause) { request, _ in
            var answer = try reply("prod/chat is paused", request.expectation)
            answer.changed = false
            return answer
        }
        routes.unary(ControllerMethods.rollback) { request, _ in
            try reply("rolling back v1.2.0 → v1.0.0, epoch 5", request.expectation)
        }
        routes.unary(ControllerMethods.unquarantine) { request, _ in
            try reply("v1.1.0 may be deployed again", request.expectation)
        }
        addOperatorVerbs(to: &routes)
        routes.serverStream(ControllerMethods.watchTargetStatus) { _, out, _ in
            var rolling = status
            rolling.state = "rolling_back"
            try await out.send(rolling)
            try await out.send(rolledBack)
        }
        routes.serverStream(ControllerMethods.getHistory) { request, out, _ in
            let entry = HistoryEntry(
                sequence: 3, timeUnixMs: start, actor: "anna", reason: "it is better",
                summary: "v1.0.0 serves", stableNumber: "1.0.0", epoch: 3)
            try await out.send(entry)
        }
        routes.unary(ControllerMethods.verifyAudit) { request, _ in
            AuditReport(
                recordCount: 12,
                damages: request.target == "prod/edited"
                    ? ["record 4 does not follow record 3"] : [])
        }
        return routes
    }

    static func reply(_ text: String, _ expectation: Expectation?) throws -> VerbReply {
        guard let expectation, expectation.revision == 0 || expectation.revision == 4 else {
            throw RPCError(
                .conflict,
                "prod/chat is at revision 4, not \(expectation?.revision ?? 0); nothing was done")
        }
        let who =
            " (\(expectation.actor)\(expectation.reason.isEmpty ? "" : ": \(expectation.reason)"))"
        return VerbReply(text: text + who, status: status, changed: true)
    }
}
