import CairnCore
import Deployment
import Ports
import ServiceKit
import Synchronization

/// The groups as they are stored, for everyone to read; changes go through `change`, which stores
/// before it shows.
final class GroupBoard: Sendable {
    private let groups = Mutex<[String: Group]>([:])
    let doorbell = Doorbell()

    var all: [Group] { groups.withLock { $0.values.sorted { $0.name < $1.name } } }

    func known(_ name: String) throws(RPCError) -> Group {
        guard let group = groups.withLock({ $0[name] }) else {
            throw RPCError(
                .notFound,
                "there is no group '\(name.prefix(64))'; `cairn group apply` makes one, `cairn group "
                    + "list` shows those that are", reason: .unknown)
        }
        return group
    }

    func show(_ group: Group) {
        groups.withLock { $0[group.name] = group }
        doorbell.ring()
    }
}
