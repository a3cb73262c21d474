import Framing
import Ports

/// A socket with a `Session` on top: moves bytes between them and events to the calls.
///
/// Touched on its loop's thread only, which is why it may be handed around. What a client and a
/// server do differently is in the two subclasses.
class Connection: SocketHandler, @unchecked Sendable {
    struct State: ~Copyable {
        var session: Session
        var calls = StreamTable<ActiveCall>()
        /// Bytes that were read and not parsed, while events are handled.
        var input = UnsafeRawBufferPointer(start: nil, count: 0)
        var inputOffset = 0

        mutating func nextEvent(at now: Duration) throws(FramingError) -> SessionEvent? {
            try session.nextEvent(in: input.bytes, from: &inputOffset, at: now)
        }
    }

    let loop: EventLoop
    let state: Confined<State>
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
    final var waitingForRoom: [StreamID] = []

    final var isDirty = false
    final var isReadable = false
    final var isReadAgainQueued = false
    final var isHungUp = false
    final var isWritable = true
    private(set) var isClosed = false
    final var closesWhenSent = false

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

    // MARK: Events of the socket and the clock

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

    override func tick(at now: Duration) {
        do {
            try session.tick(at: now)
            calls.shrink()
            if !session.outgoing.isEmpty { markDirty() }
        } catch {
            fail(error)
        }
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
