import CLinux
import Glibc

/// Something with a socket that a loop watches. Touched on the loop's thread only.
class SocketHandler {
    fileprivate(set) var fd: Int32
    fileprivate var token: UInt64 = .max

    init(fd: Int32) { self.fd = fd }

    /// The socket changed: `CAIRN_EPOLL_…` bits say how.
    func ready(_ events: UInt32) { preconditionFailure("ready(_:) is for subclasses") }

    /// Called every now and then, for what is judged by the clock.
    func tick(at now: Duration) {}
}

/// The sockets of one loop: epoll, edge-triggered, and who is called when one changes.
final class Poller {
    private static let wakeToken = UInt64.max - 1

    private let epoll: Int32
    private let wakeup: Int32
    private var events = [cairn_epoll_event](repeating: cairn_epoll_event(), count: 256)
    private var eventCount = 0
    private var handlers: [SocketHandler?] = []
    private var generations: [UInt32] = []
    private var free: [Int] = []

    /// A quarter of the handlers are ticked every so often.
    private var sweepInterval = Duration.milliseconds(250)
    private var sweepCursor = 0
    private(set) var nextSweep: Duration?

    init() throws(SocketError) {
        epoll = cairn_epoll_create()
        wakeup = cairn_eventfd()
        guard epoll >= 0, wakeup >= 0 else { throw SocketError("make an epoll instance") }
        guard cairn_epoll_add(epoll, wakeup, UInt32(CAIRN_EPOLL_IN), Self.wakeToken) == 0
        else { throw SocketError("watch an eventfd") }
    }

    deinit {
        for case let handler? in handlers where handler.fd >= 0 { Glibc.close(handler.fd) }
        Glibc.close(wakeup)
        Glibc.close(epoll)
    }

    /// How many sockets are watched.
    var count: Int { handlers.count - free.count }

    func watch(_ handler: SocketHandler, for events: UInt32) throws(SocketError) {
        let slot = free.popLast() ?? handlers.count
        if slot == handlers.count {
            handlers.append(nil)
            generations.append(0)
        }
        handler.token = UInt64(slot) | UInt64(generations[slot]) << 32
        handlers[slot] = handler
        guard cairn_epoll_add(epoll, handler.fd, events, handler.token) == 0 else {
            let error = SocketError("watch a socket")
            release(slot)
            handler.token = .max
            throw error
        }
        if nextSweep == nil { nextSweep = EventLoop.monotonicTime() + sweepInterval }
    }

    /// Closes the socket; no event of it is delivered any more.
    func close(_ handler: SocketHandler) {
        guard handler.fd >= 0 else { return }
        Glibc.close(handler.fd)
        handler.fd = -1
        if handler.token != .max { release(Int(handler.token & 0xFFFF_FFFF)) }
        handler.token = .max
        if count == 0 { nextSweep = nil }
    }

    private func release(_ slot: Int) {
        handlers[slot] = nil
        generations[slot] &+= 1
        free.append(slot)
    }

    /// Sees to it that every handler is ticked about every `interval`.
    func tick(every interval: Duration) {
        sweepInterval = min(sweepInterval, max(interval / 4, .milliseconds(5)))
        if nextSweep != nil { nextSweep = EventLoop.monotonicTime() + sweepInterval }
    }

    func wake() {
        var one: UInt64 = 1
        // It can fail only when the counter is full, and then the loop is awake.
        _ = write(wakeup, &one, 8)
    }

    /// Waits for changes, at most so long; -1 is without end.
    @discardableResult
    func wait(milliseconds: Int32) -> Int {
        let count = cairn_epoll_wait(epoll, &events, Int32(events.count), milliseconds)
        eventCount = max(0, Int(count))  // EINTR is as good as no event.
        return eventCount
    }

    /// Tells the handlers what changed.
    func dispatch(at now: Duration) {
        for index in 0..<eventCount {
            let event = events[index]
            if event.token == Self.wakeToken { drainWakeup() } else { deliver(event) }
        }
        eventCount = 0
        if let nextSweep, now >= nextSweep { sweep(at: now) }
    }

    private func deliver(_ event: cairn_epoll_event) {
        let slot = Int(event.token & 0xFFFF_FFFF)
        // A handler may have been closed by one that came before it in this batch.
        guard generations[slot] == UInt32(event.token >> 32) else { return }
        handlers[slot]?.ready(event.events)
    }

    private func drainWakeup() {
        var value: UInt64 = 0
        _ = read(wakeup, &value, 8)
    }

    private func sweep(at now: Duration) {
        nextSweep = now + sweepInterval
        for _ in 0..<(handlers.count + 3) / 4 {
            sweepCursor = sweepCursor + 1 < handlers.count ? sweepCursor + 1 : 0
            handlers[sweepCursor]?.tick(at: now)
        }
    }
}

/// What connections and listeners ask epoll for.
enum Interest {
    static let reading = UInt32(CAIRN_EPOLL_IN) | CAIRN_EPOLL_EDGE
    static let both =
        reading | UInt32(CAIRN_EPOLL_OUT) | UInt32(CAIRN_EPOLL_RDHUP)
    static let hangup =
        UInt32(CAIRN_EPOLL_ERR) | UInt32(CAIRN_EPOLL_HUP)
        | UInt32(CAIRN_EPOLL_RDHUP)

    static func isReadable(_ events: UInt32) -> Bool {
        events & (UInt32(CAIRN_EPOLL_IN) | hangup) != 0
    }
    static func isWritable(_ events: UInt32) -> Bool {
        events & (UInt32(CAIRN_EPOLL_OUT) | hangup) != 0
    }
    static func isHangup(_ events: UInt32) -> Bool { events & hangup != 0 }
}
