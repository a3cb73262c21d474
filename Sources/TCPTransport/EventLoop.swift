import CLinux
import Glibc
import Synchronization

/// One thread that waits for sockets, timers and jobs, and is at once an executor for tasks.
///
/// It is no `SerialExecutor`: a job that is run as isolated to one hops through the queue at every
/// call of a function that is not, which cost more than all else in a call.
///
/// A turn: run the jobs, send what they wrote (one send per connection), wait, read. So a handler
/// that does not suspend answers in the turn its request came in, and a batch of requests costs
/// one system call each way. All state of connections is touched on this thread only.
///
/// What runs here must not block: no SQLite, no files, no locks held for long.
public final class EventLoop: TaskExecutor, @unchecked Sendable {
    typealias Work = @Sendable () -> Void

    /// What other threads leave for this one.
    private struct Inbox {
        var jobs: [UnownedJob] = []
        var work: [Work] = []
        var isAsleep = false
        var isOver = false
        var onEnd: CheckedContinuation<Void, Never>?

        var isEmpty: Bool { jobs.isEmpty && work.isEmpty && onEnd == nil }
    }

    private let inbox = Mutex(Inbox())
    private let threadID = Atomic<UInt>(0)
    private let queue = Confined<[UnownedJob]>([])
    private var jobs: [UnownedJob] {
        _read { yield queue.value }
        _modify { yield &queue.value }
    }
    private var runningJobs: [UnownedJob] = []
    private var work: [Work] = []

