import CairnCore
import Messages
import Routing
import Testing

@Suite struct OutcomeTests {
    static func route(epoch: UInt64, arm: ArmKind = .stable, attempt: UInt64 = 1) -> Route {
        Route(
            arm: arm, number: "1.0.0", manifest: Digest(of: [UInt8(arm.rawValue)]), epoch: epoch,
            attempt: attempt)
    }

    static let now = Timestamp(seconds: 100)

    @Test func outcomesAddUpByEpochAndArm() {
        var tally = OutcomeTally()
        let (stable, candidate) = (Self.route(epoch: 2), Self.route(epoch: 2, arm: .candidate))
        tally.add(.answered(latencyMilliseconds: 3), of: stable, at: Self.now)
        tally.add(.answered(latencyMilliseconds: 5, failed: true), of: stable, at: Self.now)
        tally.add(.judged(failed: true, score: 0.5), of: stable, at: Self.now + .seconds(1))
        tally.add(.answered(latencyMilliseconds: .nan), of: candidate, at: Self.now)
        let report = tally.take()
        #expect(report?.attempt == 1 && report?.from == Self.now)
        #expect(report?.until == Self.now + .seconds(1))
        #expect(
            report?.outcomes == [
                ArmOutcomes(
                    epoch: 2, arm: .stable, requestCount: 2, failureCount: 2, latencyMsSum: 8,
                    latencyMsMax: 5, scoreSum: 0.5, scoreSquareSum: 0.25, scoreCount: 1,
                    manifestDigest: stable.manifest.bytes,
                    latencies: [
                        LatencyCount(bucket: 146, count: 1), LatencyCount(bucket: 159, count: 1),
                    ]),
                ArmOutcomes(
                    epoch: 2, arm: .candidate, requestCount: 1,
                    manifestDigest: candidate.manifest.bytes),
            ])
        let nothing = tally.take()
        #expect(tally.isEmpty && nothing == nil)
    }

    @Test func aReportSpeaksOfOneAttempt() {
        var tally = OutcomeTally()
        tally.add(.answered(), of: Self.route(epoch: 9, attempt: 2), at: Self.now)
        tally.add(.answered(), of: Self.route(epoch: 7, attempt: 1), at: Self.now)
        let attempts = [tally.take()?.attempt, tally.take()?.attempt]
        #expect(attempts == [1, 2])
    }

    @Test func theTallyIsBoundedAndSaysWhatItLost() {
        var tally = OutcomeTally()
        for epoch in UInt64(1)...300 {
            tally.add(.answered(), of: Self.route(epoch: epoch), at: Self.now)
        }
        #expect(tally.lostCount == 44)
        let outcomes = tally.take()?.outcomes
        #expect(outcomes?.count == 256)
    }

    @Test func aReportIsRepeatedUnchangedUntilItIsSettled() throws {
        var reports = OutcomeReports(
            target: try TargetName("prod/chat"), reporter: "r", incarnation: 7)
        let none = reports.next()
        #expect(none == nil)
        reports.tally.add(.answered(), of: Self.route(epoch: 1), at: Self.now)
        let sent = reports.next()
        let first = try #require(sent)
        reports.tally.add(.answered(), of: Self.route(epoch: 1), at: Self.now)
        let again = reports.next()
        #expect(again == first, "what comes later goes into the next one")
        reports.settle(first)
        let later = reports.next()
        let second = try #require(later)
        #expect((first.sequence, second.sequence) == (1, 2))
        reports.settle(first)
        #expect(reports.pending == second, "an answer that comes twice settles nothing else")
    }

    @Test func everyOutcomeIsReportedOnceWhateverTheOrder() throws {
        for seed in UInt64(1)...40 {
            var random = SeededRandom(seed: seed)
            var reports = OutcomeReports(
                target: try TargetName("prod/chat"), reporter: "r", incarnation: seed)
            var (added, accepted) = (0, [UInt64: ReportOutcomes]())
            for _ in 0..<500 {
                switch Int.random(in: 0..<4, using: &random) {
                case 0, 1:
                    let epoch = UInt64.random(in: 1...5, using: &random)
                    let route = Self.route(epoch: epoch, attempt: epoch / 2)
                    reports.tally.add(.answered(), of: route, at: Self.now)
                    added += 1
                case 2:
                    // It arrives, but the answer is lost.
                    if let report = reports.next() { accepted[report.sequence] = report }
                default:
                    if let report = reports.next() {
                        accepted[report.sequence] = report
                        reports.settle(report)
                    }
                }
            }
            while let report = reports.next() {
                accepted[report.sequence] = report
                reports.settle(report)
            }
            let counted = accepted.values.flatMap(\.outcomes).reduce(0) {
                $0 + Int($1.requestCount)
            }
            #expect(counted == added, "seed \(seed)")
        }
    }

    @Test func aKeyFailsOnceInAWindow() {
        var failures = FirstFailures(capacity: 4)
        let firstWindow = [failures.insert(1), failures.insert(1)]
        #expect(firstWindow == [true, false])
        failures.rotate()
        let secondWindow = failures.insert(1)
        #expect(!secondWindow, "remembered for the window after")
        failures.rotate()
        let thirdWindow = failures.insert(1)
        #expect(thirdWindow)
        let others = (UInt64(10)..<1_000).map { failures.insert($0) }
        #expect(others.allSatisfy { $0 })
        let last = failures.insert(999)
        #expect(!last)
    }
}
