import CairnCore

/// Memory for an attachment that is still arriving; whole, it becomes `SharedBytes`.
struct AttachmentBuffer: ~Copyable {
    private let start: UnsafeMutableRawPointer
    let byteCount: Int
    private(set) var filled = 0

    /// The memory is left as it is: pages that no byte arrives for are never touched.
    init(byteCount: Int) {
        self.byteCount = byteCount
        start = SharedBytes.block(of: byteCount)
    }

    deinit { _ = SharedBytes(block: start, of: byteCount) }

    var missing: Int { byteCount - filled }

    /// Lets `write` put the next bytes in place; it returns how many it wrote.
    mutating func fill(_ write: (UnsafeMutableRawBufferPointer) -> Int) {
        let count = write(UnsafeMutableRawBufferPointer(start: start + filled, count: missing))
        precondition((0...missing).contains(count), "wrote \(count) of \(missing) bytes")
        filled += count
    }

    /// Hands the memory on.
    consuming func finish() -> SharedBytes {
        precondition(missing == 0, "\(missing) bytes are missing")
        let bytes = SharedBytes(block: start, of: byteCount)
        discard self
        return bytes
    }
}
