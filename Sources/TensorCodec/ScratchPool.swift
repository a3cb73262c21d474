import Synchronization

/// Memory for coding that is used again: fresh memory costs as much as the coding itself.
enum ScratchPool {
    private struct Buffers: @unchecked Sendable {
        var free: [UnsafeMutableRawBufferPointer] = []
    }

    /// As many as code at once on a large machine; more are given back to the system.
    private static let keptCount = 8
    private static let buffers = Mutex(Buffers())

    static func with<Result>(
        byteCount: Int, _ body: (UnsafeMutableRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        let buffer = taken(byteCount)
        defer { give(buffer) }
        return try body(buffer)
    }

    private static func taken(_ byteCount: Int) -> UnsafeMutableRawBufferPointer {
        let kept = buffers.withLock { buffers in
            buffers.free.lastIndex { $0.count >= byteCount }.map { buffers.free.remove(at: $0) }
        }
        return kept ?? .allocate(byteCount: byteCount, alignment: 64)
    }

    private static func give(_ buffer: UnsafeMutableRawBufferPointer) {
        let isKept = buffers.withLock { buffers in
            guard buffers.free.count < keptCount else { return false }
            buffers.free.append(buffer)
            return true
        }
        if !isKept { buffer.deallocate() }
    }
}
