import Glibc
import Ports

/// A file of this host, for those who look for its tensors.
public struct LocalFile: ByteSource {
    private let file: OpenFile
    public let byteCount: Int
    private let queues: WorkQueues

    init(_ file: OpenFile, byteCount: Int, queues: WorkQueues) {
        (self.file, self.byteCount, self.queues) = (file, byteCount, queues)
    }

    public init(_ path: String, queues: WorkQueues) async throws {
        let (file, status) = try await queues.run { () -> (OpenFile, stat) in
            do throws(FileError) {
                let file = try OpenFile(path, O_RDONLY)
                return (file, try file.status())
            } catch { throw error.asRPCError }
        }
        self.init(file, byteCount: Int(status.st_size), queues: queues)
    }

    public func bytes(in range: Range<Int>) async throws -> [UInt8] {
        try await queues.run {
            guard let bytes = try file.bytes(at: range.lowerBound, count: range.count) else {
                throw ChunkCutter.changed(file.path)
            }
            return bytes.bytes
        }
    }
}
