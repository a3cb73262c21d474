/// Something on a loop that can wait for a moment. Touched on the loop's thread only.
class LoopTimer {
    let loop: EventLoop
    private var timer = TimerWheel<Unmanaged<LoopTimer>>.none

    init(on loop: EventLoop) { self.loop = loop }

    /// The moment has come, and the timer is off.
    func timeOut() { preconditionFailure("timeOut() is for subclasses") }

    /// The wheel does not keep the object alive: clear the timer before letting it go.
    final func setTimer(after duration: Duration) { setTimer(at: loop.moment(after: duration)) }

    /// Sets it to a moment as the loop counts them.
    final func setTimer(at moment: Int64) {
        precondition(timer == TimerWheel<Unmanaged<LoopTimer>>.none, "the timer is set")
        timer = loop.timers.set(Unmanaged.passUnretained(self), at: moment)
    }

    final func clearTimer() {
        guard timer != TimerWheel<Unmanaged<LoopTimer>>.none else { return }
        loop.timers.clear(timer)
        isOff()
    }

    final func isOff() { timer = TimerWheel<Unmanaged<LoopTimer>>.none }

    deinit {
        precondition(timer == TimerWheel<Unmanaged<LoopTimer>>.none, "a timer outlives its object")
    }
}
