import CairnCore
import Ingestion
import Synchronization

/// Chunks that an upload counts on before any checkpoint does: what it was told is there, what it
/// sent, and what it is just committing.
final class HeldChunks: Sendable {
    private struct Hold {
        var chunks: Set<Digest> = []
        var touched: Timestamp
    }

    private struct State {
        var uploads: [UploadID: Hold] = [:]
        /// By how many commits.
        var committing: [Digest: Int] = [:]
        /// All that was held at some time since a collection began; `nil` without one.
        var remembered: Set<Digest>?
    }

    private let state = Mutex(State())

    func add(_ chunks: [Digest], of upload: UploadID, at now: Timestamp) {
        state.withLock { state in
            state.uploads[upload, default: Hold(touched: now)].chunks.formUnion(chunks)
            state.uploads[upload]?.touched = now
            state.remembered?.formUnion(chunks)
        }
    }

    func release(_ upload: UploadID) { state.withLock { $0.uploads[upload] = nil } }

    /// Holds the chunks of a manifest while `body` commits it.
    func committing<Result>(
        _ manifest: Manifest, _ body: () async throws -> Result
    ) async rethrows -> Result {
        let chunks = manifest.uniqueChunks.map(\.digest)
        state.withLock { state in
            for chunk in chunks { state.committing[chunk, default: 0] += 1 }
            state.remembered?.formUnion(chunks)
        }
        defer {
            state.withLock { state in
                for chunk in chunks {
                    let count = state.committing[chunk, default: 1] - 1
                    state.committing[chunk] = count == 0 ? nil : count
                }
            }
        }
        return try await body()
    }

    /// Remembers, until `body` ends, whatever is or comes to be held: what is released meanwhile may
    /// be in a checkpoint that `body` does not know of.
    ///
    /// - Parameter moment: uploads that were quiet since before it are forgotten.
    /// - Returns: `nil` when a collection is under way already.
    func collecting<Result>(
        quietSince moment: Timestamp,
        _ body: (_ held: Set<Digest>, _ uploadCount: Int) async throws -> Result
    ) async rethrows -> Result? {
        let begun = state.withLock { state -> (Set<Digest>, Int)? in
            guard state.remembered == nil else { return nil }
            state.uploads = state.uploads.filter { $0.value.touched >= moment }
            let held = state.uploads.values.reduce(into: Set(state.committing.keys)) {
                $0.formUnion($1.chunks)
            }
            state.remembered = held
            return (held, state.uploads.count)
        }
        guard let (held, uploadCount) = begun else { return nil }
        defer { state.withLock { $0.remembered = nil } }
        return try await body(held, uploadCount)
    }

    /// While a collection is under way: whether it must leave the chunk.
    func contains(_ chunk: Digest) -> Bool {
        state.withLock { $0.remembered?.contains(chunk) ?? true }
    }
}
