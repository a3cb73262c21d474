import CairnCore
import Synchronization

/// Chunks in memory up to a number of bytes; what was not asked for longest goes first.
final class WarmChunks: Sendable {
    private struct State {
        var chunks: [Digest: (bytes: SharedBytes, turn: UInt64)] = [:]
        /// Digests in the order of their turns; one that was asked for again stands in it twice.
        var order: [(digest: Digest, turn: UInt64)] = []
        var first = 0
        var turn: UInt64 = 0
        var byteCount = 0

        mutating func touch(_ digest: Digest) {
            turn += 1
            chunks[digest]?.turn = turn
            order.append((digest, turn))
        }

        mutating func shrink(to most: Int) {
            while byteCount > most || order.count - first > 4 * chunks.count + 64 {
                guard first < order.count else { return }
                let oldest = order[first]
                first += 1
                guard let chunk = chunks[oldest.digest], chunk.turn == oldest.turn else { continue }
                guard byteCount > most else {
                    touch(oldest.digest)
                    continue
                }
                byteCount -= chunk.bytes.count
                chunks[oldest.digest] = nil
            }
            if first > 4_096, first > order.count / 2 {
                order.removeFirst(first)
                first = 0
            }
        }
    }

    private let byteCountMax: Int
    private let state = Mutex(State())

    init(byteCountMax: Int) { self.byteCountMax = byteCountMax }

    subscript(digest: Digest) -> SharedBytes? {
        state.withLock { state in
            guard let bytes = state.chunks[digest]?.bytes else { return nil }
            state.touch(digest)
            state.shrink(to: byteCountMax)
            return bytes
        }
    }

    func keep(_ digest: Digest, _ bytes: SharedBytes) {
        state.withLock { state in
            if state.chunks[digest] == nil {
                state.chunks[digest] = (bytes, 0)
                state.byteCount += bytes.count
            }
            state.touch(digest)
            state.shrink(to: byteCountMax)
        }
    }
}
