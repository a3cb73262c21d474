import CLinux
import Framing
import Glibc
import Messages
import Ports

extension Connection {
    func readAgain() {
        isReadAgainQueued = false
        receive()
    }

    /// Goes on reading where it paused, if there is reason to.
    func resumeReading() {
        guard isReadable, !isReadAgainQueued, !isClosed, session.wantsBytes else { return }
        isReadAgainQueued = true
        loop.readable.append(self)
    }

    /// Messages were consumed: a grant may have to be sent, and reading may go on.
    func didConsume() {
        if !session.outgoing.isEmpty { markDirty() }
        resumeReading()
    }

    /// Reads until the socket is empty, or it is others' turn, or enough waits to be consumed.
    func receive() {
        for _ in 0..<4 {
            guard isReadable, !isClosed, session.wantsBytes else { return }
            let missing = session.missingAttachmentByteCount
            var inPlace = 0
            var count = 0
            if missing > 0 {
                session.fillAttachment(at: loop.now) { space in
                    count = cairn_receive(
                        fd, space.baseAddress, space.count, loop.scratch.baseAddress,
                        loop.scratch.count)
                    inPlace = max(0, min(count, missing))
                    return inPlace
                }
            } else {
                count = cairn_receive(fd, nil, 0, loop.scratch.baseAddress, loop.scratch.count)
            }
            guard count > 0 else { return receivedNothing(count) }
            // Fewer bytes than asked for: the socket is empty, and the next ones make an event.
            // After a hang-up no event comes any more, so the end itself has to be read.
            if count < missing + loop.scratch.count && !isHungUp { isReadable = false }
            take(UnsafeRawBufferPointer(start: loop.scratch.baseAddress, count: count - inPlace))
        }
        resumeReading()
    }

    private func receivedNothing(_ count: Int) {
        if count == -Int(EAGAIN) || count == -Int(EINTR) {
            isReadable = count == -Int(EINTR)
            resumeReading()
        } else {
            close(RPCError(.unavailable, "the peer closed the connection"))
        }
    }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        state.value.input = bytes
        state.value.inputOffset = 0
        handleEvents()
        state.value.input = UnsafeRawBufferPointer(start: nil, count: 0)
        state.value.inputOffset = 0
        if !session.outgoing.isEmpty { markDirty() }
    }

    /// The next event of the bytes that were just read.
    func nextEvent() -> SessionEvent? {
        guard !isClosed else { return nil }
        do {
            return try state.value.nextEvent(at: loop.now)
        } catch {
            fail(error)
            return nil
        }
    }

    /// The peer broke the rules: it is told, and the connection ends.
    func fail(_ error: FramingError) {
        flush()
        let away: [FramingError.Code] = [.handshakeTooSlow, .peerSilent, .peerNotTaking]
        let code: ErrorCode = away.contains(error.code) ? .unavailable : .protocol
        close(RPCError(code, "the connection ended: \(error)"))
    }
}
