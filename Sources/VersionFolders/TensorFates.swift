import Ingestion
import TensorFormats

extension VersionTensors {
    /// What became of one tensor.
    public enum Fate: Sendable {
        case unchanged
        case changed(TensorChange)
        /// It cannot be read on its own, and the file that holds it changed.
        case unreadable(OtherTensor)
        /// Another type or shape: there is no element to compare with.
        case replaced(Entry, by: Entry)
        case added(Entry)
        case removed(Entry)
    }

    /// What became of each tensor from `before` to this, told by its name; by path and name.
    public func fates(
        since before: VersionTensors
    ) async throws -> [(path: String, name: String, fate: Fate)] {
        var fates: [(path: String, name: String, fate: Fate)] = []
        var old = Dictionary(
            before.entries.map { ($0.path + "\n" + $0.name, $0) }
        ) { first, _ in first }
        for entry in entries {
            let was = old.removeValue(forKey: entry.path + "\n" + entry.name)
            fates.append((entry.path, entry.name, try await fate(of: entry, was, before)))
        }
        fates += old.values.map { ($0.path, $0.name, .removed($0)) }
        return fates.sorted { ($0.path, $0.name) < ($1.path, $1.name) }
    }

    private func fate(
        of entry: Entry, _ was: Entry?, _ before: VersionTensors
    ) async throws -> Fate {
        guard let was else { return .added(entry) }
        if was.lies(as: entry) { return .unchanged }
        guard was.element == entry.element, was.shape == entry.shape else {
            return .replaced(was, by: entry)
        }
        if let other = was.unreadable ?? entry.unreadable { return .unreadable(other) }
        var change = TensorChange()
        // Where one is read by rows, both are.
        for step in try was.isInFile ? steps(of: entry) : before.steps(of: was) {
            let left = try await before.bytes(of: was, step)
            let right = try await bytes(of: entry, step)
            left.withUnsafeBytes { left in
                right.withUnsafeBytes { change.add(left, $0, entry.element) }
            }
        }
        return change.changedCount == 0 ? .unchanged : .changed(change)
    }
}

extension VersionTensors.Entry {
    fileprivate var isInFile: Bool {
        if case .file = place { true } else { false }
    }

    /// Itself, where nobody can read its elements.
    fileprivate var unreadable: OtherTensor? {
        if case .coded(let tensor, _) = place, !tensor.isReadable { tensor } else { nil }
    }

    /// The same bytes in the same place of the same chunks.
    fileprivate func lies(as other: Self) -> Bool {
        guard element == other.element, shape == other.shape else { return false }
        switch (place, other.place) {
        case (.file(let tensor, let chunks), .file(let otherTensor, let otherChunks)):
            return chunks.map(\.chunk.digest) == otherChunks.map(\.chunk.digest)
                && tensor.offset - (chunks.first?.start ?? 0) == otherTensor.offset
                    - (otherChunks.first?.start ?? 0)
        case (.coded(let tensor, let file), .coded(let otherTensor, let otherFile)):
            return tensor == otherTensor && file.chunks == otherFile.chunks
        default: return false
        }
    }
}
