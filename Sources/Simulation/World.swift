import CairnCore
import Deployment
import Ingestion
import Messages
import Ports

/// A whole Cairn in one thread: the decision cores of the three services over stores in memory, a
/// network that loses, doubles, delays and cuts, hosts, trainers and operators, under one clock that
/// jumps from event to event. The same seed makes the same history.
///
/// After every event the rules of `docs/reference/simulation.md` are checked; the first that does not
/// hold ends the run.
public final class World {
    public struct Settings: Sendable {
        public var seed: UInt64
        public var eventCount: Int
        /// Breaks the world on purpose, to see that the checkers see it.
        public var mutant: Mutant?
        /// What does not happen in this world.
        public var without: Set<Ingredient>

        public init(
            seed: UInt64, eventCount: Int, mutant: Mutant? = nil, without: Set<Ingredient> = []
        ) {
            (self.seed, self.eventCount, self.mutant) = (seed, eventCount, mutant)
            self.without = without
        }
    }

    public enum Mutant: String, Sendable, CaseIterable {
        /// Commits before chunks are durable.
        case hastyCommit
        /// Routers take whatever table comes.
        case carelessRouter
        /// The evaluator takes every delivery for a new one.
        case forgetfulEvaluator
        /// The controller publishes before its log is written.
        case hastyController
    }

    enum Node: CaseIterable { case ingest, evaluator, controller }

    /// What may happen next.
    enum Happening {
        case letter(Letter)
        case trainer(Int)
        case operate
        case traffic(String)
        case courier(Node)
        case evaluatorWork
        case controllerTimer(Timestamp)
        case crash
        case restart(Node)
        case cut
    }

    let settings: Settings
    var random: SeededRandom
    private(set) var now = Timestamp(seconds: 1_800_000_000)
    private var agenda = Agenda<Happening>()
    private(set) var handledCount = 0
    private var trace: [String] = []
    private var traceDigest = DigestBuilder()
    /// The first rule that did not hold.
    private(set) var violation: String?

    var isUp: [Node: Bool] = [.ingest: true, .evaluator: true, .controller: true]
    /// Until when nothing passes to or from a node.
    var cutUntil: [Node: Timestamp] = [:]
    var isHealed = false

    var ingest: SimulatedIngest
    var evaluator: SimulatedEvaluator
    var controller: SimulatedController
    var trainers: [SimulatedTrainer]
    var hosts: [String: SimulatedHost]
    var promises = Promises()

    public init(_ settings: Settings) throws {
        self.settings = settings
        random = SeededRandom(seed: settings.seed)
        ingest = SimulatedIngest(seed: settings.seed)
        evaluator = try SimulatedEvaluator()
        controller = try SimulatedController()
        trainers = (0..<3).map { SimulatedTrainer(index: $0) }
        hosts = [:]
        for name in ["router-1", "router-2"] { hosts[name] = SimulatedHost(role: .router) }
        for name in ["agent-1", "agent-2"] { hosts[name] = SimulatedHost(role: .agent) }
    }

    // MARK: Time

    func after(_ milliseconds: ClosedRange<Int>, _ happening: Happening) {
        let wait = Int.random(in: milliseconds, using: &random)
        agenda.add(happening, at: now + .milliseconds(wait))
    }

    func at(_ time: Timestamp, _ happening: Happening) { agenda.add(happening, at: max(time, now)) }

    func note(_ line: @autoclosure () -> String) {
        let text = "\(now.nanoseconds / 1_000_000 % 100_000_000) \(line())"
        traceDigest.append(Array(text.utf8))
        trace.append(text)
        if trace.count > 50 { trace.removeFirst() }
    }

    func violate(_ rule: String) {
        if violation == nil { violation = rule }
    }

    // MARK: The run

    public struct Report: Sendable {
        public let handledCount: Int
        /// Of everything that happened: equal for equal seeds.
        public let digest: Digest
        public let violation: String?
        /// The last fifty lines.
        public let trace: [String]
        public let versionCount: Int
        public let attemptCount: UInt64
        public let crashCount: Int
    }

