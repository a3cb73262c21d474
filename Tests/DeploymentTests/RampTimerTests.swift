import CairnCore
import Testing

@testable import Deployment

/// Found by `cairn-sim --seed 1 --events 2496`: a ramp whose parts are no whole nanoseconds was asked
/// for at a moment at which it was not due, and never again.
@Suite struct RampTimerTests {
    @Test func aRampOfThirdsComesToItsEndByItsTimersAlone() throws {
        var plan = Scene.plan()
        plan.rollback.ramp = .init(over: .seconds(10), parts: 4)
        plan.steps[0].ramp = .init(over: .seconds(10), parts: 4)
        var scene = try Scene.rollingOut(plan)
        for _ in 0..<4 {
            scene.now = try #require(scene.target.nextTimer())
            try scene.send(.timer)
            try scene.obey()
        }
        #expect(scene.phase == .step(0, .baking))
        try scene.send(.abort(.init(actor: "ann")))
        for _ in 0..<3 {
            scene.now = try #require(scene.target.nextTimer())
            try scene.send(.timer)
        }
        #expect(scene.target.attempt?.wayBack?.ramp == nil)
        #expect(scene.target.nextTimer() != nil)
    }
}
