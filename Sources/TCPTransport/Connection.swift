import CLinux
import Framing
import Glibc
import Ports

/// A socket with a `Session` on top: moves bytes between them and events to the calls.
///
/// Touched on its loop's thread only, which is why it may be handed around. What a client and a
/// server do differently is in the two subclasses.
class Connection: SocketHandler, @unchecked Sendable {
    let loop: EventLoop
    private struct State: ~Copyable {
        var session: Session
        var calls = StreamTable<ActiveCall>()
        /// Bytes that were read and not parsed, while events are handled.
        var input = UnsafeRawBufferPointer(start: nil, count: 0)
        var inputOffset = 0

        mutating func nextEvent(at now: Duration) throws(FramingError) -> SessionEvent? {
            try session.nextEvent(in: input.bytes, from: &inputOffset, at: now)
        }
    }

    private let state: Confined<State>
    final var session: Session {
        _read { yield state.value.session }
        _modify { yield &state.value.session }
    }
    /// The calls that are open, by their stream.
    final var calls: StreamTable<ActiveCall> {
        _read { yield state.value.calls }
        _modify { yield &state.value.calls }
    }
    /// Streams with credit that wait for room in the outgoing bytes.
    private var waitingForRoom: [StreamID] = []

    private var isDirty = false
    private var isReadable = false
    private var isReadAgainQueued = false
    private var isHungUp = false
    private var isWritable = true
    private(set) var isClosed = false
    private var closesWhenSent = false

    init(_ role: Session.Role, limits: FramingLimits, fd: Int32, loop: EventLoop) {
        self.loop = loop
        state = Confined(State(session: Session(role, limits: limits, at: loop.now)))
        super.init(fd: fd)
    }

    // MARK: For subclasses

    /// Acts on each of `nextEvent`.
    func handleEvents() { preconditionFailure("handleEvents() is for subclasses") }

    /// The connection is over, and so are its calls.
    func didClose(_ reason: RPCError) {}

    /// Room for more outgoing bytes came free.
    func didMakeRoom() {}

    /// One stream less is open.
    func streamDidClose() {}

    // MARK: Reading

    override func ready(_ events: UInt32) {
        if Interest.isHangup(events) { isHungUp = true }
        if Interest.isReadable(events) {
            isReadable = true
            receive()
        }
        if !isClosed && Interest.isWritable(events) && !isWritable {
            isWritable = true
            flush()
        }
    }

    func readAgain() {
        isReadAgainQueued = false
        receive()
    }

    /// Goes on reading where it paused, if there is reason to.
    private func resumeReading() {
        guard isReadable, !isReadAgainQueued, !isClosed, session.wantsBytes else { return }
        isReadAgainQueued = true
        loop.readable.append(self)
    }

    /// Reads until the socket is empty, or it is others' turn, or enough waits to be consumed.
    private func receive() {
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
    final func nextEvent() -> SessionEvent? {
        guard !isClosed else { return nil }
        do {
            return try state.value.nextEvent(at: loop.now)
        } catch {
            fail(error)
            return nil
        }
    }

    /// The peer broke the rules: it is told, and the connection ends.
    private func fail(_ error: FramingError) {
        flush()
        let isAway = error.code == .handshakeTooSlow || error.code == .peerSilent
        close(RPCError(isAway ? .unavailable : .protocol, "the connection ended: \(error)"))
    }

    override func tick(at now: Duration) {
        do {
            try session.tick(at: now)
            calls.shrink()
            if !session.outgoing.isEmpty { markDirty() }
        } catch {
            fail(error)
        }
    }

    // MARK: Writing

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
                session.outgoing.didSend(count)
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

    // MARK: Calls

    /// The call under this stream, which is over for the session.
    func forget(_ stream: StreamID) -> ActiveCall? { calls.removeValue(forKey: stream) }

    // MARK: Closing

    /// Closes once everything is sent.
    func closeWhenSent() {
        closesWhenSent = true
        markDirty()
    }

    /// Closes now; all calls end with `reason`. Harmless when repeated.
    func close(_ reason: RPCError) {
        guard !isClosed else { return }
        isClosed = true
        loop.poller.close(self)
        let open = calls.values
        calls = StreamTable()
        for call in open { call.end(reason) }
        didClose(reason)
    }
}
