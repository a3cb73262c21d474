import CairnCore
import Deployment
import ServiceKit
import Synchronization

/// What everyone may read without waiting for the desk: each target as it stands in the log.
///
/// Only what is durable is ever put here, so nobody is told what a crash could take back.
final class TargetBoard: Sendable {
    struct Entry: Sendable {
        var target: Target
        var head: LogHead
        /// Rings when this target changed.
        let bell: Doorbell
    }

    private struct State {
        var entries: [TargetName: Entry] = [:]
        /// Targets whose log cannot be trusted, with why. They are left as they are.
        var damaged: [TargetName: String] = [:]
    }

    private let state = Mutex(State())
    /// Rings when any target changed.
    let doorbell = Doorbell()

    func entry(_ name: TargetName) -> Entry? { state.withLock { $0.entries[name] } }
    func damage(of name: TargetName) -> String? { state.withLock { $0.damaged[name] } }

    /// By name.
    var entries: [Entry] {
        state.withLock { $0.entries.values.sorted { $0.target.name < $1.target.name } }
    }

    func put(_ changed: [LogFoldedTarget]) {
        let bells = state.withLock { state in
            changed.map { item in
                let bell = state.entries[item.target.name]?.bell ?? Doorbell()
                state.entries[item.target.name] = Entry(
                    target: item.target, head: item.head, bell: bell)
                return bell
            }
        }
        for bell in bells { bell.ring() }
        doorbell.ring()
    }

    func setAside(_ name: TargetName, _ why: String) {
        state.withLock { $0.damaged[name] = why }
    }

    /// The first moment at which a target wants to be asked again.
    var nextTimer: Timestamp? {
        state.withLock { $0.entries.values.compactMap { $0.target.nextTimer() }.min() }
    }

    /// Targets whose moment has come, by name.
    func due(at now: Timestamp) -> [TargetName] {
        entries.filter { $0.target.nextTimer().map { $0 <= now } ?? false }.map(\.target.name)
    }
}

/// A target with the end of the log that it is the fold of.
struct LogFoldedTarget: Sendable {
    var target: Target
    var head: LogHead
}
