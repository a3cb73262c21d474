import CairnCore
import Deployment
import Dispatch
import Synchronization

/// Every order of a small set of events, to a depth: no order breaks an invariant, and from every
/// state that is reached an abort leads out.
///
/// Breadth first. Of two ways to one state, as `Target.stateMark` tells it, the shorter one is gone
/// on with.
public struct ModelCheck {
    public struct Report: Sendable {
        public fileprivate(set) var depth = 0
        public fileprivate(set) var moveCount = 0
        public fileprivate(set) var stateCount = 0
        public fileprivate(set) var broken: [String] = []
        public fileprivate(set) var stuck: [String] = []
        /// States of the rollout that were reached, with how many of the model's states are in each.
        public fileprivate(set) var phases: [String: Int] = [:]
        /// Pairs of a state of the rollout and a move that were tried.
        public fileprivate(set) var pairs: Set<String> = []

        /// Of the states of a rollout, those that no order reached.
        public var unreached: [String] { ModelCheck.phases.filter { phases[$0] == nil } }
    }

    /// Every state of a rollout; `queued` is one that waits behind another.
    public static let phases = [
        "queued", "preflight", "shifting", "warming", "baking", "gate", "watching", "promoted",
        "rolling back", "rolled back", "aborted", "superseded", "rejected", "failed rollback",
    ]

    private struct Node {
        let scene: ModelScene
        let fingerprint: StateMark
    }

    /// What came of one part of a level.
    private struct Part {
        var next: [Node] = []
        var moveCount = 0
        var broken: [String] = []
        var pairs: Set<String> = []
    }

    private let jobs: Int
    private var seen: Set<StateMark> = []
    private var report = Report()

    private init(jobs: Int) { self.jobs = jobs }

    /// - Parameters:
    ///   - jobs: how many threads work on one level.
    ///   - told: a line after each level.
    public static func run(
        depth: Int, jobs: Int = 1, told: (String) -> Void = { _ in }
    ) throws -> Report {
        var check = ModelCheck(jobs: jobs)
        let scene = try ModelScene(plan)
        var level = [Node(scene: scene, fingerprint: scene.target.stateMark(at: scene.now))]
        check.seen = [level[0].fingerprint]
        check.count(scene)
        check.report.stateCount = 1
        for reached in 1...max(1, depth) {
            level = try check.advance(level, isLast: reached == depth)
            check.report.depth = reached
            told(
                "depth \(reached): \(check.report.stateCount) states, "
                    + "\(check.report.moveCount) moves")
        }
        return check.report
    }

    /// One gate, ramps both ways, a hook, deadlines that come within a few moves.
    static var plan: Plan {
        var plan = Plan(steps: [500, 2_500, 10_000].map { .init(weight: BasisPoints($0)!) })
        for index in plan.steps.indices {
            plan.steps[index].bake = .seconds(10)
            plan.steps[index].bakeRequests = 50
        }
        plan.guards = [.init(name: "errors", kind: .armEProcess(alpha: 0.01))]
        plan.skipsVerdict = true
        plan.onBusy = .supersede
        plan.steps[0].gate = .init(expiry: .seconds(20), onExpiry: .rollBack)
        plan.steps[0].warm = .seconds(5)
        plan.steps[1].ramp = .init(over: .seconds(10), parts: 2)
        plan.rollback.ramp = .init(over: .seconds(10), parts: 2)
        plan.rollback.deadline = .seconds(20)
        plan.watch.duration = .seconds(20)
        plan.preflightDeadline = .seconds(20)
        plan.hooks = [.init(name: "agree", point: .confirmIncrease)]
        plan.hooks[0].onFailure = .hold
        plan.hooks[0].retries = 0
        plan.deadline = .seconds(100)
        return plan
    }

    /// - Returns: the new states; none where nobody goes on with them.
    private mutating func advance(_ level: [Node], isLast: Bool) throws -> [Node] {
        let size = max(1, min(512, level.count / (4 * jobs) + 1))
        let starts = Array(stride(from: 0, to: level.count, by: size))
        var next: [Node] = []
        // Some parts at a time: what two parts found alike is dropped before it fills the memory.
        for group in stride(from: 0, to: starts.count, by: 4 * jobs) {
            let parts = starts[group..<min(group + 4 * jobs, starts.count)].map {
                level[$0..<min($0 + size, level.count)]
            }
            for part in try Self.expand(parts, seen, jobs: jobs) {
                report.moveCount += part.moveCount
                report.broken += part.broken.prefix(20)
                report.pairs.formUnion(part.pairs)
                let new = part.next.filter { seen.insert($0.fingerprint).inserted }
                for node in new { count(node.scene) }
                try checkWaysOut(of: new)
                report.stateCount += new.count
                if !isLast { next += new }
            }
        }
        return next
    }

    /// Each part by itself, some at one time.
    private static func expand(
        _ parts: [ArraySlice<Node>], _ seen: Set<StateMark>, jobs: Int
    ) throws -> [Part] {
        let found = Mutex([Result<Part, any Error>?](repeating: nil, count: parts.count))
        DispatchQueue.concurrentPerform(iterations: parts.count) { index in
            let part = Result { try expand(parts[index], seen) }
            found.withLock { $0[index] = part }
        }
        return try found.withLock { try $0.compactMap { try $0?.get() } }
    }

    private static func expand(_ nodes: ArraySlice<Node>, _ seen: Set<StateMark>) throws
        -> Part
    {
        var part = Part()
        var mine: Set<StateMark> = []
        for node in nodes {
            for move in ModelMove.allCases {
                part.moveCount += 1
                part.pairs.insert("\(node.scene.word)/\(move.rawValue)")
                var scene = node.scene
                do { try scene.make(move) } catch is Refusal { continue }
                let print = scene.target.stateMark(at: scene.now)
                check(scene, after: move, in: node.scene, &part)
                guard !seen.contains(print), mine.insert(print).inserted else { continue }
                part.next.append(Node(scene: scene, fingerprint: print))
            }
        }
        return part
    }

    private static func check(
        _ scene: ModelScene, after move: ModelMove, in before: ModelScene, _ part: inout Part
    ) {
        let broken = scene.target.brokenInvariants(at: scene.now)
        if !broken.isEmpty {
            part.broken.append("after \(move) in \(before.target.stateText): \(broken)")
        }
        if scene.target.route.epoch < before.target.route.epoch {
            part.broken.append("the epoch fell after \(move) in \(before.target.stateText)")
        }
    }

    private mutating func checkWaysOut(of nodes: [Node]) throws {
        let jobs = jobs
        let stuck = Mutex<[String]>([])
        let failure = Mutex<(any Error)?>(nil)
        DispatchQueue.concurrentPerform(iterations: jobs) { job in
            for index in stride(from: job, to: nodes.count, by: jobs) {
                do {
                    if try nodes[index].scene.leadsOut() { continue }
                    stuck.withLock { $0.append(nodes[index].scene.target.stateText) }
                } catch { failure.withLock { $0 = error } }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        report.stuck += stuck.withLock { $0 }.prefix(20)
    }

    private mutating func count(_ scene: ModelScene) {
        report.phases[scene.word, default: 0] += 1
        if scene.target.next != nil { report.phases["queued", default: 0] += 1 }
    }
}
