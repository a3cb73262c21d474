import CairnCore
import Deployment
import Ports
import ServiceKit
import Synchronization

/// What everyone may read without waiting for the desk: each target as it stands in the log.
///
/// Only what is durable is ever put here, so nobody is told what a crash could take back.
final class TargetBoard: Sendable {
    struct Entry: Sendable {
        private let seat: LogSeat
        /// Rings when this target changed.
        let bell: Doorbell
        /// When the target wants to be asked again.
        let timer: Timestamp?
        var log: LogFold { seat.log }
        var target: Target { seat.log.target }

        fileprivate init(_ seat: LogSeat, bell: Doorbell, timer: Timestamp?) {
            (self.seat, self.bell, self.timer) = (seat, bell, timer)
        }
    }

    /// A target has a hundred parts to be counted: whoever looks one up counts the seat alone.
    fileprivate final class LogSeat: Sendable {
        let log: LogFold

        init(_ log: LogFold) { self.log = log }
    }

    private struct State {
        var entries: [TargetName: Entry] = [:]
        var timers = TimerQueue()
        /// Targets whose attempt waits for the evaluator.
        var asking: Set<TargetName> = []
        /// Targets whose log cannot be trusted, with why. They are left as they are.
        var damaged: [TargetName: String] = [:]
    }

    private let state = Mutex(State())
    /// Rings when any target changed.
    let doorbell = Doorbell()

    func entry(_ name: TargetName) -> Entry? { state.withLock { $0.entries[name] } }
    func damage(of name: TargetName) -> String? { state.withLock { $0.damaged[name] } }

    /// - Throws: what is known of a target that cannot be used.
    func known(_ name: TargetName) throws(RPCError) -> Entry {
        if let damage = damage(of: name) { throw RPCError(.dataLoss, damage) }
        guard let entry = entry(name) else {
            throw RPCError(
                .notFound,
                "there is no target \(name); `cairn target apply` makes one, `cairn status` lists "
                    + "those that are")
        }
        return entry
    }

    /// By name.
    var entries: [Entry] {
        state.withLock { $0.entries.values.sorted { $0.target.name < $1.target.name } }
    }

    func put(_ changed: [LogFold]) {
        let bells = state.withLock { state in
            changed.map { log in
                let (name, before) = (log.target.name, state.entries[log.target.name])
                let bell = before?.bell ?? Doorbell()
                let timer = log.target.nextTimer()
                state.entries[name] = Entry(LogSeat(log), bell: bell, timer: timer)
                if let timer, timer != before?.timer { state.timers.add(timer, name) }
                if log.target.asksTheEvaluator {
                    state.asking.insert(name)
                } else {
                    state.asking.remove(name)
                }
                return bell
            }
        }
        for bell in bells { bell.ring() }
        doorbell.ring()
    }

    func setAside(_ name: TargetName, _ why: String) {
        state.withLock { $0.damaged[name] = why }
    }

    /// Targets whose attempt waits for the evaluator, as they stand.
    var asking: [Target] {
        state.withLock { state in state.asking.compactMap { state.entries[$0]?.target } }
    }

    /// The first moment at which a target wants to be asked again.
    ///
    /// What this costs does not grow with the number of targets: every event asks.
    var nextTimer: Timestamp? {
        state.withLock { state in
            let entries = state.entries
            return state.timers.first { entries[$1]?.timer == $0 }
        }
    }

    /// Targets whose moment has come, by name.
    func due(at now: Timestamp) -> [TargetName] {
        state.withLock { state in
            let entries = state.entries
            return state.timers.due(at: now) { entries[$1]?.timer == $0 }
        }
    }
}

extension Target {
    /// A verdict or a reference is wanted.
    fileprivate var asksTheEvaluator: Bool {
        let waits = attempt.map { $0.phase == .preflight && !$0.plan.skipsVerdict } ?? false
        return waits || attempt?.wantsReference ?? false
    }
}
