import CairnCore

/// The files of a checkpoint that come in several messages, numbered from 0.
///
/// Knows nothing of time and of who sends: a part that comes twice changes nothing, one that is left
/// out is missed, so that no manifest is ever made of less than was sent.
public struct ManifestParts: Sendable, Equatable {
    private var parts: [[Manifest.File]] = []
    private var fileCount = 0

    public init() {}

    public mutating func add(_ files: [Manifest.File], at index: Int) throws(IngestError) {
        guard index <= parts.count else {
            throw IngestError(
                .refused,
                "part \(index) of the manifest came before part \(parts.count); send all parts "
                    + "again, counted from 0",
                facts: ["missing_part": "\(parts.count)"])
        }
        guard index == parts.count else {
            guard parts[index] == files else {
                throw IngestError(
                    .conflict,
                    "part \(index) of the manifest came before with other files; parts count from "
                        + "0, and OpenUpload with the same id begins the manifest anew")
            }
            return
        }
        guard parts.count < IngestLimits.manifestParts,
            fileCount + files.count <= Manifest.Limits.fileCount + IngestLimits.manifestParts
        else {
            throw IngestError(
                .invalid,
                "a manifest holds at most \(Manifest.Limits.fileCount) files in "
                    + "\(IngestLimits.manifestParts) parts")
        }
        parts.append(files)
        fileCount += files.count
    }

    /// The manifest of all parts. Entries in a row with the same path are parts of one file.
    /// - Parameter last: the part that said that it is the last.
    public func manifest(last: Int) throws(IngestError) -> Manifest {
        guard last == parts.count - 1 else {
            throw IngestError(
                .conflict,
                "part \(last) says that it is the last, and \(parts.count) parts have come; "
                    + "OpenUpload with the same id begins the manifest anew")
        }
        var files: [Manifest.File] = []
        var open: (path: String, mode: UInt16, chunks: [Manifest.Chunk])?
        func close() {
            if let open {
                files.append(.init(path: open.path, mode: open.mode, chunks: open.chunks))
            }
        }
        for file in parts.joined() {
            if file.path == open?.path, file.mode == open?.mode {
                open?.chunks += file.chunks
            } else {
                close()
                open = (file.path, file.mode, file.chunks)
            }
        }
        close()
        do throws(ManifestError) {
            return try Manifest(files: files)
        } catch { throw IngestError(.invalid, "\(error). Nothing was committed") }
    }
}
