import CairnCore
import Ingestion
import Ports
import TensorFormats

/// The tensors of a version, read where it lies: only headers are fetched, and what is compared.
public struct VersionTensors: Sendable {
    public struct Entry: Sendable {
        public let path: String
        public let tensor: Tensor
        /// The chunks that hold it, with where each begins in the file.
        let chunks: [(chunk: Manifest.Chunk, start: Int)]
    }

    /// By path and offset.
    public let entries: [Entry]
    /// Files that are understood as tensors, with their formats.
    public let formats: [(path: String, format: FileFormat)]
    private let source: any VersionSource

    public init(of manifest: Manifest, from source: any VersionSource) async throws {
        var (entries, formats) = ([Entry](), [(path: String, format: FileFormat)]())
        for file in manifest.files {
            let table = try await StoredFile(file, from: source).tensorTable()
            if table.format == .opaque { continue }
            formats.append((file.path, table.format))
            var starts: [(chunk: Manifest.Chunk, start: Int)] = [], end = 0
            for chunk in file.chunks {
                starts.append((chunk, end))
                end += chunk.byteCount
            }
            for tensor in table.tensors {
                let own = starts.filter {
                    $0.start < tensor.end && $0.start + $0.chunk.byteCount > tensor.offset
                }
                entries.append(Entry(path: file.path, tensor: tensor, chunks: own))
            }
        }
        (self.entries, self.formats, self.source) = (entries, formats, source)
    }

    /// What became of one tensor.
    public enum Fate: Sendable {
        case unchanged
        case changed(TensorChange)
        /// Another type or shape: there is no element to compare with.
        case replaced(Tensor, by: Tensor)
        case added(Tensor)
        case removed(Tensor)
    }

    /// What became of each tensor from `before` to this, told by its name; by path and name.
    public func fates(
        since before: VersionTensors
    ) async throws -> [(path: String, name: String, fate: Fate)] {
        var fates: [(path: String, name: String, fate: Fate)] = []
        var old = Dictionary(
            before.entries.map { ($0.path + "\n" + $0.tensor.name, $0) }
        ) { first, _ in first }
        for entry in entries {
            let tensor = entry.tensor
            guard let was = old.removeValue(forKey: entry.path + "\n" + tensor.name) else {
                fates.append((entry.path, tensor.name, .added(tensor)))
                continue
            }
            guard was.tensor.element == tensor.element, was.tensor.shape == tensor.shape,
                was.tensor.byteCount == tensor.byteCount
            else {
                fates.append((entry.path, tensor.name, .replaced(was.tensor, by: tensor)))
                continue
            }
            let isSame =
                was.chunks.map(\.chunk.digest) == entry.chunks.map(\.chunk.digest)
                && was.offsetInChunks == entry.offsetInChunks
            if isSame {
                fates.append((entry.path, tensor.name, .unchanged))
                continue
            }
            let change = try await change(was, entry, before)
            fates.append(
                (
                    entry.path, tensor.name,
                    change.changedCount == 0 ? .unchanged : .changed(change)
                ))
        }
        fates += old.values.map { ($0.path, $0.tensor.name, .removed($0.tensor)) }
        return fates.sorted { ($0.path, $0.name) < ($1.path, $1.name) }
    }

    private func change(
        _ was: Entry, _ now: Entry, _ before: VersionTensors
    ) async throws -> TensorChange {
        let (a, b) = (was.reader(before.source), now.reader(source))
        var change = TensorChange()
        // A multiple of every width.
        let step = 4 << 20
        for start in stride(from: 0, to: was.tensor.byteCount, by: step) {
            let count = min(step, was.tensor.byteCount - start)
            let left = try await a.bytes(in: was.rangeInChunks(start, count))
            let right = try await b.bytes(in: now.rangeInChunks(start, count))
            left.withUnsafeBytes { left in
                right.withUnsafeBytes { change.add(left, $0, was.tensor.element) }
            }
        }
        return change
    }
}

extension VersionTensors.Entry {
    fileprivate var offsetInChunks: Int { tensor.offset - (chunks.first?.start ?? 0) }

    /// A file of this tensor's chunks alone.
    fileprivate func reader(_ source: any VersionSource) -> StoredFile {
        StoredFile(Manifest.File(path: path, chunks: chunks.map(\.chunk)), from: source)
    }

    fileprivate func rangeInChunks(_ start: Int, _ count: Int) -> Range<Int> {
        offsetInChunks + start..<offsetInChunks + start + count
    }
}
