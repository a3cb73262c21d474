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
        let log: LogFold
        /// Rings when this target changed.
        let bell: Doorbell
        var target: Target { log.target }
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
                let bell = state.entries[log.target.name]?.bell ?? Doorbell()
                state.entries[log.target.name] = Entry(log: log, bell: bell)
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
