import Evaluation
import Glibc

/// An open file whose bytes are read where they are asked for, by many threads at once.
public final class FileBytes: ByteSource {
    private let path: String
    private let descriptor: Int32
    /// Who closes the descriptor; `nil`: this does.
    private let owner: (any AnyObject & Sendable)?
    /// When it was opened.
    public let byteCount: Int

    public init(_ path: String) throws(HostError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last("\(path) cannot be read") }
        owner = nil
        byteCount = try Self.byteCount(of: descriptor, path)
    }

    /// - Parameter owner: keeps the descriptor open, and closes it.
    init(descriptor: Int32, of owner: any AnyObject & Sendable, _ path: String) throws(HostError) {
        (self.descriptor, self.owner, self.path) = (descriptor, owner, path)
        byteCount = try Self.byteCount(of: descriptor, path)
    }

    deinit { if owner == nil, descriptor >= 0 { close(descriptor) } }

    private static func byteCount(of descriptor: Int32, _ path: String) throws(HostError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last("\(path) cannot be read") }
        return Int(status.st_size)
    }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer)
        throws(InputError) -> Int
    {
        guard let start = buffer.baseAddress else { return 0 }
        var done = 0
        while done < buffer.count {
            let got = pread(descriptor, start + done, buffer.count - done, off_t(offset + done))
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else {
                throw InputError("\(HostError.last("\(path) cannot be read"))")
            }
            if got == 0 { break }
            done += got
        }
        return done
    }
}
