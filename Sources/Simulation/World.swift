import CairnCore
import Deployment
import Ports

/// A whole Cairn in one thread: the decision cores of the three services over stores in memory, two
/// controllers of which one leads, targets with their hosts, trainers and operators, a network that
/// loses, doubles, delays and cuts, disks that fail, under one clock that jumps from event to event.
/// The same seed makes the same history.
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
        /// Keeps the last lines of what happened; costs time.
        public var keepsTrace = false

        public init(
            seed: UInt64, eventCount: Int, mutant: Mutant? = nil, without: Set<Ingredient> = [],
            keepsTrace: Bool = false
        ) {
            (self.seed, self.eventCount, self.mutant) = (seed, eventCount, mutant)
            (self.without, self.keepsTrace) = (without, keepsTrace)
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
        /// The controllers' disk takes the word of one that has lost the lease.
        case unfencedDisk
        /// A controller believes what its disk did not take.
        case boldController
    }

    let settings: Settings
    var random: SeededRandom
    private(set) var now = Timestamp(seconds: 1_800_000_000)
    private var agenda = Agenda<Happening>()
    private(set) var handledCount = 0
    private var trace: [String] = []
    private var fingerprint: UInt64
    /// The first rule that did not hold.
    private(set) var violation: String?

    /// By `Node`.
    var health = [Health](repeating: Health(), count: Node.allCases.count)
    var isHealed = false
    /// How seldom things go wrong here: some seeds live in a storm, others have long rollouts.
    let calm: Int

    var ingest: SimulatedIngest
    var evaluator: SimulatedEvaluator
    let disk: ControllerDisk
    var controllers: [SimulatedController]
    var trainers: [SimulatedTrainer]
    var hosts: [SimulatedHost]
    let targets: [TargetName]
    var promises: Promises
    var seen = Sightings()

    public init(_ settings: Settings) throws {
        self.settings = settings
        random = SeededRandom(seed: settings.seed)
        fingerprint = settings.seed
        calm = [1, 3, 8, 25].randomElement(using: &random)!
        let targets = try ["prod/chat", "prod/voice", "lab/chat"].map { try TargetName($0) }
        self.targets = targets
        ingest = SimulatedIngest(seed: settings.seed)
        evaluator = try SimulatedEvaluator()
        disk = ControllerDisk(targets)
        controllers = (0..<2).map { SimulatedController(index: $0, targets: targets) }
        trainers = (0..<2).map { SimulatedTrainer(index: $0) }
        hosts = targets.indices.flatMap { SimulatedHost.all(of: $0) }
        promises = Promises(targetCount: targets.count)
    }

    // MARK: Time

    func after(_ milliseconds: ClosedRange<Int>, _ happening: Happening) {
        let wait = Int.random(in: milliseconds, using: &random)
        agenda.add(happening, at: now + .milliseconds(wait))
    }

    func at(_ time: Timestamp, _ happening: Happening) { agenda.add(happening, at: max(time, now)) }

    /// What a host's own clock shows, wherever it has been set.
    func wall(_ node: Node) -> Timestamp { now + health[node.rawValue].wallOffset }

    func note(_ line: @autoclosure () -> String) {
        guard settings.keepsTrace else { return }
        trace.append("\(now.nanoseconds / 1_000_000 % 100_000_000) \(line())")
        if trace.count > 50 { trace.removeFirst() }
    }

    func violate(_ rule: String) {
        if violation == nil { violation = rule }
    }

    /// Goes into the digest by which two histories are compared.
    func mark(_ number: UInt64) {
        fingerprint = (fingerprint ^ number) &* 0x9E37_79B9_7F4A_7C15
        fingerprint ^= fingerprint >> 29
    }

    func does(_ ingredient: Ingredient) -> Bool { !settings.without.contains(ingredient) }

    func chance(of count: Int, in all: Int) -> Bool {
        Int.random(in: 0..<all, using: &random) < count
    }

    // MARK: The run

    public struct Report: Sendable {
        public let handledCount: Int
        /// Of everything that happened: equal for equal seeds.
        public let digest: Digest
        public let violation: String?
        /// The last fifty lines, where they are kept.
        public let trace: [String]
        public let versionCount: Int
        public let attemptCount: UInt64
        public let crashCount: Int
        /// Writes of controllers that had lost the lease, which were refused.
        public let staleWriteCount: Int
        public let recordCount: Int
        public let seen: Sightings
    }

    public func run() throws -> Report {
        try begin()
        while handledCount < settings.eventCount, violation == nil { try step() }
        if violation == nil { try comeToRest() }
        return Report(
            handledCount: handledCount,
            digest: Digest(of: withUnsafeBytes(of: fingerprint.bigEndian) { Array($0) }),
            violation: violation, trace: trace, versionCount: promises.pushes.count,
            attemptCount: disk.folds.reduce(0) { $0 + $1.target.attemptCount },
            crashCount: promises.crashCount, staleWriteCount: promises.staleWriteCount,
            recordCount: disk.folds.reduce(0) { $0 + Int($1.head.sequence) }, seen: seen)
    }

    private func begin() throws {
        isHealed = true
        defer { isHealed = false }
        try holdLease(0)
        for (index, name) in targets.enumerated() {
            try decide(
                .apply(
                    model: try ModelName(Self.model), plan: randomPlan(),
                    .init(actor: "operator", reason: "\(name)")), on: index, by: 0)
        }
        for index in trainers.indices { after(0...200, .trainer(index)) }
        for index in hosts.indices { after(0...150, .host(index)) }
        for index in controllers.indices { after(100...500, .lease(index)) }
        after(20...120, .courier(.ingest))
        after(20...120, .courier(.evaluator))
        after(20...120, .courier(.firstController))
        after(100...300, .operate)
        after(10...20, .evaluatorWork)
        after(300...2_000, .misfortune)
    }

    private func step() throws {
        guard let (time, happening) = agenda.next() else {
            return violate("liveness: nothing happens any more")
        }
        now = max(now, time)
        if let node = node(of: happening), now <= health[node.rawValue].stoppedUntil {
            // Who is stopped hears of nothing; it all comes when it wakes.
            return agenda.add(happening, at: health[node.rawValue].stoppedUntil + .milliseconds(1))
        }
        handledCount += 1
        mark(UInt64(bitPattern: now.nanoseconds))
        try handle(happening)
        try checkAfterEvent()
        if handledCount % 5_000 == 0 { try checkAll() }
    }

    /// The network heals, everyone is up, nobody begins anything: what was promised must come, and
    /// from wherever a target stands an abort leads to rest.
    private func comeToRest() throws {
        isHealed = true
        disk.heal()
        ingest.heal()
        for node in Node.allCases {
            health[node.rawValue].cutUntil = .init(nanoseconds: .min)
            setClock(of: node, to: .zero)
            // Whatever a jump of their clocks has left behind: they begin anew.
            if node.controller != nil { try crash(node) }
            if !health[node.rawValue].isUp { try restart(node) }
        }
        for index in hosts.indices { hosts[index].awake() }
        let end = now + .seconds(600)
        var (asked, looked) = (now, 0)
        while violation == nil, now < end {
            if now >= asked {
                try askForRest()
                asked = now + .seconds(5)
            }
            try step()
            looked += 1
            if looked % 50 == 0, try isAtRest() { break }
        }
        try checkAll()
        try checkDelivered()
    }

    /// Whether a process dies or is stopped here, between one instruction and the next.
    func isStruck(_ node: Node) throws -> Bool {
        guard !isHealed, does(.crashes), chance(of: 1, in: 200 * calm) else { return false }
        try crash(node)
        return true
    }
}
