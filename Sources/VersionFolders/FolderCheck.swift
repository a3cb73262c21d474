import CairnCore
import Ingestion
import Ports

/// Compares the bytes of a folder with a manifest.
struct FolderCheck: Sendable {
    let queues: WorkQueues

    struct Result: Sendable {
        /// One sentence each, at most `damagesMax`; empty when the folder holds exactly the files.
        var damages: [String]
        /// Taken before the first byte was read; `nil` when something changed while it was read.
        var stamp: FolderStamp?
    }

    static let damagesMax = 16

    /// Reads every byte of `folder`.
    func run(_ folder: String, against manifest: Manifest) async throws -> Result {
        let before = try await queues.run { try FolderStamp(of: folder) }
        var damages = Self.differences(before, manifest)
        if damages.isEmpty { damages = try await readAll(folder, manifest) }
        let after = try await queues.run { try FolderStamp(of: folder) }
        return Result(
            damages: Array(damages.prefix(Self.damagesMax)), stamp: before == after ? after : nil)
    }

    /// What names, sizes and modes alone show.
    static func differences(_ stamp: FolderStamp, _ manifest: Manifest) -> [String] {
        let found = Dictionary(uniqueKeysWithValues: stamp.entries.map { ($0.path, $0) })
        var damages: [String] = []
        for file in manifest.files {
            guard let entry = found[file.path] else {
                damages.append("\(file.path) is missing")
                continue
            }
            if !entry.isPlainFile {
                damages.append("\(file.path) is not a plain file")
            } else if entry.byteCount != file.byteCount {
                damages.append(
                    "\(file.path) has \(entry.byteCount) bytes, expected \(file.byteCount)")
            } else if entry.mode != file.mode {
                damages.append(
                    "\(file.path) has mode \(String(entry.mode, radix: 8)), expected "
                        + String(file.mode, radix: 8))
            }
        }
        let expected = Set(manifest.files.map(\.path))
        damages += stamp.entries.filter { !expected.contains($0.path) }
            .map { "\($0.path) does not belong to it" }
        return damages
    }

    private func readAll(_ folder: String, _ manifest: Manifest) async throws -> [String] {
        var damages: [String] = []
        for file in manifest.files where damages.count < Self.damagesMax {
            let open = try await queues.run { try OpenFile(folder + "/" + file.path, 0) }
            let offsets = file.chunkOffsets
            let areGood = try await queues.map(file.chunks.count) { index in
                let chunk = file.chunks[index]
                let bytes = try open.bytes(at: offsets[index], count: chunk.byteCount)
                return bytes?.digest == chunk.digest
            }
            damages += areGood.indices.filter { !areGood[$0] }.map { index in
                "\(file.path), chunk \(index + 1) of \(file.chunks.count), does not hash to "
                    + "\(file.chunks[index].digest.short)…"
            }
        }
        return damages
    }
}

extension Manifest.File {
    /// Where each chunk starts.
    var chunkOffsets: [Int] { PartStarts(of: chunks.map(\.byteCount)).starts }
}

extension SharedBytes {
    var digest: Digest { withUnsafeBytes { Digest(of: $0) } }
}
