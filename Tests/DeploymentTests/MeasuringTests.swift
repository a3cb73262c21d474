import CairnCore
import Testing

@testable import Deployment

/// What a metrics store's answers do to a rollout; the pages 61 to 65 tell the stories.
@Suite struct MeasuringTests {
    static func plan(_ change: (inout Plan.Measure) -> Void = { _ in }) -> Plan {
        var plan = Scene.plan()
        var measure = Plan.Measure(query: "ratio", label: "version", limit: 0.05)
        change(&measure)
        plan.guards = [.init(name: "ratio", kind: .measured(measure))]
        return plan
    }

    static func measured(_ scene: Scene, _ values: Double...) -> Event {
        let points = values.enumerated().map { index, value in
            Measurement.Point(at: scene.now + .milliseconds(index), candidate: value)
        }
        return .measured(.init(guardName: "ratio", attempt: 2, .points(points)))
    }

    static func failed(_ why: String = "refused") -> Event {
        .measured(.init(guardName: "ratio", attempt: 2, .failed(why)))
    }

    @Test func aVerdictComesOutAgainFromItsInputs() throws {
        for isLeast in [false, true] {
            var scene = try Scene.rollingOut(
                Self.plan {
                    ($0.isLeast, $0.breaches, $0.last) = (isLeast, 2, 3)
                    $0.limit = 0.5
                })
            try scene.send(Self.measured(scene, 0.5, isLeast ? 0.2 : 0.8, isLeast ? 0.1 : 0.9))
            let verdict = try #require(scene.target.attempt?.evidence.verdicts["ratio"])
            #expect(verdict.isConfirmed && verdict.statistic == 2 && verdict.bound == 2)
            #expect(verdict.kind == "prometheus")
            var edited = verdict
            edited.inputs = .measured([0.5, 0.5, 0.5], limit: 0.5, isLeast: isLeast)
            #expect(!edited.isConfirmed)
            #expect(scene.target.quarantine.count == 1)
        }
    }

    /// G11: the clocks stand where they stood, and the bake needs just what it lacked.
    @Test func anOutageOfTenMinutesCostsNothing() throws {
        var scene = try Scene.rollingOut(Self.plan())
        try scene.traffic(stable: (900, 9), candidate: (60, 0))
        try scene.send(Self.measured(scene, 0.01))
        try scene.pass(.seconds(4))
        let weight = scene.target.route.weight
        for second in 0..<600 {
            try scene.send(Self.failed())
            if second == 2 { #expect(scene.target.attempt?.isBlind == true) }
            try scene.pass(.seconds(1))
            #expect(scene.phase == .step(0, .baking) && scene.target.route.weight == weight)
        }
        try scene.send(Self.measured(scene, 0.01))
        #expect(scene.target.attempt?.isBlind == false)
        // Two seconds passed before the budget was spent; the four before them count too.
        try scene.pass(.milliseconds(3_900))
        #expect(scene.phase == .step(0, .baking))
        try scene.pass(.milliseconds(100))
        #expect(scene.phase == .step(1, .shifting))
        #expect(scene.target.lastRollback == nil)
    }

    @Test func aSingleErrorStopsNoClockAndFillsNoLog() throws {
        var scene = try Scene.rollingOut(Self.plan())
        try scene.send(Self.failed())
        #expect(scene.target.attempt?.isBlind == false)
        for _ in 0..<2 { try scene.send(Self.failed()) }
        #expect(scene.target.attempt?.isBlind == true)
        let revision = scene.target.revision
        for _ in 0..<100 { try scene.send(Self.failed("again")) }
        #expect(scene.target.revision == revision)
    }

    @Test func aGuardThatOnlyObservesBlindsNobodyAndRollsNothingBack() throws {
        var plan = Self.plan()
        plan.guards[0].observes = true
        var scene = try Scene.rollingOut(plan)
        for _ in 0..<5 { try scene.send(Self.failed()) }
        #expect(scene.target.attempt?.isBlind == false)
        try scene.send(Self.measured(scene, 0.9))
        #expect(scene.target.attempt?.evidence.verdicts["ratio"] != nil)
        #expect(scene.phase == .step(0, .baking))
    }

    /// Numbers of one step end no other: each asks anew.
    @Test func everyStepWantsANumberOfItsOwn() throws {
        var scene = try Scene.rollingOut(Self.plan())
        try scene.traffic(stable: (900, 9), candidate: (60, 0))
        try scene.pass(.seconds(20))
        #expect(scene.phase == .step(0, .baking))
        #expect(
            scene.target.attempt?.evidence.assessment(
                of: scene.target.attempt!.plan.guards[0], isBlind: false) == .noData)
        try scene.send(Self.measured(scene, 0.01))
        #expect(scene.phase == .step(1, .shifting))
        try scene.obey()
        try scene.traffic(stable: (900, 9), candidate: (60, 0))
        try scene.pass(.seconds(20))
        #expect(scene.phase == .step(1, .baking))
    }

    @Test func theWatchHoldsTheLimitsToo() throws {
        var plan = Self.plan()
        plan.steps = [.init(weight: BasisPoints(10_000)!)]
        var scene = try Scene.rollingOut(plan)
        try scene.send(Self.measured(scene, 0.01))
        #expect(scene.phase == .watching)
        try scene.pass(.seconds(10))
        try scene.send(Self.measured(scene, 0.2))
        #expect(scene.phase == .rollingBack)
    }

    @Test func plansThatCannotBeAskedAreRefused() {
        let broken: [(inout Plan.Measure) -> Void] = [
            { $0.query = "" }, { $0.label = "a-b" }, { $0.label = "" }, { $0.limit = .nan },
            { $0.interval = .zero }, { $0.breaches = 2 }, { $0.last = 0 }, { $0.errors = 0 },
            {
                $0.span = .seconds(5_000); $0.resolution = .seconds(1)
            },
        ]
        for change in broken {
            #expect(throws: PlanError.self) { try Self.plan(change).check() }
        }
        #expect(throws: Never.self) { try Self.plan().check() }
    }
}
