import CairnCore
import Dispatch
import Simulation
import Synchronization

/// Many seeds, a few at one time; what they saw is summed up.
final class Fleet: Sendable {
    private struct State {
        var next: UInt64
        var finished = 0
        var total = Totals()
        /// Of the smallest seed that failed, so that two runs find the same.
        var failure: (settings: World.Settings, violation: String)?
        var error: (any Error)?
    }

    private struct Totals {
        var events = 0
        var records = 0
        var versions = 0
        var attempts: UInt64 = 0
        var crashes = 0
        var staleWrites = 0
        var seen: Sightings?

        mutating func add(_ report: World.Report) {
            events += report.handledCount
            records += report.recordCount
            versions += report.versionCount
            attempts += report.attemptCount
            crashes += report.crashCount
            staleWrites += report.staleWriteCount
            if seen == nil { seen = report.seen } else { seen?.merge(report.seen) }
        }
    }

    private let seeds: Range<UInt64>
    private let eventCount: Int
    private let without: Set<Ingredient>
    private let jobs: Int
    private let state: Mutex<State>

    init(seeds: Range<UInt64>, eventCount: Int, without: Set<Ingredient>, jobs: Int) {
        (self.seeds, self.eventCount) = (seeds, eventCount)
        (self.without, self.jobs) = (without, jobs)
        state = Mutex(State(next: seeds.lowerBound))
    }

    /// - Returns: the first seed that broke a rule, with the rule.
    func run() throws -> (settings: World.Settings, violation: String)? {
        DispatchQueue.concurrentPerform(iterations: jobs) { _ in
            while let seed = takeSeed() { run(seed) }
        }
        return try state.withLock { state in
            if let error = state.error { throw error }
            if state.failure == nil { show(state) }
            return state.failure
        }
    }

    private func takeSeed() -> UInt64? {
        state.withLock { state in
            guard state.next < seeds.upperBound, state.failure == nil, state.error == nil else {
                return nil
            }
            defer { state.next += 1 }
            return state.next
        }
    }

    private func run(_ seed: UInt64) {
        let settings = World.Settings(seed: seed, eventCount: eventCount, without: without)
        let result = Result { try World(settings).run() }
        state.withLock { state in
            switch result {
            case .failure(let error): state.error = error
            case .success(let report):
                state.total.add(report)
                state.finished += 1
                if let violation = report.violation {
                    if state.failure.map({ $0.settings.seed > seed }) ?? true {
                        state.failure = (settings, violation)
                    }
                } else if seeds.count <= 100 {
                    print(
                        "seed \(seed): \(report.handledCount) events, "
                            + "\(report.recordCount) records, \(report.versionCount) versions, "
                            + "\(report.attemptCount) attempts, \(report.crashCount) crashes, "
                            + "trace \(report.digest.short)")
                } else if state.finished.isMultiple(of: seeds.count / 20 + 1) {
                    print("\(state.finished) seeds, \(state.total.events) events")
                }
            }
        }
    }

    private func show(_ state: State) {
        let total = state.total
        for line in total.seen?.lines ?? [] { print(line) }
        print(
            "\(total.records) records, \(total.versions) versions, \(total.attempts) attempts, "
                + "\(total.crashes) crashes, \(total.staleWrites) writes of stale leaders refused")
        print("\(total.events) events under \(state.finished) seeds, every rule held")
    }
}
