import CairnCore
import CommandTable
import Messages
import Ports

/// Finds the version that a person named, and the nearest one when there is none.
struct Versions: Sendable {
    let ingest: Link

    func resolve(_ text: String) async throws -> VersionRecord {
        let reference = try Self.reference(text)
        do {
            return try await ingest.call(
                IngestMethods.resolveVersion, ResolveVersion(reference: reference.description))
        } catch let error as RPCError where error.code == .notFound {
            if error.text.contains("did you mean") { throw error }
            throw CommandError(error.text + (try await hint(for: reference)))
        }
    }

    static func reference(_ text: String) throws -> VersionReference {
        do {
            return try VersionReference(text)
        } catch {
            throw UsageError(error.description)
        }
    }

    private func hint(for reference: VersionReference) async throws -> String {
        let (model, word): (ModelName, String)
        switch reference {
        case .number(let name, let number): (model, word) = (name, number.description)
        case .alias(let name, let alias): (model, word) = (name, alias.description)
        case .latest(let name): (model, word) = (name, "latest")
        case .run: return ""
        }
        let models = try await ingest.call(IngestMethods.listModels, ListModels()).models
        guard models.contains(model.description) else {
            return Nearest.word(to: model.description, among: models)
                .map { "; did you mean '\($0)@\(word)'?" } ?? ""
        }
        let list = try await ingest.call(
            IngestMethods.listVersions, ListVersions(model: model.description))
        let known = list.versions.flatMap { ["v" + $0.number] + $0.aliases }
        return Nearest.word(to: word, among: known).map { "; did you mean '\(model)@\($0)'?" } ?? ""
    }
}
