import CairnCore
import Ingestion
import Ports

extension IngestDesk {
    /// What to say of a reference that names nothing, with the nearest that does.
    func unknown(_ reference: VersionReference) throws -> IngestError {
        switch reference {
        case .run(let run):
            guard try catalog.status(of: run) != nil else { return Self.unknown(run) }
            return IngestError(.notFound, "run \(run) has no checkpoint yet")
        case .number(let model, _), .alias(let model, _), .latest(let model):
            try requireModel(model)
            let all = try catalog.standing(of: model)
            if case .number(_, let number) = reference,
                let time = all.first(where: { $0.number == number })?.deletedAt
            {
                return IngestError(.notFound, "\(model)@\(number) was deleted \(time)")
            }
            let numbers = all.filter { $0.deletedAt == nil }.map(\.number.description)
            let names = numbers + (try catalog.aliases(of: model).map(\.alias))
            let wanted = String(reference.description.drop { $0 != "@" }.dropFirst())
            // `1.2` is on its way to `v1.2.0` as much as `v1.2` is.
            let word = wanted.first?.isNumber == true ? "v" + wanted : wanted
            let hint =
                Nearest.word(to: word, among: names).map { "; did you mean '\(model)@\($0)'?" }
                ?? (numbers.isEmpty
                    ? "; \(model) has no versions yet"
                    : "; it has \(numbers.suffix(5).joined(separator: ", "))")
            return IngestError(.notFound, "unknown version \(reference)\(hint)")
        }
    }

    public func manifest(_ digest: Digest) throws -> Manifest {
        guard let manifest = try catalog.manifest(digest) else {
            throw IngestError(.notFound, "no version has the manifest \(digest)")
        }
        return manifest
    }

    /// What keeps chunks, model by model, for people.
    func holders() throws -> [String] {
        try catalog.models().compactMap { name in
            let model = try Checks.model(name)
            let versionCount = try catalog.standing(of: model).filter { $0.deletedAt == nil }.count
            let looseCount = try catalog.looseCheckpoints(of: model).count
            if versionCount + looseCount == 0 { return nil }
            return "\(versionCount) versions and \(looseCount) checkpoints without one of \(name)"
        }
    }

    /// Every version that needs a chunk: a look at all manifests, for when one is damaged.
    public func users(of chunk: Digest) throws(CatalogError) -> [String] {
        var users = Set<String>()
        for digest in try catalog.manifestDigests() {
            let manifest: Manifest?
            do throws(CatalogError) {
                manifest = try catalog.manifest(digest)
            } catch  where error.code == .damaged {
                continue  // A damaged manifest is told of by its own check.
            }
            let isUser = manifest?.files.contains { $0.chunks.contains { $0.digest == chunk } }
            if isUser == true { users.formUnion(try catalog.users(of: digest)) }
        }
        return users.sorted()
    }
}
