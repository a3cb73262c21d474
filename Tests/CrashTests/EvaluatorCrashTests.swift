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
/// Short and with seeds that are kept, unless `CAIRN_KILLS` says how often evaluators are killed: then
/// `CAIRN_QUEUED` is how many jobs wait for them, and `CAIRN_SEED` repeats the order of one run.
/// `make crash-test` is the long form.
@Suite(.serialized) struct EvaluatorCrashTests {
    private let clock = SystemClock()
    private static let fleetCount = 3

    /// Seeds that once failed stay here. 404: whoever looked whether another had ended closed a
    /// descriptor twice, and with it one that another thread had just opened. 318974: a job was given
    /// up that had been killed twenty times, though it got further in between.
    private static let keptSeeds: [UInt64] = [404, 318_974]

    private static func number(_ name: String) -> Int? {
        getenv(name).flatMap { Int(String(cString: $0)) }
    }

    private struct Plan {
        var jobCount = 12
        var kills = 3...6
        var seeds = EvaluatorCrashTests.keptSeeds
        let runnerSeconds = "0.5"

        init() {
            guard let kills = EvaluatorCrashTests.number("CAIRN_KILLS") else { return }
            self.kills = kills...kills
            jobCount = EvaluatorCrashTests.number("CAIRN_QUEUED") ?? kills * 5 / 4
            let seed = EvaluatorCrashTests.number("CAIRN_SEED") ?? Int.random(in: 1...1_000_000)
            seeds = [UInt64(clamping: seed)]
        }
    }

    @Test(.timeLimit(.minutes(30))) func everyJobEndsOnceWithTheSameBitsHoweverOftenEvaluatorsDie()
        async throws
    {
        let plan = Plan()
        let scratch = try ScratchFolder()
        let work = EvaluatorWork(
            folder: scratch.path, versionCount: plan.jobCount, runnerSeconds: plan.runnerSeconds)
        try await work.withIngest {
            try await work.push()
            let (calm, _) = try await run(work, "calm", disturbedBy: nil)
            #expect(calm.count == plan.jobCount)
            #expect(calm.values.allSatisfy { $0.count == 1 && $0[0].leaseCount >= 1 })
            for seed in plan.seeds {
                print(
                    "evaluator crash test: \(plan.jobCount) jobs, \(plan.kills.upperBound) kills, "
                        + "seed \(seed)")
                let (wild, fleet) = try await run(
                    work, "wild-\(seed)", disturbedBy: Disturbance(plan.kills, seed))
                try check(wild, against: calm, fleet, seed)
                try await checkThatNothingIsLeft(by: fleet)
            }
        }
    }

    private func check(
        _ wild: [String: [EvaluatorResult]], against calm: [String: [EvaluatorResult]],
        _ fleet: EvaluatorFleet, _ seed: UInt64
    ) throws {
        #expect(Set(wild.keys) == Set(calm.keys))
        for (name, results) in calm { #expect(wild[name] == results, "\(name) of seed \(seed)") }
        let leases = wild.values.joined().map(\.leaseCount).reduce(0, +)
        print("evaluator crash test: jobs were taken \(leases) times")
        let told = try fleet.verdicts()
        #expect(Set(told.keys) == Set(calm.keys), "seed \(seed)")
        #expect(told.values.allSatisfy { $0 == 1 }, "seed \(seed): one was told of twice")
    }

    private func run(_ work: EvaluatorWork, _ name: String, disturbedBy kills: Disturbance?)
        async throws -> ([String: [EvaluatorResult]], EvaluatorFleet)
    {
        let fleet = EvaluatorFleet(
            folder: work.folder + "/" + name, ingest: work.ingest, count: Self.fleetCount)
        try Files.makeFolder(fleet.folder)
        try await fleet.startAll()
        do {
            try await work.order(from: fleet)
            try await kills?.carryOut(on: fleet)
            try await waitForEnd(of: fleet)
            let results = try fleet.results(of: work.models)
            try await fleet.endAll()
            return (results, fleet)
        } catch {
            try await fleet.endAll()
            throw error
        }
    }

    /// Nothing rings here when a job of other processes ends.
    private func waitForEnd(of fleet: EvaluatorFleet) async throws {
        while try fleet.pendingCount() > 0 {
            try await clock.sleep(until: clock.now() + .milliseconds(50))
        }
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
    @Test(.timeLimit(.minutes(10))) func oneThatSleptThroughItsLeaseDisturbsNobody() async throws {
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
