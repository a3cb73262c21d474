import CairnCore

/// What shows that a way back is done: each check with its finding.
///
/// Recomputed after every event until all that can be met is met; the last one is kept.
public struct Proof: Equatable, Sendable {
    public struct Check: Equatable, Sendable {
        public enum Name: String, Equatable, Sendable, CaseIterable {
            /// Everyone who serves has the route without the candidate in force.
            case acknowledged
            /// What every agent has loaded is what the manifest names.
            case loaded
            /// So many requests went by with none on the candidate.
            case requests
            /// Failures are as before.
            case failures
            /// Latencies are as before.
            case latencies
        }

        public enum State: String, Equatable, Sendable, CaseIterable {
            case met, waiting
            /// Could not be asked: nobody is there, no traffic, nothing to compare with.
            case open
        }

        public var name: Name
        public var state: State
        /// What was found, or what is waited for.
        public var finding: String

        init(_ name: Name, _ state: State, _ finding: String) {
            (self.name, self.state, self.finding) = (name, state, finding)
        }
    }

    public var attempt: UInt64
    /// The route that was to be acknowledged.
    public var epoch: UInt64
    public var checks: [Check]
    /// Who ended the way back without all of it; empty: nobody had to.
    public var acceptedBy = ""

    public var isComplete: Bool { checks.allSatisfy { $0.state != .waiting } }
    /// One sentence for each check that is not met yet.
    public var waits: [String] { checks.filter { $0.state == .waiting }.map(\.finding) }
    /// In one sentence, for people.
    public var finding: String {
        checks.filter { $0.state != .waiting }.map(\.finding).joined(separator: "; ")
    }

    func check(_ name: Check.Name) -> Check? { checks.first { $0.name == name } }
}

/// What one release did while it served, for the comparison after a way back.
public struct ServedRecord: Equatable, Sendable {
    public var counts = Counts()
    public var latencies = LatencyCounts()

    public init() {}

    mutating func add(_ count: Event.Outcomes.Count) {
        counts.add(count)
        latencies.add(count.latencies)
    }
}
