/// A file whose bytes can be read at any place. Calls block.
public protocol ByteSource: Sendable {
    var byteCount: Int { get }
    /// Reads as much as `buffer` holds, or as there is.
    /// - Returns: how many bytes; fewer than asked for only at the end.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
}

/// Bytes in memory as a file.
public struct BytesInMemory: ByteSource {
    private let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public var byteCount: Int { bytes.count }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = max(0, min(buffer.count, bytes.count - offset))
        guard count > 0 else { return 0 }
        bytes.withUnsafeBytes {
            buffer.copyMemory(from: .init(rebasing: $0[offset...].prefix(count)))
        }
        return count
    }
}
