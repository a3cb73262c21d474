import CairnCore
import CommandTable
import Glibc

/// A file on its way to a service, read in parts of at most 1 MiB.
struct InputFile: Sendable {
    let path: String
    let byteCount: UInt64

    static let partByteCount = 1 << 20

    init(_ path: String) throws {
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw UsageError("\(path) is not there") }
        guard facts.st_mode & S_IFMT == S_IFREG else { throw UsageError("\(path) is not a file") }
        (self.path, byteCount) = (path, UInt64(facts.st_size))
    }

    func digest() throws -> Digest {
        var builder = DigestBuilder()
        try withDescriptor { descriptor in
            while let part = try next(descriptor) { part.withUnsafeBytes { builder.append($0) } }
        }
        return builder.digest()
    }

    /// - Parameter body: gets each part and how many bytes there were with it. An empty file has one
    ///   empty part, since the first message names what is sent.
    func forEachPart(_ body: (SharedBytes, UInt64) async throws -> Void) async throws {
        let descriptor = try open()
        defer { close(descriptor) }
        var done: UInt64 = 0
        while let part = try next(descriptor) {
            done += UInt64(part.count)
            try await body(part, done)
        }
        if done == 0 { try await body(SharedBytes([]), 0) }
    }

    private func withDescriptor(_ body: (Int32) throws -> Void) throws {
        let descriptor = try open()
        defer { close(descriptor) }
        try body(descriptor)
    }

    private func open() throws -> Int32 {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure }
        return descriptor
    }

    private var failure: CommandError {
        CommandError("\(path) cannot be read: \(String(cString: strerror(errno)))")
    }

    private func next(_ descriptor: Int32) throws -> SharedBytes? {
        var part = [UInt8](repeating: 0, count: Self.partByteCount)
        let count = read(descriptor, &part, part.count)
        if count < 0 { throw failure }
        return count == 0 ? nil : SharedBytes(Array(part[..<count]))
    }
}
