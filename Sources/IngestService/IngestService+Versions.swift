import CairnCore
import Ingestion
import Messages
import Ports

extension IngestService {
    func addVersions(to routes: inout RPCRoutes) {
        routes.unary(IngestMethods.resolveVersion) { [self] request, _ in
            let reference = try Self.reference(request.reference)
            return try await answering {
                try await ledger.with { catalog, _ in
                    try catalog.resolve(reference)
                }
            }
        }
        routes.unary(IngestMethods.listVersions) { [self] request, _ in
            let model = try Checks.model(request.model)
            return try await answering {
                try await ledger.with { catalog, _ in
                    let versions = try catalog.versions(of: model.description)
                    if versions.isEmpty { try catalog.requireModel(model) }
                    return VersionList(versions: versions)
                }
            }
        }
        routes.unary(IngestMethods.listModels) { [self] _, _ in
            try await answering {
                ModelList(models: try await ledger.with { catalog, _ in try catalog.models() })
            }
        }
        routes.unary(IngestMethods.createVersion) { [self] request, _ in
            let id: CheckpointID = try Checks.id(request.checkpointId, "checkpoint_id")
            return try await answering {
                let made = try await ledger.createVersion(request, of: id)
                doorbell.ring()
                return made
            }
        }
        routes.unary(IngestMethods.setAlias) { [self] request, _ in try await setAlias(request) }
        routes.unary(IngestMethods.pinVersion) { [self] request, _ in
            let manifest = try Checks.digest(request.manifestDigest, "manifest_digest")
            return try await answering {
                try await ledger.with { catalog, now in
                    guard try catalog.manifest(manifest) != nil else {
                        throw RPCError(.notFound, "no version has the manifest \(manifest)")
                    }
                    try catalog.pin(
                        manifest, holder: request.holder, reason: request.reason, at: now)
                }
                return Done()
            }
        }
        routes.unary(IngestMethods.unpinVersion) { [self] request, _ in
            let manifest = try Checks.digest(request.manifestDigest, "manifest_digest")
            return try await answering {
                try await ledger.with { catalog, _ in
                    try catalog.unpin(manifest, holder: request.holder)
                }
                return Done()
            }
        }
    }

    static func reference(_ text: String) throws -> VersionReference {
        do { return try VersionReference(text) } catch {
            throw RPCError(.invalidArgument, error.description)
        }
    }

    private func setAlias(_ request: SetAlias) async throws -> VersionRecord {
        let model = try Checks.model(request.model)
        let alias: AliasName
        do { alias = try AliasName(request.alias) } catch {
            throw RPCError(.invalidArgument, error.description)
        }
        let number = request.number.isEmpty ? nil : VersionNumber(request.number)
        guard request.number.isEmpty || number != nil else {
            throw RPCError(.invalidArgument, "'\(request.number)' is not a version number")
        }
        return try await answering {
            try await ledger.with { catalog, _ in
                let before = try catalog.version(model: model.description, alias: alias.description)
                guard try catalog.setAlias(alias.description, of: model.description, to: number)
                else {
                    guard let number else {
                        throw RPCError(.notFound, "\(model) has no alias '\(alias)'")
                    }
                    throw try catalog.unknown(.number(model, number))
                }
                return try number.flatMap { try catalog.version(model.description, $0) }
                    ?? before ?? VersionRecord(model: model.description)
            }
        }
    }
}

extension IngestCatalog {
    func resolve(_ reference: VersionReference) throws -> VersionRecord {
        let found: VersionRecord? =
            switch reference {
            case .number(let model, let number): try version(model.description, number)
            case .alias(let model, let alias):
                try version(model: model.description, alias: alias.description)
            case .latest(let model): try latest(of: model)
            case .run(let run): try lastCheckpoint(of: run)
            }
        guard let found else { throw try unknown(reference) }
        return found
    }

    /// The highest release; where there is none, the highest pre-release.
    private func latest(of model: ModelName) throws -> VersionRecord? {
        let all = try versions(of: model.description)
        return all.last { VersionNumber($0.number)?.preRelease.isEmpty == true } ?? all.last
    }

    func requireModel(_ model: ModelName) throws {
        let known = try models()
        guard known.contains(model.description) else {
            let near = Nearest.word(to: model.description, among: known)
            throw RPCError(
                .notFound,
                "no model '\(model)' is known here"
                    + (near.map { "; did you mean '\($0)'?" } ?? "; `cairn push` makes one"))
        }
    }

    /// What to say of a reference that names nothing, with the nearest that does.
    func unknown(_ reference: VersionReference) throws -> RPCError {
        switch reference {
        case .run(let run):
            return RPCError(.notFound, "run \(run) does not exist or has no checkpoint")
        case .number(let model, _), .alias(let model, _), .latest(let model):
            try requireModel(model)
            let names = try versions(of: model.description).flatMap { record in
                ["v" + record.number] + record.aliases
            }
            let wanted = String(reference.description.drop { $0 != "@" }.dropFirst())
            // `1.2` is on its way to `v1.2.0` as much as `v1.2` is.
            let word = wanted.first?.isNumber == true ? "v" + wanted : wanted
            let near = Nearest.word(to: word, among: names).map {
                "; did you mean '\(model)@\($0)'?"
            }
            return RPCError(
                .notFound,
                "unknown version \(reference)"
                    + (near
                        ?? (names.isEmpty
                            ? "; \(model) has no versions yet"
                            : "; it has \(names.suffix(5).joined(separator: ", "))"))
            )
        }
    }
}
