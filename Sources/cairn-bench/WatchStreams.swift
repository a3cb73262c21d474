import CairnCore
import Deployment
import Simulation
import Statistics

import func Glibc.exp
import func Glibc.log

/// A promoted version under watch: the whole machine, one report a minute.
struct WatchedVersion {
    /// What a minute's requests are like.
    struct Traffic {
        var failureRate = 0.01
        /// Scores are of four shapes, all with this mean and a deviation of about a quarter.
        var scoreShift = 0.0
        /// Latencies are log-normal around 40 ms, with a deviation of 0.8 in the logarithm.
        var latencyFactor = 1.0
        /// How much of the reference's lowest fifth of names and cells has moved to the highest.
        var moved = 0.0
    }

    static let requestsPerMinute = 200
    static let columns = ["score", "input.language"]

    private var target: Target
    private var now = Timestamp(seconds: 1_800_000_000)
    private var sequence: UInt64 = 0

    /// - Parameter psi: the smallest that matters.
    init(runLength: Duration, psi: Double) throws {
        let rollsBack = false
        var plan = Plan(steps: [.init(weight: .all)])
        plan.skipsVerdict = true
        plan.watch.duration = .seconds(10 * 365 * 86_400)
        plan.watch.runLength = runLength
        plan.watch.rollsBack = rollsBack
        plan.watch.detectors = [
            .init(name: "slow", kind: .slowRate, rollsBack: rollsBack),
            .init(name: "scores", kind: .scoreMeans(smallestEffect: 0), rollsBack: rollsBack),
            .init(name: "latency", kind: .latencyMeans(smallestEffect: 0), rollsBack: rollsBack),
            .init(
                name: "psi numbers", kind: .histogram(column: "score", smallestEffect: psi),
                rollsBack: rollsBack),
            .init(
                name: "psi names",
                kind: .histogram(column: "input.language", smallestEffect: psi),
                rollsBack: rollsBack),
        ]
        target = Target(name: try TargetName("bench/watched"))
        let request = Event.Request(actor: "bench")
        try take(.apply(model: try ModelName("bench"), plan: plan, request))
        for minor in UInt32(0)...1 {
            try take(
                .deploy(
                    Release(
                        number: VersionNumber(1, minor, 0), manifest: Digest(of: [UInt8(minor)])),
                    request))
        }
        guard target.attempt?.phase == .watching else {
            throw BenchError("the version is not watched: \(target.stateText)")
        }
        try take(.reference(attempt: 2, Self.reference))
    }

    /// Ten equal cells, and names from frequent to rare with 0.5 % of others.
    private static let nameShares = [0.6, 0.25, 0.1, 0.045, 0.005]
    private static let reference = Reference(
        source: "simulated",
        columns: [
            .init(
                name: "score", cells: .numbers(edges: (1...9).map { Double($0) / 10 }),
                counts: Array(repeating: 10_000, count: 10)),
            .init(
                name: "input.language", cells: .names(["en", "de", "fr", "it"]),
                counts: nameShares.map { Int($0 * 100_000) }),
        ])

    private mutating func take(_ event: Event) throws { _ = try target.handle(event, at: now) }

    /// A minute of traffic.
    mutating func minute(_ traffic: Traffic, shape: Int, _ random: inout TrialRandom) throws {
        now = now + .seconds(60)
        sequence += 1
        let (epoch, n) = (target.route.epoch, Self.requestsPerMinute)
        var count = Event.Outcomes.Count(
            epoch: epoch, arm: .stable, requests: n,
            failures: random.binomial(n, traffic.failureRate))
        var sum = 0.0
        var (numbers, names) = ([Int](repeating: 0, count: 10), [Int](repeating: 0, count: 5))
        for _ in 0..<n {
            sum += Self.score(shape, &random) + traffic.scoreShift
            let latency = 40 * traffic.latencyFactor * exp(0.8 * random.normal())
            _ = count.latencies.add(1, in: LatencyBuckets.bucket(of: latency))
            var cell = Int(random.unit() * 10)
            if cell < 2, random.coin(traffic.moved) { cell += 8 }
            numbers[cell] += 1
            var name = Self.name(random.unit())
            if name == 0, random.coin(traffic.moved / 4) { name = 2 }
            names[name] += 1
        }
        count.scores = ScoreSum(count: n, sum: sum)
        try take(
            .outcomes(
                .init(
                    reporter: "host", incarnation: 1, sequence: sequence, counts: [count],
                    histograms: [
                        .init(epoch: epoch, arm: .stable, column: 0, counts: numbers),
                        .init(epoch: epoch, arm: .stable, column: 1, counts: names),
                    ])))
    }

    private static func name(_ unit: Double) -> Int {
        var rest = unit
        for (index, share) in nameShares.enumerated() {
            rest -= share
            if rest < 0 { return index }
        }
        return nameShares.count - 1
    }

    /// Mean 0.75: normal, right or wrong, uniform, or mostly 1 with a long tail.
    private static func score(_ shape: Int, _ random: inout TrialRandom) -> Double {
        switch shape % 4 {
        case 0: 0.75 + 0.25 * random.normal()
        case 1: random.coin(0.75) ? 1 : 0
        case 2: 0.317 + 0.866 * random.unit()
        default: max(-2, 1 + 0.25 * log(random.unit()))
        }
    }

    /// Detectors that have found something, `watch` among them.
    var found: Set<String> {
        guard let evidence = target.attempt?.evidence else { return [] }
        let names = evidence.verdicts.keys.map { $0.replacing(": better", with: "") }
        return Set(names).union(evidence.drifted ? ["watch"] : [])
    }

    static let detectors = ["watch", "slow", "scores", "latency", "psi numbers", "psi names"]
}
