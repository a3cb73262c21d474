import CairnCore
import Ports

/// That this controller leads, for as long as it says so in time.
///
/// The token goes into the log of every target, from there to hosts with every table, and beside every
/// write: who was stopped for longer than the lease and wakes changes nothing, whatever it believes.
public struct ControllerLease: Sendable {
    public let token: UInt64
    public let length: Duration
    let clock: any WallClock

    /// Waits until nobody has led, or whoever leads has said nothing for the lease's length, and takes
    /// it.
    ///
    /// - Parameter clock: one that does not jump; controllers need not have the same time.
    public static func taken(
        from store: any ControllerStore, for holder: String, length: Duration,
        clock: any WallClock, log: (String) -> Void
    ) async throws -> ControllerLease {
        var (seen, since) = (try store.lease(), clock.now())
        if seen.token > 0 { log("waits until the controller with token \(seen.token) is silent") }
        while true {
            let present = try store.lease()
            if present != seen { (seen, since) = (present, clock.now()) }
            if seen.token == 0 || clock.now() - since >= length,
                let token = try store.takeLease(for: holder, ifStill: seen)
            {
                log("leads with token \(token)")
                return ControllerLease(token: token, length: length, clock: clock)
            }
            try await clock.sleep(until: clock.now() + length / 4)
        }
    }
}

/// Another controller leads; this one ends, to stand by anew.
public struct LeaseIsOver: Error, CustomStringConvertible {
    public let token: UInt64

    public var description: String {
        "another controller leads; the lease with token \(token) is over, and this one ends"
    }
}

extension ControllerService {
    /// Says in time that this controller still leads.
    ///
    /// - Throws: `LeaseIsOver` once another does, found here or by a write that was refused.
    func keepLease() async throws {
        guard let lease else { return }
        while true {
            let now = lease.clock.now()
            let isKept = try await desk.with { store in try store.keepLease(lease.token) }
            if !isKept || leadIsLost.generation > 0 { throw LeaseIsOver(token: lease.token) }
            try await leadIsLost.wait(after: 0, until: now + lease.length / 4, on: lease.clock)
        }
    }
}
