/// How often each kind of thing was seen: what never happened was not tested.
public struct Sightings: Sendable {
    public enum Fault: String, Sendable, CaseIterable {
        case lost, doubled, late, cut, crash, crashInDecision = "crash in a decision"
        case stop, stopInDecision = "stop in a decision", staleWrite = "stale write refused"
        case staleTable = "stale table refused", leaderChange = "change of leader"
        case clockJump = "clock jump", diskFault = "disk fault"
        case fullDisk = "write refused: disk full", failedWrite = "write failed"
        case hostFault = "host disturbed", outage = "outage of outcomes"
    }

    public private(set) var faults: [String: Int] = [:]
    /// Verbs and facts that a controller wrote.
    public private(set) var events: [String: Int] = [:]
    public private(set) var refusals: [String: Int] = [:]
    public private(set) var phases: [String: Int] = [:]
    public private(set) var guards: [String: Int] = [:]

    mutating func add(_ fault: Fault) { faults[fault.rawValue, default: 0] += 1 }
    mutating func add(event: String) { events[event, default: 0] += 1 }
    mutating func add(refusal: String) { refusals[refusal, default: 0] += 1 }
    mutating func add(phase: String) { phases[phase, default: 0] += 1 }
    mutating func add(guard name: String) { guards[name, default: 0] += 1 }

    public mutating func merge(_ other: Sightings) {
        faults.merge(other.faults) { $0 + $1 }
        events.merge(other.events) { $0 + $1 }
        refusals.merge(other.refusals) { $0 + $1 }
        phases.merge(other.phases) { $0 + $1 }
        guards.merge(other.guards) { $0 + $1 }
    }

    /// A line for each kind, with its counts by name.
    public var lines: [String] {
        [
            ("faults", faults), ("written", events), ("refused", refusals), ("phases", phases),
            ("guards broken", guards),
        ].map { title, counts in
            "\(title): "
                + counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                .joined(separator: ", ")
        }
    }
}

extension World {
    func saw(_ fault: Sightings.Fault, _ line: @autoclosure () -> String) {
        seen.add(fault)
        note(line())
    }
}
