import CairnCore

/// The files of a checkpoint, each a list of chunks: what a manifest digest names for ever.
///
/// Two checkpoints with the same files have the same digest, whoever made them and when.
public struct Manifest: Sendable, Equatable {
    public struct Chunk: Sendable, Hashable {
        public let digest: Digest
        /// 1…`Limits.chunkByteCount`.
        public let byteCount: Int

        public init(digest: Digest, byteCount: Int) {
            (self.digest, self.byteCount) = (digest, byteCount)
        }
    }

    public struct File: Sendable, Equatable {
        /// Relative, with '/' between parts: checked by `Manifest.init`.
        public let path: String
        /// POSIX permission bits, 0…0o777.
        public let mode: UInt16
        public let chunks: [Chunk]

        public init(path: String, mode: UInt16 = 0o644, chunks: [Chunk]) {
            (self.path, self.mode, self.chunks) = (path, mode, chunks)
        }

        public var byteCount: Int { chunks.reduce(0) { $0 + $1.byteCount } }
    }

    public enum Limits {
        public static let fileCount = 65_536
        public static let pathByteCount = 1_024
        public static let chunkByteCount = 4 << 20
        /// What our own clients cut files into.
        public static let usualChunkByteCount = 1 << 20
    }

    /// Sorted by path, byte by byte.
    public let files: [File]

    public init(files: [File]) throws(ManifestError) {
        guard (1...Limits.fileCount).contains(files.count) else {
            throw ManifestError(
                "a checkpoint holds 1 to \(Limits.fileCount) files, this one \(files.count)")
        }
        for file in files { try Self.check(file) }
        self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        var paths = Set<String>()
        for file in self.files where !paths.insert(file.path).inserted {
            throw ManifestError("the path '\(file.path)' occurs twice; paths are unique")
        }
        for file in self.files {
            let slashes = file.path.indices.filter { file.path[$0] == "/" }
            for folder in slashes.map({ String(file.path[..<$0]) }) where paths.contains(folder) {
                throw ManifestError("'\(folder)' is both a file and a folder ('\(file.path)')")
            }
        }
    }

    private static func check(_ file: File) throws(ManifestError) {
        let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...Limits.pathByteCount).contains(file.path.utf8.count),
            parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }),
            !file.path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else {
            throw ManifestError(
                "'\(file.path)' is not a path in a checkpoint: expected 1 to "
                    + "\(Limits.pathByteCount) bytes, relative, without '.', '..', empty parts or "
                    + "control characters")
        }
        guard file.mode <= 0o777 else {
            throw ManifestError(
                "'\(file.path)' has mode \(String(file.mode, radix: 8)); 777 is most")
        }
        for chunk in file.chunks where !(1...Limits.chunkByteCount).contains(chunk.byteCount) {
            throw ManifestError(
                "'\(file.path)' has a chunk of \(chunk.byteCount) bytes; expected 1 to "
                    + "\(Limits.chunkByteCount)")
        }
    }

    public var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }

    /// Every chunk once, in the order of its first use.
    public var uniqueChunks: [Chunk] {
        var seen = Set<Digest>()
        return files.flatMap(\.chunks).filter { seen.insert($0.digest).inserted }
    }

    /// BLAKE3 of `canonicalBytes`.
    public var digest: Digest { Digest(of: canonicalBytes) }

    /// `cairn-manifest-1\n`, the file count, then for each file: path length, path, mode, chunk
    /// count, and for each chunk its digest and length. Numbers are little-endian UInt64.
    public var canonicalBytes: [UInt8] {
        var out = Array("cairn-manifest-1\n".utf8)
        func put(_ number: Int) {
            out += (0..<8).map { UInt8(truncatingIfNeeded: UInt64(number) >> (8 * UInt64($0))) }
        }
        put(files.count)
        for file in files {
            put(file.path.utf8.count)
            out += file.path.utf8
            put(Int(file.mode))
            put(file.chunks.count)
            for chunk in file.chunks {
                out += chunk.digest.bytes
                put(chunk.byteCount)
            }
        }
        return out
    }

    /// Reads canonical bytes back. Refuses everything that `canonicalBytes` would not have written.
    public init(canonicalBytes bytes: [UInt8]) throws(ManifestError) {
        var reader = Reader(rest: bytes[...])
        guard reader.take(17)?.elementsEqual("cairn-manifest-1\n".utf8) == true else {
            throw ManifestError("these bytes are not a manifest of version 1")
        }
        let files = try reader.files()
        try self.init(files: files)
        guard reader.rest.isEmpty, self.files == files else {
            throw ManifestError("this manifest is damaged: its bytes are not canonical")
        }
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard count >= 0, rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }

        mutating func number() throws(ManifestError) -> Int {
            guard let bytes = take(8), bytes.last! < 0x80 else { throw Reader.cut }
            return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
        }

        mutating func files() throws(ManifestError) -> [File] {
            var files: [File] = []
            for _ in 0..<(try number()) { files.append(try file()) }
            return files
        }

        mutating func file() throws(ManifestError) -> File {
            guard let path = take(try number()), let text = String(validating: path, as: UTF8.self),
                let mode = UInt16(exactly: try number())
            else { throw Reader.cut }
            var chunks: [Chunk] = []
            for _ in 0..<(try number()) {
                guard let bytes = take(Digest.byteCount), let digest = Digest(bytes: bytes) else {
                    throw Reader.cut
                }
                chunks.append(Chunk(digest: digest, byteCount: try number()))
            }
            return File(path: text, mode: mode, chunks: chunks)
        }

        static var cut: ManifestError { ManifestError("this manifest is damaged: it ends early") }
    }
}

/// A manifest breaks its rules; the text says which.
public struct ManifestError: Error, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
