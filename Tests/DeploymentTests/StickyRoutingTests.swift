import CairnCore
import Deployment
import Testing

@Suite struct StickyRoutingTests {
    static let keys = (0..<20_000).map { Array("user-\($0)".utf8) }

    @Test func raisingTheWeightOnlyMovesKeysToTheCandidate() {
        for key in Self.keys.prefix(2_000) {
            var wasCandidate = false
            for weight in stride(from: 0, through: 10_000, by: 500) {
                let arm = StickyRouting.arm(for: key, attempt: 3, weight: BasisPoints(weight)!)
                #expect(arm == .candidate || !wasCandidate)
                wasCandidate = arm == .candidate
            }
            #expect(wasCandidate)
        }
    }

    /// 99.9 % binomial band: 3.29 standard deviations.
    @Test(arguments: [1, 100, 500, 2_500, 5_000], [1, 2, 99]) func theShareIsTheWeight(
        weight: Int, attempt: UInt64
    ) {
        let hits = Self.keys.count {
            StickyRouting.arm(for: $0, attempt: attempt, weight: BasisPoints(weight)!) == .candidate
        }
        let (n, p) = (Double(Self.keys.count), Double(weight) / 10_000)
        #expect(
            (Double(hits) - n * p).magnitude <= 3.29 * (n * p * (1 - p)).squareRoot() + 1,
            "attempt \(attempt): \(hits) of \(Self.keys.count)")
    }
}
