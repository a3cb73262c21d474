import CairnCore

/// Programs outside that have a say, or are told. Times of single calls go on in a pause; what comes
/// of their answers waits for its end.
extension Target {
    static let callsMax = 256

    enum HookAnswer { case agreed, waiting, asked, turnedBack }

    /// Asks every hook at each group of points, a group after the one before has agreed.
    ///
    /// - Returns: `asked` where a call went out or somebody was told just now.
    mutating func ask(
        _ groups: [[Plan.Hook.Point]], _ live: Attempt, _ change: inout Change, at now: Timestamp
    ) -> HookAnswer {
        for points in groups {
            var answer = HookAnswer.agreed
            for hook in live.plan.hooks where points.contains(hook.point) {
                if hook.point == .step, !live.isAt(stepOf: hook) { continue }
                switch ask(hook, live, &change, at: now) {
                case .agreed: break
                case .turnedBack: return .turnedBack
                case .asked: answer = .asked
                case .waiting: if answer == .agreed { answer = .waiting }
                }
            }
            if answer != .agreed { return answer }
        }
        return .agreed
    }

    private mutating func ask(
        _ hook: Plan.Hook, _ live: Attempt, _ change: inout Change, at now: Timestamp
    ) -> HookAnswer {
        let key = "\(name)#\(live.number)/\(live.entryCount)/\(hook.point.rawValue)/\(hook.name)"
        guard let call = calls.last(where: { $0.key == key }) else {
            put(hook, key, live, "may \(live.release.number) go on?", &change, at: now)
            return .asked
        }
        switch call.state {
        case .yes: return .agreed
        case .waiting: return .waiting
        case .no, .timedOut, .cancelled: return answer(call, &change, at: now)
        }
    }

    private mutating func answer(
        _ call: HookCall, _ change: inout Change, at now: Timestamp
    ) -> HookAnswer {
        let why =
            call.state == .no
            ? "hook \(call.hook.name) says no" + (call.answer.isEmpty ? "" : ": \(call.answer)")
            : "hook \(call.hook.name) did not answer \(call.tries) calls"
        switch call.hook.onFailure {
        case .proceed: return .agreed
        case .hold: return hold("hook \(call.key)", why, &change) ? .asked : .waiting
        case .rollBack:
            beginRollback(
                cause: why, endsAs: attempt?.phase == .preflight ? .rejected : .rolledBack,
                quarantines: false, ramps: false, &change, at: now)
            return .turnedBack
        }
    }

    private mutating func put(
        _ hook: Plan.Hook, _ key: String, _ live: Attempt, _ text: String, _ change: inout Change,
        at now: Timestamp
    ) {
        let call = HookCall(
            key: key, hook: hook, attempt: live.number, entry: live.entryCount,
            release: live.release,
            step: live.stepIndex, text: text, clock: Stopwatch(runningSince: now))
        if calls.count >= Self.callsMax {
            // Never one that a rollout waits for: those are fewer than a plan has hooks.
            let index = calls.firstIndex { $0.state != .waiting || !$0.hook.point.isAsked }
            calls.remove(at: index ?? 0)
        }
        calls.append(call)
        change.effects.append(.call(call))
    }

    /// Tells every hook at a point that nobody waits for.
    mutating func tell(
        _ point: Plan.Hook.Point, _ text: String, _ change: inout Change, at now: Timestamp
    ) {
        guard let live = attempt else { return }
        for hook in live.plan.hooks where hook.point == point {
            let key =
                "\(name)#\(live.number)/\(revision + 1)/\(point.rawValue)/\(hook.name)/"
                + "\(calls.count { $0.attempt == live.number })"
            put(hook, key, live, text, &change, at: now)
        }
    }

    /// What people are told, programs are told too.
    mutating func tellHooks(_ change: inout Change, at now: Timestamp) {
        guard attempt?.plan.hooks.contains(where: { $0.point == .event }) == true else { return }
        for effect in change.effects {
            if case .notify(let text) = effect { tell(.event, text, &change, at: now) }
        }
    }

    /// A question that no rollout waits for any more is cancelled, which is no answer.
    mutating func cancelCalls() {
        for index in calls.indices
        where calls[index].state == .waiting && calls[index].hook.point.isAsked {
            if attempt?.awaits(calls[index]) != true { calls[index].state = .cancelled }
        }
    }

    /// Calls whose time is over go out again, or are given up.
    ///
    /// - Returns: whether there was one.
    mutating func callAgain(_ change: inout Change, at now: Timestamp) -> Bool {
        guard let index = calls.firstIndex(where: { $0.moment.map { $0 <= now } ?? false }) else {
            return false
        }
        if calls[index].tries <= calls[index].hook.retries {
            calls[index].tries += 1
            calls[index].clock = Stopwatch(runningSince: now)
            change.effects.append(.call(calls[index]))
        } else {
            calls[index].state = .timedOut
            change.summary = join(
                change.summary,
                "hook \(calls[index].hook.name) did not answer \(calls[index].tries) calls")
        }
        return true
    }

    /// The first answer counts, however often it comes; a yes may come after a no or too late, while
    /// the rollout still waits.
    mutating func take(
        answer isYes: Bool, to key: String, _ why: String, _ change: inout Change
    ) {
        guard let index = calls.lastIndex(where: { $0.key == key }),
            calls[index].state == .waiting
                || (isYes && calls[index].state != .yes && attempt?.awaits(calls[index]) == true)
        else {
            change.isChange = false
            return
        }
        calls[index].state = isYes ? .yes : .no
        calls[index].answer = why
        change.summary =
            "hook \(calls[index].hook.name) says \(isYes ? "yes" : "no")"
            + (why.isEmpty ? "" : ": \(why)")
    }
}

extension Attempt {
    fileprivate func isAt(stepOf hook: Plan.Hook) -> Bool {
        stepIndex.map { plan.steps[$0].kind == .hook(hook.name) } ?? false
    }

    /// Whether the rollout waits for a program now.
    public func awaits(_ call: HookCall) -> Bool {
        call.attempt == number && call.entry == entryCount && call.hook.point.isAsked
            && call.state != .yes && isLive && wayBack == nil
    }
}
