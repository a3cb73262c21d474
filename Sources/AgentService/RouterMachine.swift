import CairnCore
import Ports
import Routing
import ServiceKit

/// What the agent of a router (HAProxy, NGINX) does about the tables that it gets: a value that knows
/// no router and no clock.
///
/// **Invariant:** a table is acknowledged only while the router was last seen to split by it.
/// **Invariant:** what the router has never falls to an older epoch or fencing token, not after the
/// loss of the agent's memory either: the router's own word counts too.
public struct RouterMachine: Sendable, Equatable {
    public struct Options: Sendable, Equatable {
        /// How often the router is asked what it has: one that was restarted has what it was
        /// installed with.
        public var lookInterval = Duration.seconds(1)
        public var retry = RetryPolicy(first: .milliseconds(200), most: .seconds(5))

        public init() {}
    }

    let target: TargetName
    let options: Options
    private var gate = TableGate()
    /// What the router was seen to have last; `nil` before, and where it has nothing of Cairn.
    private var seen: RouterSplit?
    /// The router has said what it has, since the start and since it was away.
    private var hasSeen = false
    private(set) var applying: ServingTable?
    private var isLooking = false
    private var nextLook: Timestamp?
    private var lookFailure: String?
    /// What the router was found to have lost.
    private var loss: String?
    private var failure: Failure?
    /// The table that a restart of the agent goes on from.
    private var remembered: ServingTable?
    /// Why tables were not let in, or are damaged; cleared by the next good one.
    private var complaint = ""
    private var hasStarted = false
    /// The epoch that was acknowledged last.
    private var acknowledged: UInt64 = 0

    private struct Failure: Sendable, Equatable {
        var count: Int
        var text: String
        var retryAt: Timestamp
    }

    public init(target: TargetName, _ options: Options = Options()) {
        (self.target, self.options) = (target, options)
    }

    public enum Event: Sendable, Equatable {
        /// What the agent remembers; the first event.
        case started(AgentMemory?)
        case received(ServingTable)
        /// A table came that nobody could put in force.
        case garbled(String)
        /// Remembered, and the router was seen to split by it.
        case applied(ServingTable)
        case applyFailed(ServingTable, String)
        case looked(RouterSplit?)
        case lookFailed(String)
        /// A moment that was asked for has come.
        case woken
    }

    public enum Effect: Sendable, Equatable {
        /// Remember the table, then have the router split so. Replaces an order that is under way.
        case apply(ServingTable, RouterSplit)
        /// Ask the router what it has.
        case look
        case report(AgentReport)
        case wake(at: Timestamp)
        /// For the log.
        case note(String)
    }

    /// Advances by one event. Run the effects in order.
    public mutating func handle(
        _ event: Event, at now: Timestamp, using random: inout some RandomNumberGenerator
    ) -> [Effect] {
        let before = report
        var effects = take(event, at: now, using: &random)
        guard hasStarted else { return effects }
        effects += plan(at: now)
        if case .received = event {
            effects.append(.report(report))
        } else if report != before {
            effects.append(.report(report))
        }
        if let time = nextWake(after: now) { effects.append(.wake(at: time)) }
        return effects
    }

    private mutating func take(
        _ event: Event, at now: Timestamp, using random: inout some RandomNumberGenerator
    ) -> [Effect] {
        switch event {
        case .started(let memory):
            (hasStarted, gate, nextLook) = (true, TableGate(memory?.table), now)
            remembered = memory?.table
            return memory.map { [.note("goes on from epoch \($0.table.epoch)")] } ?? []
        case .received(let table): return receive(table)
        case .garbled(let text):
            complaint = text
            return [.note(text)]
        case .applied(let table):
            // One that cannot be split by was never ordered.
            guard applying == table, let split = try? RouterSplit(table) else { return [] }
            (applying, failure, lookFailure, loss) = (nil, nil, nil, nil)
            (seen, hasSeen, remembered) = (split, true, table)
            nextLook = now + options.lookInterval
            return [.note("the router has \(split)")]
        case .applyFailed(let table, let text):
            guard applying == table else { return [] }
            // What the router has after a failure is not known: it may have it.
            (applying, hasSeen, nextLook) = (nil, false, now)
            let isNew = failure?.text != text
            let count = (failure?.count ?? 0) + 1
            failure = Failure(
                count: count, text: text,
                retryAt: now + options.retry.wait(after: count, using: &random))
            return isNew ? [.note("epoch \(table.epoch) is not in force: \(text)")] : []
        case .looked(let split): return looked(split, at: now)
        case .lookFailed(let text):
            isLooking = false
            nextLook = now + options.lookInterval
            // An order that is under way says more than a look beside it.
            guard applying == nil else { return [] }
            let isNew = lookFailure != text
            (hasSeen, lookFailure) = (false, text)
            return isNew ? [.note(text)] : []
        case .woken: return []
        }
    }

