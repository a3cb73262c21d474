/// Bytes that never change after they were written, shared without a copy.
///
/// What a frame's attachment is on both sides of the wire: read from a socket straight into its
/// memory, handed on with its ownership, given back (to a pool, if it came from one) by the last
/// holder.
public struct SharedBytes: Sendable {
    private let storage: Storage
    public let count: Int

    /// Owns the memory; nobody writes to it after `init`, which is why sharing it is safe.
    private final class Storage: @unchecked Sendable {
        let start: UnsafeMutableRawPointer
        let release: @Sendable (UnsafeMutableRawPointer) -> Void

        init(
            _ start: UnsafeMutableRawPointer,
            _ release: @escaping @Sendable (UnsafeMutableRawPointer) -> Void
        ) {
            (self.start, self.release) = (start, release)
        }

        deinit { release(start) }
    }

    /// Takes over memory that holds `count` bytes and calls `release` with it at the end.
    public init(
        adopting start: UnsafeMutableRawPointer, count: Int,
        release: @escaping @Sendable (UnsafeMutableRawPointer) -> Void
    ) {
        storage = Storage(start, release)
        self.count = count
    }

    /// Memory of its own, written once by `fill`.
    public init(count: Int, fill: (UnsafeMutableRawBufferPointer) throws -> Void) rethrows {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, count), alignment: 64)
        do {
            try fill(UnsafeMutableRawBufferPointer(rebasing: buffer[0..<count]))
        } catch {
            buffer.deallocate()
            throw error
        }
        self.init(adopting: buffer.baseAddress!, count: count) { $0.deallocate() }
    }

    public init(_ bytes: [UInt8]) {
        self.init(count: bytes.count) { $0.copyBytes(from: bytes) }
    }

    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: storage.start, count: count))
    }

    /// A copy as an array.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}