    public func run() throws -> Report {
        try begin()
        while handledCount < settings.eventCount, violation == nil { try step() }
        if violation == nil { try comeToRest() }
        return Report(
            handledCount: handledCount, digest: traceDigest.digest(), violation: violation,
            trace: trace, versionCount: promises.pushes.count,
            attemptCount: controller.target.attemptCount, crashCount: promises.crashCount)
    }

    private func begin() throws {
        try decide(
            .apply(
                model: try ModelName(Self.model), plan: SimulatedController.plan(),
                .init(actor: "operator")))
        for index in trainers.indices { after(0...200, .trainer(index)) }
        for name in hosts.keys.sorted() {
            join(name)
            after(50...150, .traffic(name))
        }
        for node in [Node.ingest, .evaluator, .controller] { after(10...50, .courier(node)) }
        after(100...300, .operate)
        after(10...20, .evaluatorWork)
        after(500...3_000, .crash)
        after(500...3_000, .cut)
    }

    private func step() throws {
        guard let (time, happening) = agenda.next() else {
            return violate("liveness: nothing happens any more")
        }
        now = max(now, time)
        handledCount += 1
        try handle(happening)
        try checkCheap()
        if handledCount % 500 == 0 { try checkAll() }
    }

    /// The network heals, everyone is up, nobody begins anything: what was promised must come.
    private func comeToRest() throws {
        isHealed = true
        cutUntil = [:]
        for node in Node.allCases where isUp[node] == false { try restart(node) }
        let end = now + .seconds(10)
        while violation == nil, let (time, happening) = agenda.next(), time < end {
            now = max(now, time)
            try handle(happening)
            try checkCheap()
        }
        try checkAll()
        try checkDelivered()
    }

    private func handle(_ happening: Happening) throws {
        switch happening {
        case .letter(let letter): try deliver(letter)
        case .trainer(let index): try train(index)
        case .operate: try operate()
        case .traffic(let name): serveTraffic(name)
        case .courier(let node): try carry(from: node)
        case .evaluatorWork: try work()
        case .controllerTimer(let time): try controllerTimer(time)
        case .crash:
            if isHealed || settings.without.contains(.crashes) { return }
            try crash(Node.allCases.randomElement(using: &random)!)
            after(500...3_000, .crash)
        case .restart(let node): try restart(node)
        case .cut:
            if isHealed || settings.without.contains(.cuts) { return }
            let node = Node.allCases.randomElement(using: &random)!
            cutUntil[node] = now + .milliseconds(Int.random(in: 50...2_000, using: &random))
            note("cut \(node)")
            after(500...3_000, .cut)
        }
    }

    // MARK: Faults

    func crash(_ node: Node) throws {
        guard isUp[node] == true else { return }
        note("crash \(node)")
        promises.crashCount += 1
        isUp[node] = false
        if node == .ingest { ingest.losePower() }
        after(10...800, .restart(node))
    }

    private func restart(_ node: Node) throws {
        guard isUp[node] == false else { return }
        note("restart \(node)")
        isUp[node] = true
        switch node {
        case .ingest: ingest.restart(seed: random.next())
        case .evaluator: try evaluator.restart(at: now)
        case .controller:
            try controller.restart()
            try decide(.restarted)
            for name in hosts.keys.sorted() { join(name) }
        }
    }

    /// Whether a service dies here, between one instruction and the next.
    func diesHere(_ node: Node) throws -> Bool {
        guard !isHealed, Int.random(in: 0..<60, using: &random) == 0 else { return false }
        try crash(node)
        return true
    }
}

/// What is to happen, by time, and within one moment in the order in which it was planned.
struct Agenda<Item> {
    private var heap: [(time: Timestamp, order: UInt64, item: Item)] = []
    private var planned: UInt64 = 0

    mutating func add(_ item: Item, at time: Timestamp) {
        planned += 1
        heap.append((time, planned, item))
        var index = heap.count - 1
        while index > 0, isBefore(index, (index - 1) / 2) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func next() -> (Timestamp, Item)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return (first.time, first.item)
    }

    private mutating func sink() {
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < heap.count && isBefore(child, least) {
                least = child
            }
            if least == index { return }
            heap.swapAt(index, least)
            index = least
        }
    }

    private func isBefore(_ a: Int, _ b: Int) -> Bool {
        (heap[a].time, heap[a].order) < (heap[b].time, heap[b].order)
    }
}
