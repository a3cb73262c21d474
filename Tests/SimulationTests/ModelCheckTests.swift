import Simulation
import Testing

import func Glibc.getenv

/// `CAIRN_DEPTH` sets the depth (4 unless it says otherwise); `make model-check` goes to 8 in a release
/// build.
@Suite struct ModelCheckTests {
    private static let depth = getenv("CAIRN_DEPTH").flatMap { Int(String(cString: $0)) } ?? 4

    @Test func noOrderOfEventsBreaksAnInvariantOrLeavesNoWayOut() throws {
        let report = try ModelCheck.run(depth: Self.depth, jobs: 2)
        print("model check: depth \(report.depth), \(report.stateCount) states")
        #expect(report.broken.isEmpty)
        #expect(report.stuck.isEmpty)
        #expect(report.stateCount > 500 && report.moveCount > report.stateCount)
        #expect(report.pairs.count > 100)
        if report.depth >= 8 { #expect(report.unreached.isEmpty) }
    }

    @Test func theSameDepthHasTheSameStatesOnAnyNumberOfThreads() throws {
        let (one, three) = (
            try ModelCheck.run(depth: 2, jobs: 1), try ModelCheck.run(depth: 2, jobs: 3)
        )
        #expect(one.stateCount == three.stateCount && one.moveCount == three.moveCount)
        #expect(one.phases == three.phases)
    }
}