    private mutating func receive(_ table: ServingTable) -> [Effect] {
        guard table.target == target else {
            complaint = "a table for \(table.target) came to a router's agent of \(target)"
            return [.note(complaint)]
        }
        // Asked before the gate, which lets a stale controller's table in where it knows nothing.
        // One that cannot be split by goes on to the gate; the report says what is wrong.
        if hasSeen, let seen, let split = try? RouterSplit(table), seen.isNewer(than: split) {
            complaint = seen.refusal(of: split).description
            return [.note("refused a table: \(complaint)")]
        }
        switch gate.admit(table) {
        case .known: complaint = ""
        case .refused(let why):
            complaint = why
            return [.note("refused a table: \(why)")]
        case .new: (complaint, failure) = ("", nil)
        }
        return []
    }

    private mutating func looked(_ split: RouterSplit?, at now: Timestamp) -> [Effect] {
        isLooking = false
        nextLook = now + options.lookInterval
        // What was asked before an order went out says nothing about what came of that.
        guard applying == nil else { return [] }
        defer { (seen, hasSeen, lookFailure) = (split, true, nil) }
        guard let wanted else { return [] }
        if split == wanted { loss = nil }
        if let split, split.isNewer(than: wanted), !isRemembered {
            // It came before the router was heard, and must not bar what is newer than the router.
            gate = TableGate(remembered)
            complaint = split.refusal(of: wanted).description
            return [.note("refused a table: \(complaint)")]
        }
        guard seen == wanted, split != wanted else { return [] }
        let text =
            "the router has \(split.map { "\($0)" } ?? "nothing of Cairn") where it had \(wanted): it "
            + "was restarted, or someone else told it"
        loss = text
        return [.note(text)]
    }

    // MARK: What to do

    /// `nil` before the first table, and for one that no such router can follow.
    private var wanted: RouterSplit? {
        // The problem says why.
        gate.table.flatMap { try? RouterSplit($0) }
    }

    private var isInForce: Bool {
        hasSeen && seen != nil && seen == wanted && applying == nil && isRemembered
    }

    private var isRemembered: Bool {
        guard let remembered, let table = gate.table else { return false }
        return (remembered.epoch, remembered.fencingToken) == (table.epoch, table.fencingToken)
    }

    private mutating func plan(at now: Timestamp) -> [Effect] {
        if isInForce, let epoch = gate.table?.epoch { acknowledged = epoch }
        var effects = planApplying(at: now)
        if applying == nil, !isLooking, let due = nextLook, due <= now {
            isLooking = true
            effects.append(.look)
        }
        return effects
    }

    private mutating func planApplying(at now: Timestamp) -> [Effect] {
        guard let table = gate.table, let wanted, applying != table else { return [] }
        if applying == nil {
            // Only once the router has said that it has nothing newer.
            guard hasSeen, !isInForce, !(seen?.isNewer(than: wanted) ?? false) else { return [] }
            if let failure, failure.retryAt > now { return [] }
        }
        applying = table
        return [.apply(table, wanted)]
    }

    // MARK: Reports

    /// What the controller is told.
    public var report: AgentReport {
        var report = AgentReport()
        (report.epoch, report.problem) = (acknowledged, problem)
        return report
    }

    private var problem: String {
        if !complaint.isEmpty { return complaint }
        guard let table = gate.table else { return "" }
        do throws(TableError) {
            let wanted = try RouterSplit(table)
            if isInForce { return "" }
            if hasSeen, let seen, seen.isNewer(than: wanted) {
                return seen.refusal(of: wanted).description
            }
        } catch {
            return error.description
        }
        return failure?.text ?? lookFailure ?? loss ?? ""
    }

    private func nextWake(after now: Timestamp) -> Timestamp? {
        var times: [Timestamp] = []
        if applying == nil, !isLooking, let nextLook { times.append(nextLook) }
        if applying == nil, let failure { times.append(failure.retryAt) }
        return times.filter { $0 > now }.min()
    }
}
