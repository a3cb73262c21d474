import CairnClient
import CairnCore
import CairnTestKit
import Evaluation
import Glibc
import Messages
import Ports
import TCPTransport
import Testing

@testable import LinuxHost

/// Three evaluators on one queue are killed and stopped at random moments; afterwards every job has
/// ended exactly once, with the bits of a run that nobody disturbed.
///
/// `CAIRN_QUEUED` sets how many jobs (24 unless it says otherwise; the long form is 200),
/// `CAIRN_KILLS` how often (24), `CAIRN_SEED` repeats the order of one run.
@Suite(.serialized) struct EvaluatorCrashTests {
    private let clock = SystemClock()
    private static let fleetCount = 3

    private static func number(_ name: String) -> Int? {
        getenv(name).flatMap { Int(String(cString: $0)) }
    }

    @Test(.timeLimit(.minutes(30))) func everyJobEndsOnceWithTheSameBitsHoweverOftenEvaluatorsDie()
        async throws
    {
        let queued = Self.number("CAIRN_QUEUED") ?? 24
        let kills = Self.number("CAIRN_KILLS") ?? 24
        let seed = UInt64(Self.number("CAIRN_SEED") ?? Int.random(in: 1...1_000_000))
        print("evaluator crash test: \(queued) jobs, \(kills) kills, seed \(seed)")
        let scratch = try ScratchFolder()
        let work = EvaluatorWork(folder: scratch.path, versionCount: queued)
        try await work.withIngest {
            try await work.push()
            let (calm, _) = try await run(work, "calm", disturbedBy: nil)
            let (wild, fleet) = try await run(work, "wild", disturbedBy: (kills, seed))
            #expect(calm.count == queued)
            #expect(Set(wild.keys) == Set(calm.keys))
            for (name, results) in calm {
                #expect(results.count == 1 && results[0].leaseCount >= 1)
                #expect(wild[name] == results, "\(name) of seed \(seed)")
            }
            let all = wild.values.flatMap { $0 }
            print(
                "evaluator crash test: jobs were taken \(all.map(\.leaseCount).reduce(0, +)) times, "
                    + "left by a worker \(all.map(\.crashCount).reduce(0, +)) times")
            let told = try fleet.verdicts()
            #expect(Set(told.keys) == Set(calm.keys) && told.values.allSatisfy { $0 == 1 })
            try await checkThatNothingIsLeft(by: fleet)
        }
    }

    private func run(_ work: EvaluatorWork, _ name: String, disturbedBy kills: (Int, UInt64)?)
        async throws -> ([String: [EvaluatorResult]], EvaluatorFleet)
    {
        let fleet = EvaluatorFleet(
            folder: work.folder + "/" + name, ingest: work.ingest, count: Self.fleetCount)
        try Files.makeFolder(fleet.folder)
        try await fleet.startAll()
        do {
            try await work.order(from: fleet)
            if let (count, seed) = kills { try await disturb(fleet, count, seed) }
            try await waitForEnd(of: fleet)
            let results = try fleet.results(of: work.models)
            try await fleet.endAll()
            return (results, fleet)
        } catch {
            try await fleet.endAll()
            throw error
        }
    }

    /// Three of four times an evaluator is killed, else stopped for longer than its leases last.
    private func disturb(_ fleet: EvaluatorFleet, _ kills: Int, _ seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        var done = 0
        while done < kills, try fleet.pendingCount() > 0 {
            try await pause(.milliseconds(Int.random(in: 10...250, using: &random)))
            let index = Int.random(in: 0..<Self.fleetCount, using: &random)
            if Int.random(in: 0..<4, using: &random) > 0 {
                try await fleet.kill(index)
                // Sometimes at once, sometimes after the others have noticed.
                try await pause(.milliseconds([0, 0, 400].randomElement(using: &random)!))
                try await fleet.start(index)
            } else {
                fleet.send(SIGSTOP, to: index)
                try await pause(.milliseconds(Int.random(in: 200...1_800, using: &random)))
                fleet.send(SIGCONT, to: index)
            }
            done += 1
        }
        print("evaluator crash test: \(done) times an evaluator was killed or stopped")
    }

    /// Which moment it is, is what is random here: nothing else waits by the clock.
    private func pause(_ duration: Duration) async throws {
        try await clock.sleep(until: clock.now() + duration)
    }

    /// Nothing rings here when a job of other processes ends.
    private func waitForEnd(of fleet: EvaluatorFleet) async throws {
        while try fleet.pendingCount() > 0 { try await pause(.milliseconds(50)) }
    }

    /// After one more start, which clears up after those who died between an end and its clearing up.
    private func checkThatNothingIsLeft(by fleet: EvaluatorFleet) async throws {
        try await fleet.start(0, waits: true)
        try await fleet.endAll()
        let folder = fleet.folder + "/evaluator"
        #expect(try FileTree.names(in: folder + "/work") == [])
        for name in try FileTree.names(in: folder + "/evaluations") {
            let files = try FileTree.names(in: "\(folder)/evaluations/\(name)")
            #expect(files.allSatisfy { $0.hasPrefix("runner-") }, "\(name): \(files)")
        }
        let owner = try #require(try Files.readText(folder + "/owner")).dropLast()
        #expect(MarkedProcesses.end(markedWith: "\(owner)/") == 0, "runners were left running")
    }

    /// Stopped in the middle of a job until another has it, and woken while that works on it.
    @Test(.timeLimit(.minutes(2))) func oneThatSleptThroughItsLeaseDisturbsNobody() async throws {
        let scratch = try ScratchFolder()
        let work = EvaluatorWork(folder: scratch.path, versionCount: 1, runnerSeconds: "1.5")
        try await work.withIngest {
            try await work.push()
            let fleet = EvaluatorFleet(
                folder: scratch.path + "/data", ingest: work.ingest, count: 2)
            try Files.makeFolder(fleet.folder)
            try await fleet.start(0, waits: true)
            do {
                try await work.order(from: fleet)
                try await work.waitForState("running", of: fleet, 0)
                fleet.send(SIGSTOP, to: 0)
                try await fleet.start(1, waits: true)
                // Its place is taken, so only its lease tells that it does not work.
                try await work.waitForWorker("worker-2", of: fleet, 1)
                fleet.send(SIGCONT, to: 0)
                try await waitForEnd(of: fleet)
                try await fleet.endAll()
            } catch {
                try await fleet.endAll()
                throw error
            }
            let results = try fleet.results(of: work.models).values.flatMap { $0 }
            #expect(results.map(\.verdict) == [.pass] && results[0].leaseCount >= 3)
            #expect(try fleet.verdicts().values.map { $0 } == [1])
            let log = try #require(try Files.readText(fleet.folder + "/e0.log"))
            #expect(log.contains("was lost"), "\(log)")
            try await checkThatNothingIsLeft(by: fleet)
        }
    }
}
