import CairnCore
import Ingestion
import Ports

/// A file of a version that lies somewhere else, read in part: the chunks that a reader asks for
/// are fetched, and no other.
public actor StoredFile: ByteSource {
    public nonisolated let file: Manifest.File
    public nonisolated let byteCount: Int
    private let source: any VersionSource
    /// Where each chunk begins.
    private let starts: [Int]
    /// The chunk that was read last: headers are read in small pieces.
    private var last: (index: Int, bytes: SharedBytes)?

    public init(_ file: Manifest.File, from source: any VersionSource) {
        (self.file, self.source) = (file, source)
        var starts: [Int] = [], end = 0
        for chunk in file.chunks {
            starts.append(end)
            end += chunk.byteCount
        }
        (self.starts, byteCount) = (starts, end)
    }

    public func bytes(in range: Range<Int>) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        // The last chunk that begins at the range's start or before it.
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= range.lowerBound { low = middle } else { high = middle }
        }
        var index = low
        while bytes.count < range.count {
            let chunk = try await chunk(index)
            let from = max(0, range.lowerBound - starts[index])
            let to = min(chunk.count, range.upperBound - starts[index])
            chunk.withUnsafeBytes { bytes += $0[from..<to] }
            index += 1
        }
        return bytes
    }

    /// All of a file of one chunk.
    public func whole() async throws -> SharedBytes { try await chunk(0) }

    private func chunk(_ index: Int) async throws -> SharedBytes {
        if let last, last.index == index { return last.bytes }
        let inbox = Inbox()
        try await source.fetch([file.chunks[index]]) { chunk, bytes in
            guard bytes.digest == chunk.digest else {
                throw RPCError(.dataLoss, "chunk \(chunk.digest.short) came damaged")
            }
            await inbox.put(bytes)
        }
        guard let bytes = await inbox.bytes else {
            throw RPCError(.protocol, "a chunk that was asked for did not come")
        }
        last = (index, bytes)
        return bytes
    }

    private actor Inbox {
        var bytes: SharedBytes?
        func put(_ bytes: SharedBytes) { self.bytes = bytes }
    }
}
