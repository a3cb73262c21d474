import CairnCore

/// Keeps a few services running: starts them, starts again what dies, ends them together.
///
/// A service that ends before it was ready for the first time is a mistake of set-up (a port that is
/// taken, a folder that is locked): everything is ended and the reason is handed on. One that was
/// ready and then died is started again, after waits that double from 100 ms to 10 s; a minute of
/// readiness forgets the failures before it. Knows neither processes nor a clock.
public struct Supervisor: Equatable, Sendable {
    public enum ServiceState: Equatable, Sendable {
        /// Ordered, no process yet. → `starting`, `ended`.
        case spawning
        /// → `running`, `waiting`, `ended`.
        case starting(pid: Int32)
        /// → `waiting`, `ended`.
        case running(pid: Int32, since: Timestamp)
        /// Died; starts again at `until`. → `spawning`, `ended`.
        case waiting(until: Timestamp)
        /// Terminal.
        case ended
    }

    public struct Service: Equatable, Sendable {
        public let name: String
        public internal(set) var state = ServiceState.spawning
        /// Deaths in a row without a minute of readiness between them.
        public internal(set) var failureCount = 0
        public internal(set) var restartCount = 0
    }

    public enum Phase: Equatable, Sendable {
        case starting
        /// All services were ready at least once.
        case up
        /// Everything is being ended; killed at the deadline.
        case ending(deadline: Timestamp, because: String?)
        /// Terminal.
        case over(because: String?)
    }

    public enum Event: Equatable, Sendable {
        case started(service: String, pid: Int32)
        case notStarted(service: String, why: String)
        case ready(service: String)
        /// `how`: "exit code 1", "signal 9".
        case exited(service: String, how: String)
        case timer
        case stop
    }

    public enum Effect: Equatable, Sendable {
        case spawn(service: String)
        case terminate(pid: Int32)
        case kill(pid: Int32)
        /// Send `.timer` then; replaces the timer before.
        case wake(at: Timestamp)
        case report(String)
        /// All are ready for the first time.
        case announceReady
        case finish(because: String?)
    }

    public static let drainTime = Duration.seconds(30)

    public private(set) var services: [Service]
    public private(set) var phase = Phase.starting
    private var wereReady: Set<String> = []

    public init(services names: [String]) { services = names.map { Service(name: $0) } }

    /// The first effects.
    public func begin() -> [Effect] { services.map { .spawn(service: $0.name) } }

    /// Advances by one event. Run the effects in order.
    public mutating func handle(_ event: Event, at now: Timestamp) -> [Effect] {
        switch (event, phase) {
        case (_, .over): return []
        case (.stop, .ending): return []
        case (.stop, .starting), (.stop, .up): return end(because: nil, at: now)
        case (.started(let name, let pid), .ending):
            set(name, .starting(pid: pid))
            return [.terminate(pid: pid)]
        case (.started(let name, let pid), .starting), (.started(let name, let pid), .up):
            set(name, .starting(pid: pid))
            return [.report("\(name) started, pid \(pid)")]
        case (.notStarted(let name, let why), _):
            return died(name, "\(name) could not be started: \(why)", at: now)
        case (.exited(let name, let how), _):
            return died(name, "\(name) ended with \(how)", at: now)
        case (.ready(let name), _): return becameReady(name, at: now)
        case (.timer, .ending(let deadline, _)):
            guard now >= deadline else { return [.wake(at: deadline)] }
            return pids.map { .kill(pid: $0) }
        case (.timer, .starting), (.timer, .up): return restartDue(at: now)
        }
    }

    private mutating func set(_ name: String, _ state: ServiceState) {
        guard let index = services.firstIndex(where: { $0.name == name }) else { return }
        services[index].state = state
    }

    private var pids: [Int32] {
        services.compactMap { service in
            switch service.state {
            case .starting(let pid), .running(let pid, _): pid
            case .spawning, .waiting, .ended: nil
            }
        }
    }

    private mutating func becameReady(_ name: String, at now: Timestamp) -> [Effect] {
        guard let index = services.firstIndex(where: { $0.name == name }),
            case .starting(let pid) = services[index].state
        else { return [] }
        services[index].state = .running(pid: pid, since: now)
        wereReady.insert(name)
        var effects: [Effect] = [.report("\(name) is ready")]
        if phase == .starting, wereReady.count == services.count {
            phase = .up
            effects.append(.announceReady)
        }
        return effects
    }

    private mutating func died(_ name: String, _ what: String, at now: Timestamp) -> [Effect] {
        guard let index = services.firstIndex(where: { $0.name == name }) else { return [] }
        if case .ending(_, let because) = phase {
            services[index].state = .ended
            return [.report(what)] + finishIfAllEnded(because: because)
        }
        guard wereReady.contains(name) else {
            services[index].state = .ended
            return [.report(what)] + end(because: what, at: now)
        }
        if case .running(_, let since) = services[index].state, now - since >= .seconds(60) {
            services[index].failureCount = 0
        }
        services[index].failureCount += 1
        let wait = Self.wait(after: services[index].failureCount)
        services[index].state = .waiting(until: now + wait)
        return [.report("\(what); starts again in \(wait.wholeMilliseconds) ms")] + wakeNext
    }

    /// 100 ms, 200 ms, … at most 10 s.
    static func wait(after failures: Int) -> Duration {
        min(.milliseconds(100 << min(failures - 1, 7)), .seconds(10))
    }

    private var wakeNext: [Effect] {
        let due = services.compactMap { service -> Timestamp? in
            if case .waiting(let until) = service.state { until } else { nil }
        }
        return due.min().map { [.wake(at: $0)] } ?? []
    }

    private mutating func restartDue(at now: Timestamp) -> [Effect] {
        var effects: [Effect] = []
        for index in services.indices {
            guard case .waiting(let until) = services[index].state, until <= now else { continue }
            services[index].state = .spawning
            services[index].restartCount += 1
            effects.append(.spawn(service: services[index].name))
        }
        return effects + wakeNext
    }

    private mutating func end(because: String?, at now: Timestamp) -> [Effect] {
        let deadline = now + Self.drainTime
        phase = .ending(deadline: deadline, because: because)
        for index in services.indices {
            if case .waiting = services[index].state { services[index].state = .ended }
        }
        let finish = finishIfAllEnded(because: because)
        return finish.isEmpty ? pids.map { .terminate(pid: $0) } + [.wake(at: deadline)] : finish
    }

    private mutating func finishIfAllEnded(because: String?) -> [Effect] {
        guard services.allSatisfy({ $0.state == .ended }) else { return [] }
        phase = .over(because: because)
        return [.finish(because: because)]
    }
}
