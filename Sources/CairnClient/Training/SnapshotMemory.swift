import CairnCore
import Dispatch
import Glibc
import Ingestion
import Synchronization
import TensorFormats
import VersionFolders

/// Memory for copies of what a trainer holds, used again and again: a copy into memory that was
/// written before takes as long as `memcpy`, one into fresh memory twice that.
public final class SnapshotMemory: Sendable {
    /// One copy's memory, given back by the last holder of its parts.
    private final class Region: @unchecked Sendable {
        let start: UnsafeMutableRawPointer
        let byteCount: Int
        private let pool: SnapshotMemory?

        /// - Parameter block: from an earlier region, or new.
        init(_ block: Block, of pool: SnapshotMemory) {
            (start, byteCount, self.pool) = (block.start, block.byteCount, pool)
        }

        deinit { pool?.take(back: Block(start: start, byteCount: byteCount)) }
    }

    private struct Block: @unchecked Sendable {
        let start: UnsafeMutableRawPointer
        let byteCount: Int
    }

    private static let alignment = 2 << 20
    /// Blocks that wait to be used again; with the one that is written and the one that is sent,
    /// a trainer never has more.
    private static let freeCountMax = 2

    private let free = Mutex<[Block]>([])

    public init() {}

    deinit { for block in free.withLock({ $0 }) { Glibc.free(block.start) } }

    /// A copy of `bytes` as a file. What was copied may change as soon as this returns.
    public func copy(_ bytes: UnsafeRawBufferPointer, as path: String) -> CheckpointFile {
        copy([bytes], as: path)
    }

    /// A safetensors file of copies of these tensors, without one on any disk.
    ///
    /// - Parameter tensors: each with as many bytes as its shape has; little-endian, row by row.
    /// - Returns: `nil` where one has other bytes than its shape.
    public func safetensors(
        _ tensors: [(name: String, element: ElementType, shape: [Int], UnsafeRawBufferPointer)],
        metadata: [String: String] = [:], as path: String
    ) -> CheckpointFile? {
        let wanted = tensors.map {
            TensorToWrite(name: $0.name, source: $0.element, element: $0.element, shape: $0.shape)
        }
        guard zip(wanted, tensors).allSatisfy({ $0.byteCount == $1.3.count }),
            let header = Safetensors.header(of: wanted, metadata: metadata)
        else { return nil }
        return header.bytes.withUnsafeBytes { copy([$0] + tensors.map(\.3), as: path) }
    }

    /// Copies one behind the other, on as many threads as there are processors.
    private func copy(_ sources: [UnsafeRawBufferPointer], as path: String) -> CheckpointFile {
        let byteCount = sources.reduce(0) { $0 + $1.count }
        guard byteCount > 0 else { return CheckpointFile(path: path, memory: []) }
        let region = Region(block(of: byteCount), of: self)
        var (jobs, start) = ([(UnsafeMutableRawPointer, UnsafeRawBufferPointer)](), 0)
        // Large enough that each is written past the caches.
        let step = 64 << 20
        for source in sources {
            for offset in stride(from: 0, to: source.count, by: step) {
                let part = UnsafeRawBufferPointer(
                    rebasing: source[offset..<min(source.count, offset + step)])
                jobs.append((region.start + start + offset, part))
            }
            start += source.count
        }
        nonisolated(unsafe) let work = jobs
        DispatchQueue.concurrentPerform(iterations: work.count) { index in
            work[index].0.copyMemory(
                from: work[index].1.baseAddress!, byteCount: work[index].1.count)
        }
        let partByteCount = 1 << 20
        let parts = stride(from: 0, to: byteCount, by: partByteCount).map { offset in
            SharedBytes(
                adopting: region.start + offset, count: min(partByteCount, byteCount - offset)
            ) { _ in withExtendedLifetime(region) {} }
        }
        return CheckpointFile(path: path, memory: parts)
    }

    /// The smallest free block that is large enough and not more than twice that; else a new one.
    private func block(of byteCount: Int) -> Block {
        let known = free.withLock { free -> Block? in
            let fitting = free.indices.filter {
                free[$0].byteCount >= byteCount && free[$0].byteCount / 2 <= byteCount
            }.min { free[$0].byteCount < free[$1].byteCount }
            return fitting.map { free.remove(at: $0) }
        }
        if let known { return known }
        let size = (byteCount + Self.alignment - 1) / Self.alignment * Self.alignment
        guard let start = aligned_alloc(Self.alignment, size) else {
            preconditionFailure("no memory for a copy of \(byteCount) bytes")
        }
        // Large pages make the first copy faster; where there are none, it is as before.
        madvise(start, size, MADV_HUGEPAGE)
        return Block(start: start, byteCount: size)
    }

    private func take(back block: Block) {
        let extra = free.withLock { free -> Block? in
            free.append(block)
            return free.count > Self.freeCountMax ? free.removeFirst() : nil
        }
        if let extra { Glibc.free(extra.start) }
    }
}
