import CairnCore
import Ports
import TensorCodec

/// The form of a chunk: against the same part of another version where that saves most.
extension PackStore {
    /// A chunk is never more chunks away from one that stands alone.
    static let depthMax: UInt8 = 8

    public func form(_ digest: Digest, _ bytes: SharedBytes, _ hint: ChunkHint) -> ChunkForm {
        if let source = hint.source, isCast(bytes, of: source, hint.element) {
            return ChunkForm(
                digest, bytes, hint.element, .cast, SharedBytes([]), parent: source)
        }
        if let parent = hint.parent, parent != digest,
            let coded = delta(bytes, to: parent, hint.element)
        {
            return ChunkForm(
                digest, bytes, hint.element, coded.code, coded.payload, parent: parent)
        }
        let alone = bytes.withUnsafeBytes { coder.alone($0, hint.element) }
        guard let alone else { return ChunkForm(raw: digest, bytes, hint.element) }
        return ChunkForm(digest, bytes, hint.element, alone.code, alone.payload, parent: nil)
    }

    private func isCast(_ bytes: SharedBytes, of source: Digest, _ element: ElementType) -> Bool {
        guard let entry = usable(source, byteCount: bytes.count * 2),
            let source = parentBytes(entry)
        else { return false }
        return bytes.withUnsafeBytes { bytes in
            source.withUnsafeBytes { coder.isCast(bytes, of: $0, element) }
        }
    }

    private func delta(
        _ bytes: SharedBytes, to parent: Digest, _ element: ElementType
    ) -> (code: ChunkCode, payload: SharedBytes)? {
        guard let entry = usable(parent, byteCount: bytes.count),
            let parent = parentBytes(entry)
        else { return nil }
        return bytes.withUnsafeBytes { bytes in
            parent.withUnsafeBytes { coder.delta(bytes, to: $0, element) }
        }
    }

    public func difference(
        of digest: Digest, to base: Digest
    ) throws(ChunkStoreError) -> ChunkForm? {
        let entries = state.withLock { ($0.index[digest]?.entry, $0.index[base]?.entry) }
        guard let entry = entries.0, let other = entries.1, entry.byteCount == other.byteCount,
            entry.element != .opaque
        else { return nil }
        // Checked here, so that what is sent is right however it is coded.
        let (bytes, given) = (try bytes(of: digest), try self.bytes(of: base))
        if entry.parent == base, entry.code != .cast, let payload = try storedPayload(of: digest) {
            return ChunkForm(
                digest, bytes, entry.element, entry.code, payload, parent: base)
        }
        let coded = bytes.withUnsafeBytes { bytes in
            given.withUnsafeBytes { coder.delta(bytes, to: $0, entry.element) }
        }
        return coded.map {
            ChunkForm(digest, bytes, entry.element, $0.code, $0.payload, parent: base)
        }
    }

    /// The entry of a chunk that another may be coded against.
    private func usable(_ digest: Digest, byteCount: Int) -> PackEntry? {
        state.withLock { state in
            guard let entry = state.index[digest]?.entry, !state.damaged.contains(digest),
                entry.byteCount == byteCount, entry.depth < Self.depthMax
            else { return nil }
            return entry
        }
    }

    private func parentBytes(_ entry: PackEntry) -> SharedBytes? {
        // A parent that cannot be read is one that there is not: the chunk stands alone then.
        warm[entry.digest] ?? (try? bytes(of: entry.digest))
    }
}
