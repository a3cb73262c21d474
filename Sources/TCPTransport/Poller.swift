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
    private static let timerToken = UInt64.max - 2

    private let epoll: Int32
    private let wakeup: Int32
    private let timer: Int32
    /// When the timer wakes us; `nil` when it is off.
    private var alarm: Int64?
    private var events = [cairn_epoll_event](repeating: cairn_epoll_event(), count: 256)
    private var eventCount = 0
    private var handlers: [SocketHandler?] = []
    private var generations: [UInt32] = []
    private var free: [Int] = []

    /// A quarter of the handlers are ticked every so often.
    private var sweepInterval = Duration.milliseconds(250)
    private var sweepCursor = 0
    /// When the next quarter is due, in nanoseconds of the monotonic clock.
    private(set) var nextSweep: Int64?

    init() throws(SocketError) {
        epoll = cairn_epoll_create()
        wakeup = cairn_eventfd()
        timer = cairn_timerfd()
        guard epoll >= 0, wakeup >= 0, timer >= 0 else { throw SocketError("make an event loop") }
        for (fd, token) in [(wakeup, Self.wakeToken), (timer, Self.timerToken)] {
            guard cairn_epoll_add(epoll, fd, UInt32(CAIRN_EPOLL_IN), token) == 0 else {
                throw SocketError("watch an event loop's own descriptors")
            }
        }
    }

    deinit {
        for case let handler? in handlers where handler.fd >= 0 { Glibc.close(handler.fd) }
        Glibc.close(wakeup)
        Glibc.close(timer)
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
        if nextSweep == nil {
            nextSweep = (LoopClock.now() + sweepInterval).wholeNanoseconds
        }
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
        if nextSweep != nil {
            nextSweep = (LoopClock.now() + sweepInterval).wholeNanoseconds
        }
    }

    func wake() {
        var one: UInt64 = 1
        // It can fail only when the counter is full, and then the loop is awake.
        _ = write(wakeup, &one, 8)
    }

    /// Sees to it that `wait` ends at a moment of the monotonic clock, in nanoseconds, or before.
    ///
    /// A timer that stays set costs nothing; a time limit for each wait would cost two operations
    /// of the kernel's clock, which a call on an idle connection would notice.
    func wake(at moment: Int64) {
        if let alarm, alarm <= moment { return }
        alarm = moment
        _ = cairn_timerfd_set(timer, moment)  // It fails for bad arguments only.
    }

    /// Waits for changes, or only looks for them.
    @discardableResult
    func wait(blocking: Bool) -> Int {
        let count = cairn_epoll_wait(epoll, &events, Int32(events.count), blocking ? -1 : 0)
        eventCount = max(0, Int(count))  // EINTR is as good as no event.
        return eventCount
    }

    /// Tells the handlers what changed.
    func dispatch(at clock: LoopClock) {
        for index in 0..<eventCount {
            let event = events[index]
            switch event.token {
            case Self.wakeToken: drain(wakeup)
            case Self.timerToken:
                alarm = nil
                drain(timer)
            default: deliver(event)
            }
        }
        eventCount = 0
        if let nextSweep, clock.nanoseconds >= nextSweep { sweep(at: clock) }
    }

    private func deliver(_ event: cairn_epoll_event) {
        let slot = Int(event.token & 0xFFFF_FFFF)
        // A handler may have been closed by one that came before it in this batch.
        guard generations[slot] == UInt32(event.token >> 32) else { return }
        handlers[slot]?.ready(event.events)
    }

    private func drain(_ fd: Int32) {
        var value: UInt64 = 0
        _ = read(fd, &value, 8)  // Nothing to read is fine too.
    }

    private func sweep(at clock: LoopClock) {
        nextSweep = clock.nanoseconds + sweepInterval.wholeNanoseconds
        for _ in 0..<(handlers.count + 3) / 4 {
            sweepCursor = sweepCursor + 1 < handlers.count ? sweepCursor + 1 : 0
            handlers[sweepCursor]?.tick(at: clock.time)
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
