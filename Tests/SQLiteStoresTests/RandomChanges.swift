import CairnCore
import Ingestion
import Messages
import Ports

/// Changes of a catalog under a seed, from so few names that they often meet.
struct RandomChanges {
    private var random: SeededRandom
    private var time = Timestamp(seconds: 1_800_000_000)
    private var checkpoints: [CheckpointID] = []
    private let models = ["chat", "vision"].compactMap { try? ModelName($0) }

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    private mutating func number() -> VersionNumber { VersionNumber(1, UInt32(pick(8)), 0) }
    private mutating func model() -> ModelName { models[pick(models.count)] }
    private mutating func runID() -> RunID { RunID(high: 1, low: UInt64(pick(5))) }
    private mutating func alias() throws -> AliasName {
        try AliasName(["champion", "staging"][pick(2)])
    }

    mutating func run() -> RunRecord {
        RunRecord(
            runId: runID().bytes, model: model().description, name: "run \(pick(100))",
            status: .running, startedUnixMs: time.milliseconds + Int64(pick(3)),
            params: [KeyValue(key: "lr", value: "\(pick(10))")], host: "host")
    }

    private mutating func manifest() -> Manifest {
        let chunk = Manifest.Chunk(digest: Digest(of: [UInt8(pick(6))]), byteCount: 1)
        let file = Manifest.File(path: "w", chunks: [chunk])
        guard let manifest = try? Manifest(files: [file]) else { preconditionFailure("a bad file") }
        return manifest
    }

    private mutating func version(_ number: VersionNumber? = nil) -> VersionToMake {
        let (id, model, number) = (
            EventID(at: time, using: &random), model(), number ?? self.number()
        )
        return VersionToMake(
            model: model, number: number, parent: pick(2) == 0 ? nil : self.number(), note: "note",
            at: time, event: OutboxEvent(id: id, destination: "evaluator", method: 1, body: [1]))
    }

    /// A checkpoint, with a version of the first model when `number` is given.
    mutating func commit(_ number: String? = nil) -> NewCheckpoint {
        let id = CheckpointID(at: time, using: &random)
        checkpoints.append(id)
        var made: VersionToMake? = number != nil || pick(3) > 0 ? version() : nil
        if let number, let given = VersionNumber(number) {
            made?.number = given
            made?.model = models[0]
        }
        let manifest = manifest()
        let record = VersionRecord(
            model: (made?.model ?? model()).description, manifestDigest: manifest.digest.bytes,
            checkpointId: id.bytes, runId: pick(2) == 0 ? [] : runID().bytes,
            step: Int64(pick(100)), byteCount: 1, fileCount: 1, createdUnixMs: time.milliseconds,
            metrics: [NamedNumber(name: "accuracy", value: 0.5)])
        return NewCheckpoint(
            id: id,
            upload: UploadID(high: 1, low: UInt64(number == nil ? pick(30) : checkpoints.count)),
            manifest: manifest, record: record, version: made)
    }

    private mutating func batch() -> LogMetrics {
        let steps = (0..<pick(4)).map { _ in Int64(pick(6)) }
        let key = ["loss", "accuracy"][pick(2)]
        return LogMetrics(
            runId: runID().bytes, batchId: [UInt8(pick(20))],
            series: [
                MetricPoints(
                    key: key, step: steps, timeUnixMs: steps,
                    value: steps.map { Double($0) + Double(pick(100)) / 100 })
            ])
    }

    mutating func next() -> IngestChange {
        time = time + .milliseconds(pick(1_000))
        let holder = "target prod/\(pick(2))"
        switch pick(12) {
        case 0: return .startRun(run())
        case 1, 2: return .appendMetrics(batch())
        case 3: return .finishRun(runID(), [.finished, .failed][pick(2)], at: time)
        case 4, 5: return .commit(commit())
        case 6:
            let checkpoint = checkpoints.isEmpty ? nil : checkpoints[pick(checkpoints.count)]
            return .addVersion(
                version(), of: checkpoint ?? CheckpointID(high: 9, low: 9),
                request: Array(repeating: UInt8(pick(12)), count: 16))
        case 7:
            guard let alias = try? alias() else { preconditionFailure("a bad alias") }
            return pick(3) == 0
                ? .removeAlias(alias, of: model()) : .setAlias(alias, of: model(), to: number())
        case 8: return .pin(manifest().digest, holder: holder, reason: "serves", at: time)
        case 9:
            return .delete(
                (0..<1 + pick(2)).map { _ in number() }, of: model(), at: time, reason: "old")
        case 10:
            let checkpoint = checkpoints.isEmpty ? nil : checkpoints[pick(checkpoints.count)]
            return .deleteCheckpoints([checkpoint ?? CheckpointID(high: 9, low: 9)], at: time)
        default: return .unpin(manifest().digest, holder: holder)
        }
    }

    /// Everything that a catalog can be asked, one line each.
    func facts(of catalog: any IngestCatalog) throws -> [String] {
        var lines = [
            "\(try catalog.models())", "\(try catalog.figures())",
            "\(try catalog.runs(of: "", limit: 3))", "\(try catalog.manifestDigests())",
        ]
        for number in 0..<6 {
            let run = RunID(high: 1, low: UInt64(number))
            lines.append("run \(number): \(String(describing: try catalog.run(run)))")
            lines.append("\(String(describing: try catalog.status(of: run)))")
            lines.append("\(String(describing: try catalog.lastCheckpoint(of: run)))")
            lines.append("\(try catalog.metricCount(of: run, without: ["loss"]))")
            for key in ["loss", "accuracy"] {
                lines.append("\(try catalog.points(of: key, run: run))")
            }
            for batch in UInt8(0)..<20 { lines.append("\(try catalog.hasBatch([batch], of: run))") }
        }
        for model in models {
            lines.append("\(try catalog.runIDs(of: model.description))")
            lines.append("\(try catalog.versions(of: model))")
            lines.append("\(try catalog.standing(of: model))")
            lines.append("\(try catalog.aliases(of: model))")
            lines.append("\(try catalog.looseCheckpoints(of: model))")
            for minor in UInt32(0)..<8 {
                lines.append(
                    "\(String(describing: try catalog.version(model, VersionNumber(1, minor, 0))))")
            }
        }
        for number in 0..<30 {
            let upload = UploadID(high: 1, low: UInt64(number))
            lines.append("upload \(number): \(String(describing: try catalog.committed(upload)))")
        }
        for request in UInt8(0)..<12 {
            let id = Array(repeating: request, count: 16)
            lines.append(
                "made by \(request): \(String(describing: try catalog.version(madeBy: id)))")
        }
        for checkpoint in checkpoints {
            lines.append("\(String(describing: try catalog.checkpoint(checkpoint)))")
            lines.append("\(String(describing: try catalog.firstVersion(of: checkpoint)))")
        }
        for digest in try catalog.manifestDigests() {
            lines.append("\(String(describing: try catalog.manifest(digest)))")
            lines.append("\(try catalog.users(of: digest)) \(try catalog.holders(of: digest))")
        }
        return lines
    }
}
