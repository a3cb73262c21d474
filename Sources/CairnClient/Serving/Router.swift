import CairnCore
import enum Deployment.StickyRouting
import LinuxHost
import Messages
import Ports
import Routing
import ServiceKit
import Serving
import Synchronization

/// Splits the requests of a serving program between the versions of a target, and reports what
/// became of them.
///
/// Follows the controller's route tables while `run` runs; goes on with the last one while the
/// controller is away. Which arm a key goes to depends on nothing but the key and the table: every
/// router of a target agrees, and a weight that rises only moves keys from stable to candidate.
public final class Router: Sendable {
    private let target: TargetName
    private let gate = Mutex(TableGate())
    private let mailbox: Mailbox
    private let watch: TableWatch
    private let reporter: OutcomeReporter
    private let tables = Doorbell()
    private let log: @Sendable (String) -> Void

    /// The arm of a key: from the key's bytes, the attempt and the candidate's weight.
    typealias Split =
        @Sendable (_ key: [UInt8], _ attempt: UInt64, _ weight: BasisPoints) -> ArmKind

    /// - Parameters:
    ///   - name: stable across restarts, and no other router's of the target.
    ///   - reports: where outcomes go: the controller, or this host's agent.
    ///   - reportInterval: what an outcome waits at most before it is on its way.
    public init(
        target: TargetName, name: String, controller: any RPCChannel, reports: any RPCChannel,
        clock: any WallClock, reportInterval: Duration = .milliseconds(100),
        seed: UInt64 = .random(in: .min ... .max), log: @escaping @Sendable (String) -> Void
    ) {
        (self.target, self.log) = (target, log)
        mailbox = Mailbox(target: target, name: name, role: .router)
        watch = TableWatch(
            channel: controller, mailbox: mailbox, clock: clock, seed: seed, log: log)
        reporter = OutcomeReporter(
            channel: reports, target: target, reporter: name, clock: clock,
            interval: reportInterval, seed: seed &+ 1, log: log)
    }

    // MARK: Requests

    /// The table that requests are routed by; `nil` before the first one came.
    public var table: ServingTable? { gate.withLock { $0.table } }

    /// Where a request goes: the same key to the same version for as long as its weight only rises.
    /// - Returns: `nil` while no table came, or nothing is stable yet.
    ///
    /// - Parameter cohorts: the lists that the key is a member of, for pins by cohort.
    public func route(_ key: String, cohorts: Set<String> = []) -> Route? {
        route(Array(key.utf8), cohorts: cohorts)
    }

    public func route(_ key: [UInt8], cohorts: Set<String> = []) -> Route? {
        guard let table else { return nil }
        if !table.pins.isEmpty, let route = table.pinned(key, cohorts: cohorts) { return route }
        let weight = table.candidate?.weight ?? .zero
        let arm = StickyRouting.arm(
            for: key, attempt: table.attempt, weight: weight, baseline: table.baseline)
        switch arm {
        case .stable: return table.route(to: .stable)
        case .baseline: return table.route(to: .baseline)
        case .candidate, .mirror: return table.route(to: .candidate)
        }
    }

    /// Where the same request goes a second time, for an answer that nobody sees; `nil` where it
    /// goes only once. Whoever follows it records the outcome, and drops the answer.
    public func mirror(_ key: String, of route: Route) -> Route? {
        guard let table, route.epoch == table.epoch, route.arm == .stable, !route.isPinned,
            table.mirror > .zero
        else { return nil }
        // Keys of its own, so that those who are mirrored are not those who come first.
        let place = StickyRouting.place(of: Array(("mirror " + key).utf8), attempt: table.attempt)
        return place < table.mirror.value ? table.route(to: .mirror) : nil
    }

    /// Counts what became of a request. Never waits.
    ///
    /// - Parameters:
    ///   - key: the one that was routed, where it is a user's and not a request's own: further
    ///     failures of one user within the hour are one event to a guard.
    ///   - values: what the request was about and what was answered: the watch compares them with
    ///     the version's test set, in cells. They leave the process as counts only.
    public func record(
        _ outcome: Outcome, of route: Route, key: String? = nil, values: LiveValues? = nil
    ) {
        reporter.record(
            outcome, of: route, keyHash: key.map { UInt64(bitPattern: Int64($0.hashValue)) },
            values: values, in: values == nil ? [] : histograms(for: route))
    }

    /// Those of the table in force, for what the version that is watched has answered.
    private func histograms(for route: Route) -> [ServingTable.Histogram] {
        guard let table, route.arm == .stable, table.attempt == route.attempt,
            table.stable?.manifest == route.manifest
        else { return [] }
        return table.histograms
    }

    /// Counts which of a mirrored request's two answers was the better one; whoever follows `mirror`
    /// compares them. Never waits.
    ///
    /// - Parameter route: the one that `mirror` gave.
    public func record(_ comparison: MirrorComparison, of route: Route) {
        reporter.record(comparison, of: route)
    }

    /// Waits for the first table.
    public func waitForTable() async throws -> ServingTable {
        while true {
            let generation = tables.generation
            if let table { return table }
            try await tables.wait(after: generation)
        }
    }

    // MARK: Life

    /// Reports the last outcomes and says goodbye; `run` returns after it.
    public func beginShutdown() {
        reporter.finish()
        mailbox.leave()
    }

    /// Returns after `beginShutdown`.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in try await watch.run { self.receive($0) } }
            group.addTask { [self] in try await reporter.run() }
            try await group.waitForAll()
        }
    }

    /// The acknowledgement leaves once the table is in force, and not before.
    private func receive(_ message: RouteTable) {
        let admission: TableGate.Admission
        do throws(TableError) {
            let table = try ServingTable(checking: message)
            guard table.target == target else {
                throw TableError("it is for \(table.target), this router serves \(target)")
            }
            admission = gate.withLock { $0.admit(table) }
        } catch {
            return refuse("the table of epoch \(message.epoch) cannot be used: \(error)")
        }
        switch admission {
        case .new, .known:
            tables.ring()
            mailbox.post(ParticipantMessage(role: .router, epoch: table?.epoch ?? 0))
        case .refused(let why): refuse(why)
        }
    }

    private func refuse(_ why: String) {
        log("refused a table: \(why)")
        mailbox.post(
            ParticipantMessage(role: .router, epoch: table?.epoch ?? 0, problem: why))
    }
}

extension CairnClient {
    /// A router for a target. Run it beside what serves.
    ///
    /// - Parameters:
    ///   - name: stable across restarts, and no other router's of the target.
    ///   - log: told what it does and why.
    public func router(
        for target: TargetName, named name: String, log: @escaping @Sendable (String) -> Void
    ) -> Router {
        Router(
            target: target, name: name, controller: controller.watching,
            reports: controller.channel, clock: SystemClock(), log: log)
    }
}
