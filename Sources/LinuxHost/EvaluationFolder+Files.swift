import CairnCore
import Evaluation
import Glibc
import Ports

/// A file that arrives; its descriptor is closed by its last holder. One writer at a time.
final class StagedFileOnDisk: StagedFile {
    private let name: String
    private let folder: EvaluationFolder
    private let queue: FileQueue
    private let descriptor: Int32

    init(_ name: String, for folder: EvaluationFolder, _ queue: FileQueue) throws(HostError) {
        (self.name, self.folder, self.queue) = (name, folder, queue)
        descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o444)
        guard descriptor >= 0 else { throw .last("\(name) cannot be written") }
    }

    deinit { close(descriptor) }

    func append(_ bytes: SharedBytes) async throws {
        try await queue.run { [self] in
            try bytes.withUnsafeBytes { raw throws(HostError) in
                var done = 0
                while done < raw.count {
                    let count = write(descriptor, raw.baseAddress! + done, raw.count - done)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { throw .last("\(name) cannot be written") }
                    done += count
                }
            }
        }
    }

    func byteSource() async throws -> any Evaluation.ByteSource {
        let written = try await queue.run { [self] () throws(HostError) in
            try ReadableFileOnDisk(name, queue)
        }
        guard let written else { throw HostError("\(name) is gone while it was written") }
        return try await written.byteSource()
    }

    func commit(as file: EvaluationFile) async throws {
        try await queue.run { [self] in
            guard let destination = try folder.location(of: file) else {
                throw HostError("logs are written by runners alone")
            }
            try FileTree.publish(name, as: destination)
        }
    }

    func discard() async {
        // After `commit` there is none; a file that stays is removed at the next start.
        _ = try? await queue.run { [self] in unlink(name) }
    }
}

/// An open file, closed by its last holder.
final class ReadableFileOnDisk: ReadableFile {
    private let path: String
    private let queue: FileQueue
    private let descriptor: Int32

    /// - Returns: `nil` when there is no such file.
    init?(_ path: String, _ queue: FileQueue) throws(HostError) {
        (self.path, self.queue) = (path, queue)
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            if errno == ENOENT { return nil }
            throw .last("\(path) cannot be read")
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    var byteCount: UInt64 {
        get async throws {
            try await queue.run { [self] () throws(HostError) in
                var status = stat()
                guard fstat(descriptor, &status) == 0 else { throw .last("\(path) cannot be read") }
                return UInt64(status.st_size)
            }
        }
    }

    func read(at offset: UInt64, count: Int) async throws -> SharedBytes {
        try await queue.run { [self] in
            var part = [UInt8](repeating: 0, count: count)
            while true {
                let got = pread(descriptor, &part, count, off_t(offset))
                if got < 0, errno == EINTR { continue }
                guard got >= 0 else { throw HostError.last("\(path) cannot be read") }
                return SharedBytes(Array(part[..<got]))
            }
        }
    }

    func byteSource() async throws -> any Evaluation.ByteSource {
        try await queue.run { [self] () throws(HostError) in
            try FileBytes(descriptor: descriptor, of: self, path)
        }
    }
}
