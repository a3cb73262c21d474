import CLinux
import Framing
import Glibc
import Ports

extension Connection {
    /// Sends at the end of this turn what is outgoing.
    func markDirty() {
        guard !isDirty, !isClosed else { return }
        isDirty = true
        loop.dirty.append(self)
    }

    /// Lends the session storage to write to, until it is sent.
    func prepareToWrite() {
        if session.outgoing.isEmpty, let storage = loop.spareStorage.popLast() {
            session.outgoing.lend(storage)
        }
        markDirty()
    }

    /// Sends as much as the socket takes, and goes on with what waited for that.
    func flush() {
        isDirty = false
        if isWritable { sendOutgoing() }
        guard !isClosed else { return }
        if closesWhenSent && session.outgoing.isEmpty {
            return close(RPCError(.unavailable, "the connection was closed"))
        }
        if !waitingForRoom.isEmpty { wakeWriters() }
        didMakeRoom()
        resumeReading()
    }

    private func sendOutgoing() {
        while !isClosed && !session.outgoing.isEmpty {
            let count = send()
            if count >= 0 {
                session.didSend(count)
            } else if count == -Int(EAGAIN) {
                isWritable = false
                return
            } else if count != -Int(EINTR) {
                return close(RPCError(.unavailable, "the peer closed the connection"))
            }
        }
        returnStorage()
    }

    private func send() -> Int {
        session.outgoing.withPieces(limit: 16) { pieces in
            withUnsafeTemporaryAllocation(of: cairn_bytes.self, capacity: pieces.count) { raw in
                for (index, piece) in pieces.enumerated() {
                    raw[index] = cairn_bytes(start: piece.baseAddress, count: piece.count)
                }
                return cairn_send(fd, raw.baseAddress, Int32(pieces.count))
            }
        }
    }

    private func returnStorage() {
        guard let storage = session.outgoing.reclaim() else { return }
        // Few and not huge: what an idle loop keeps is at most 16 × 256 KiB.
        if loop.spareStorage.count < 16 && storage.capacity <= 256 << 10 {
            loop.spareStorage.append(storage)
        }
    }

    /// Wakes the call's writer once the outgoing bytes have room again.
    func wakeWhenRoom(_ stream: StreamID) { waitingForRoom.append(stream) }

    private func wakeWriters() {
        guard session.outgoing.byteCount < session.limits.unsentByteCount else { return }
        var streams: [StreamID] = []
        swap(&streams, &waitingForRoom)
        for stream in streams { calls[stream]?.mayWrite() }
    }
}
