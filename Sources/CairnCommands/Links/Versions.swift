import CairnCore
import CommandTable
import Messages

/// Finds the version that a person named; ingest names the nearest one when there is none.
struct Versions: Sendable {
    let ingest: Link

    func resolve(_ text: String) async throws -> VersionRecord {
        let reference = try Self.reference(text)
        return try await ingest.call(
            IngestMethods.resolveVersion, ResolveVersion(reference: reference.description))
    }

    static func reference(_ text: String) throws -> VersionReference {
        do {
            return try VersionReference(text)
        } catch {
            throw UsageError(error.description)
        }
    }
}