    let poller: Poller
    /// Connections with bytes to send at the end of this turn.
    var dirty: [Connection] = []
    private var flushing: [Connection] = []
    /// Connections with bytes to read, although no new event will say so.
    var readable: [Connection] = []
    private let wheel: Confined<TimerWheel<Unmanaged<LoopTimer>>>
    var timers: TimerWheel<Unmanaged<LoopTimer>> {
        _read { yield wheel.value }
        _modify { yield &wheel.value }
    }
    private var dueTimers: [Unmanaged<LoopTimer>] = []
    /// Storage for frames on their way out, lent to connections while they have any.
    var spareStorage: [[UInt8]] = []
    /// Where every socket is read into.
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 4096)
    private(set) var clock = LoopClock()
    private let spin: Duration

    init(spin: Duration) throws(SocketError) {
        poller = try Poller()
        self.spin = spin
        wheel = Confined(TimerWheel(at: clock.milliseconds))
    }

    deinit { scratch.deallocate() }

    /// When the current turn began.
    var now: Duration { clock.time }
    /// The same, on the clock that handlers know.
    var instant: ContinuousClock.Instant { clock.instant }
    /// The moment that is so long after it, as `timers` counts; rounded up.
    func moment(after duration: Duration) -> Int64 { clock.moment(after: duration) }

    // MARK: Executor

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isHere { return jobs.append(job) }
        post { $0.jobs.append(job) }
    }

    /// Whether the caller runs on this loop's thread.
    var isHere: Bool { threadID.load(ordering: .relaxed) == pthread_self() }

    /// Runs `work` on the loop: at once when the caller is there, else in the next turn.
    func perform(_ work: @escaping Work) {
        if isHere { work() } else { post { $0.work.append(work) } }
    }

    /// Runs `work` in the next turn, also when the caller is on the loop.
    func performLater(_ work: @escaping Work) {
        if isHere { self.work.append(work) } else { post { $0.work.append(work) } }
    }

    private func post(_ leave: (inout Inbox) -> Void) {
        let wakes = inbox.withLock { inbox in
            precondition(!inbox.isOver, "the event loop has ended; end its users first")
            leave(&inbox)
            defer { inbox.isAsleep = false }
            return inbox.isAsleep
        }
        if wakes { poller.wake() }
    }

    // MARK: Life

    func start(name: String) throws(SocketError) {
        try startThread { [self] in
            threadID.store(pthread_self(), ordering: .relaxed)
            cairn_name_thread(name)
            cairn_block_signals()
            run()
        }
    }

    /// Ends the thread. All connections must be closed and all tasks of the loop over.
    func stop() async {
        await withCheckedContinuation { continuation in
            post { $0.onEnd = continuation }
        }
    }

    private func run() {
        while true {
            let onEnd = takeInbox()
            runJobs()
            readAgain()
            flushDirty()
            if let onEnd, jobs.isEmpty, work.isEmpty { return end(onEnd) }
            wait()
            expireTimers()
        }
    }

    private func end(_ onEnd: CheckedContinuation<Void, Never>) {
        inbox.withLock { $0.isOver = true }
        onEnd.resume()
    }

    private func takeInbox() -> CheckedContinuation<Void, Never>? {
        inbox.withLock { inbox in
            if !inbox.jobs.isEmpty {
                jobs += inbox.jobs
                inbox.jobs.removeAll(keepingCapacity: true)
            }
            if !inbox.work.isEmpty {
                work += inbox.work
                inbox.work.removeAll(keepingCapacity: true)
            }
            return inbox.onEnd
        }
    }

    /// Runs what is queued, and what that queues, for a few rounds; then sockets have their turn.
    private func runJobs() {
        for _ in 0..<8 where !(jobs.isEmpty && work.isEmpty) {
            var nowWork: [Work] = []
            swap(&nowWork, &work)
            for item in nowWork { item() }
            // Two arrays change places, so that a busy loop allocates neither anew.
            swap(&jobs, &runningJobs)
            for job in runningJobs {
                job.runSynchronously(on: asUnownedTaskExecutor())
                // Told to thousands, the first hear it before the last is written to.
                if dirty.count >= 32 { flushDirty() }
            }
            runningJobs.removeAll(keepingCapacity: true)
        }
    }

    /// Runs the one job that `resume` queues, at once.
    func runNow(_ resume: () -> Void) {
        let count = jobs.count
        resume()
        precondition(jobs.count == count + 1, "not one job was queued but \(jobs.count - count)")
        jobs.removeLast().runSynchronously(on: asUnownedTaskExecutor())
    }

    private func readAgain() {
        if readable.isEmpty { return }
        var ready: [Connection] = []
        swap(&ready, &readable)
        for connection in ready { connection.readAgain() }
    }

    private func flushDirty() {
        if dirty.isEmpty { return }
        swap(&dirty, &flushing)
        for connection in flushing { connection.flush() }
        flushing.removeAll(keepingCapacity: true)
    }

    // MARK: Waiting

    private func wait() {
        let isBusy = !(jobs.isEmpty && work.isEmpty && readable.isEmpty && dirty.isEmpty)
        let mayBlock =
            !isBusy
            && inbox.withLock { inbox in
                inbox.isAsleep = inbox.isEmpty
                return inbox.isAsleep
            }
        if mayBlock {
            block()
            inbox.withLock { $0.isAsleep = false }
        } else {
            poller.wait(blocking: false)
        }
        clock.beginTurn()
        poller.dispatch(at: clock)
    }

    private func block() {
        if spin > .zero {
            let end = LoopClock.now() + spin
            repeat {
                if poller.wait(blocking: false) > 0 { return }
            } while LoopClock.now() < end
        }
        if let due = timers.nextDue { poller.wake(at: due * 1_000_000) }
        if let sweep = poller.nextSweep { poller.wake(at: sweep) }
        poller.wait(blocking: true)
    }

    private func expireTimers() {
        timers.expire(at: clock.milliseconds, &dueTimers)
        if dueTimers.isEmpty { return }
        // One that fires may end others: all are held, and known to be off, before the first.
        let fired = dueTimers.map { $0.takeUnretainedValue() }
        dueTimers.removeAll(keepingCapacity: true)
        for timer in fired { timer.isOff() }
        for timer in fired { timer.timeOut() }
    }
}
