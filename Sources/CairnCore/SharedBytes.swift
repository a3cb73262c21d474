import CKernels

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
        let start = Self.block(of: count)
        do {
            try fill(UnsafeMutableRawBufferPointer(start: start, count: count))
        } catch {
            cairn_block_give(start, count)
            throw error
        }
        self.init(block: start, of: count)
    }

    /// Memory for `init(block:of:)`, aligned to 64 bytes, taken from that of chunks that are gone.
    public static func block(of byteCount: Int) -> UnsafeMutableRawPointer {
        guard let start = cairn_block_take(byteCount) else {
            preconditionFailure("no memory for \(byteCount) bytes")
        }
        return start
    }

    /// Takes over a block that was written: `count` of its `blockByteCount` bytes, from `offset`.
    public init(
        block start: UnsafeMutableRawPointer, of blockByteCount: Int, from offset: Int = 0,
        count: Int? = nil
    ) {
        self.init(adopting: start + offset, count: count ?? blockByteCount - offset) {
            cairn_block_give($0 - offset, blockByteCount)
        }
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
