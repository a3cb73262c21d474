/// Lets route tables in, and never an older one after a newer one.
///
/// **Invariant:** over its life, epochs and fencing tokens of the tables that were let in never
/// fall. A controller that lost its lease, or came back from an old disk, changes nothing here.
public struct TableGate: Sendable, Equatable {
    public enum Admission: Sendable, Equatable {
        /// The table is the one to put in force.
        case new
        /// Word for word the one that was let in last.
        case known
        /// Nothing has changed; the text says why.
        case refused(String)
    }

    /// The last one that was let in.
    public private(set) var table: ServingTable?

    public init(_ table: ServingTable? = nil) { self.table = table }

    public mutating func admit(_ next: ServingTable) -> Admission {
        guard let table else {
            self.table = next
            return .new
        }
        if next == table { return .known }
        guard next.target == table.target else {
            return .refused("the table is for \(next.target), this host serves \(table.target)")
        }
        guard next.fencingToken >= table.fencingToken else {
            return .refused(
                "epoch \(next.epoch) came from a stale controller: its fencing token is "
                    + "\(next.fencingToken), and \(table.fencingToken) was seen")
        }
        guard next.epoch >= table.epoch else {
            return .refused(
                "epoch \(next.epoch) is older than epoch \(table.epoch), which was seen")
        }
        guard next.epoch > table.epoch || next.routesAlike(table) else {
            return .refused("epoch \(next.epoch) came twice with different routes")
        }
        self.table = next
        return .new
    }
}
