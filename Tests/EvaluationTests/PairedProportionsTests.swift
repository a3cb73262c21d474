import Evaluation
import Testing

/// Known answers: the likelihood maximised numerically with scipy 1.17.1 (`minimize_scalar`), the
/// interval by `brentq` on the score.
@Suite struct PairedProportionsTests {
    @Test(arguments: [
        (7, 2, 50, 2.335387390761871, -0.020921835921617508, 0.23126685277447415),
        (12, 3, 200, 4.039940082423089, 0.008060575522471315, 0.08917034596076362),
        (1, 9, 40, -2.0172200268070255, -0.3570718448811133, -0.0551409740424142),
        (30, 30, 500, 3.0581442425278937, -0.031081759275462365, 0.031081759439836598),
        (0, 0, 60, 1.7770465852812203, -0.06017185446426892, 0.06017185214209838),
    ])
    func scoresAndIntervalsAreTangos(
        onlyB: Int, onlyA: Int, count: Int, score: Double, low: Double, high: Double
    ) {
        let pair = PairedProportions(onlyA: onlyA, onlyB: onlyB, count: count)
        let interval = pair.interval(confidence: 0.95)
        #expect((pair.score(against: -0.05) - score).magnitude < 1e-6)
        #expect((interval.low - low).magnitude < 1e-6, "\(interval)")
        #expect((interval.high - high).magnitude < 1e-6, "\(interval)")
    }

    @Test func swappingTheVersionsMirrorsEverything() {
        for (onlyA, onlyB, count) in [(0, 1, 1), (3, 4, 7), (0, 0, 5), (17, 2, 300)] {
            let pair = PairedProportions(onlyA: onlyA, onlyB: onlyB, count: count)
            let mirror = PairedProportions(onlyA: onlyB, onlyB: onlyA, count: count)
            let (a, b) = (pair.interval(confidence: 0.9), mirror.interval(confidence: 0.9))
            #expect((a.low + b.high).magnitude < 1e-9 && (a.high + b.low).magnitude < 1e-9)
            #expect(a.low - 1e-9 <= pair.difference && pair.difference <= a.high + 1e-9)
        }
    }

    @Test func tenEqualAnswersDoNotProveWhatTenThousandDo() {
        let ten = PairedProportions(onlyA: 0, onlyB: 0, count: 10)
        let many = PairedProportions(onlyA: 0, onlyB: 0, count: 10_000)
        #expect(ten.score(against: -0.01) < 1.645)
        #expect(many.score(against: -0.01) > 1.645)
        #expect(ten.minimumDetectableEffect(alpha: 0.05)! > 0.1)
    }
}
