import CairnCore
import Ingestion
import Messages
import Ports

extension IngestDesk {
    // MARK: Making

    func assign(_ wish: NewVersion, of model: ModelName) throws -> VersionAssignment {
        try VersionAssignment(
            .init(number: wish.number, parent: wish.parent, isReplica: wish.isReplica), of: model,
            standing: try catalog.standing(of: model))
    }

    /// The version that a wish becomes, with the event that tells the evaluator of it.
    mutating func make(
        _ wish: NewVersion, of model: ModelName, _ manifest: Digest, at time: Timestamp
    ) throws -> VersionToMake {
        let assigned = try assign(wish, of: model)
        let id = EventID(at: time, using: &random)
        let body = VersionCommitted(
            eventId: id.bytes, model: model.description, number: assigned.number.number,
            manifestDigest: manifest.bytes, parent: assigned.parent?.number ?? "",
            parentManifestDigest: assigned.parentManifest?.bytes ?? [])
        return VersionToMake(
            model: model, number: assigned.number, parent: assigned.parent,
            note: wish.note, at: time,
            event: OutboxEvent(
                id: id, destination: "evaluator", method: EvaluatorMethods.versionCommitted.id,
                body: try body.encoded()))
    }

    /// Makes a version of a checkpoint that stands; a repeat is answered with the first.
    public mutating func createVersion(_ request: CreateVersion, at time: Timestamp) throws
        -> VersionRecord
    {
        let id: CheckpointID = try Checks.id(request.checkpointId, "checkpoint_id")
        guard request.requestId.count == 16 else {
            throw IngestError(
                .invalid, "request_id has \(request.requestId.count) bytes; expected 16")
        }
        guard let wish = request.version else {
            throw IngestError(.invalid, "the version is missing: give a number, or auto")
        }
        try Amount.checkText(wish.note, "the note")
        if let (model, number) = try catalog.version(madeBy: request.requestId) {
            return try record(of: model, number)
        }
        guard let checkpoint = try catalog.checkpoint(id),
            let manifest = Digest(bytes: checkpoint.manifestDigest)
        else { throw IngestError(.notFound, "checkpoint \(id) does not exist") }
        let model = try Checks.model(checkpoint.model)
        let version = try make(wish, of: model, manifest, at: time)
        try catalog.apply(.addVersion(version, of: id, request: request.requestId))
        return try record(of: model, version.number)
    }

    // MARK: Looking up

    public func resolve(_ request: ResolveVersion) throws -> VersionRecord {
        let reference = try Checks.reference(request.reference)
        switch reference {
        case .number(let model, let number): return try record(of: model, number)
        case .alias(let model, let alias):
            let number = try catalog.aliases(of: model).first { $0.alias == alias.description }?.1
            guard let number else { throw try unknown(reference) }
            return try record(of: model, number)
        case .latest(let model):
            let all = try catalog.standing(of: model).filter { $0.deletedAt == nil }.map(\.number)
            // The highest release; where there is none, the highest pre-release.
            guard let latest = all.last(where: { $0.preRelease.isEmpty }) ?? all.last else {
                throw try unknown(reference)
            }
            return try record(of: model, latest)
        case .run(let run):
            guard let id = try catalog.lastCheckpoint(of: run),
                let checkpoint = try catalog.checkpoint(id)
            else { throw try unknown(reference) }
            if let number = try catalog.firstVersion(of: id) {
                return try record(of: try Checks.model(checkpoint.model), number)
            }
            return try completed(checkpoint)
        }
    }

    func record(of model: ModelName, _ number: VersionNumber) throws -> VersionRecord {
        guard let record = try catalog.version(model, number) else {
            throw try unknown(.number(model, number))
        }
        return try completed(record)
    }

    /// With what moves or belongs to the run: aliases, pins, parameters, code, data sets.
    func completed(_ record: VersionRecord) throws -> VersionRecord {
        var record = try withWhatMoves(record, try aliases(of: try Checks.model(record.model)))
        guard let id = RunID(bytes: record.runId), let run = try catalog.run(id) else {
            return record
        }
        (record.params, record.code, record.datasets) = (run.params, run.code, run.datasets)
        if record.dependencies.isEmpty { record.dependencies = run.dependencies }
        return record
    }

    private func aliases(of model: ModelName) throws -> [String: [String]] {
        Dictionary(grouping: try catalog.aliases(of: model), by: { $0.1.number })
            .mapValues { $0.map(\.alias) }
    }

    private func withWhatMoves(_ record: VersionRecord, _ aliases: [String: [String]]) throws
        -> VersionRecord
    {
        var record = record
        record.aliases = aliases[record.number] ?? []
        if let manifest = Digest(bytes: record.manifestDigest) {
            record.pinnedBy = try catalog.holders(of: manifest)
        }
        return record
    }

    /// Lowest first; where they do not fit into one message, the highest of them.
    public func versions(_ request: ListVersions) throws -> VersionList {
        let model = try Checks.model(request.model)
        let before = request.before.isEmpty ? nil : try Checks.number(request.before)
        let all = try catalog.versions(of: model)
        if all.isEmpty { try requireModel(model) }
        let aliases = try aliases(of: model)
        let wanted = all.filter { record in
            guard let before, let number = VersionNumber(record.number) else { return true }
            return number < before
        }
        let highestFirst = try wanted.reversed().map { record in
            var record = try withWhatMoves(record, aliases)
            (record.config, record.dependencies) = ([], [])
            return record
        }
        let fitting = try Self.fitting(highestFirst)
        return VersionList(
            versions: fitting.reversed(), leftOutCount: UInt32(wanted.count - fitting.count))
    }

    public func models() throws -> ModelList { ModelList(models: try catalog.models()) }

    // MARK: What moves

    public func setAlias(_ request: SetAlias) throws -> VersionRecord {
        let model = try Checks.model(request.model)
        let alias = try Checks.alias(request.alias)
        if request.number.isEmpty {
            let before = try catalog.aliases(of: model).first { $0.alias == alias.description }
            guard let before else {
                try requireModel(model)
                throw IngestError(.notFound, "\(model) has no alias '\(alias)'")
            }
            try catalog.apply(.removeAlias(alias, of: model))
            return try record(of: model, before.1)
        }
        let number = try Checks.number(request.number)
        guard try catalog.version(model, number) != nil else {
            throw try unknown(.number(model, number))
        }
        try catalog.apply(.setAlias(alias, of: model, to: number))
        return try record(of: model, number)
    }

    public func pin(_ request: PinVersion, at time: Timestamp) throws {
        let manifest = try Checks.digest(request.manifestDigest, "manifest_digest")
        try Amount.checkKey(request.holder, "holder")
        try Amount.checkText(request.reason, "the reason")
        guard try !catalog.users(of: manifest).isEmpty else {
            throw IngestError(.notFound, "no version has the manifest \(manifest)")
        }
        try catalog.apply(
            .pin(manifest, holder: request.holder, reason: request.reason, at: time))
    }

    public func unpin(_ request: UnpinVersion) throws {
        let manifest = try Checks.digest(request.manifestDigest, "manifest_digest")
        try catalog.apply(.unpin(manifest, holder: request.holder))
    }
}
