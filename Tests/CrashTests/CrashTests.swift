import CairnClient
import CairnCore
import CairnTestKit
import Glibc
import LinuxHost
import Messages
import Ports
import Testing

/// Each service is killed at random moments while trainers push and operators roll out; afterwards
/// all that was acknowledged is there, and nothing is there twice.
///
/// `CAIRN_KILLS` sets how often (24 unless it says otherwise; the long form is 500), `CAIRN_SEED`
/// repeats the order of one run.
@Suite(.serialized) struct CrashTests {
    private let clock = SystemClock()

    private static func number(_ name: String) -> Int? {
        getenv(name).flatMap { Int(String(cString: $0)) }
    }

    @Test(.timeLimit(.minutes(20))) func nothingAcknowledgedIsLostHoweverOftenServicesAreKilled()
        async throws
    {
        let kills = Self.number("CAIRN_KILLS") ?? 24
        let seed = UInt64(Self.number("CAIRN_SEED") ?? Int.random(in: 1...1_000_000))
        print("crash test: \(kills) kills, seed \(seed)")
        let scratch = try ScratchFolder()
        let fleet = CrashFleet(folder: scratch.path, base: UInt16(21_000 + seed % 3_000 * 3))
        for service in CrashFleet.Service.allCases { try fleet.start(service) }
        do {
            try await withClient(of: fleet.addresses, named: "crash test") { client in
                try await prepare(client)
                let work = CrashWork(client)
                try await run(work, client, fleet, kills: kills, seed: seed)
                print(
                    "crash test: \(work.pushes.count) versions and \(work.done.count) verbs were "
                        + "acknowledged")
                try await check(work, client, scratch.path)
            }
        } catch {
            try await fleet.endAll()
            throw error
        }
        try await fleet.endAll()
    }

    private func prepare(_ client: CairnClient) async throws {
        let data = Array("id,label\na,1\nb,2\n".utf8)
        let dataset = try await client.evaluator.addDataset(
            name: "tiny", fileName: "tiny.csv", data)
        for model in ["red", "blue"] {
            _ = try await client.evaluator.channel.call(
                EvaluatorMethods.applySuite,
                SuiteSpec(
                    name: "tiny", model: model, datasetDigest: dataset.digest, task: .multiclass))
        }
        _ = try await client.controller.channel.call(
            ControllerMethods.applyTarget,
            TargetSpec(
                target: CrashWork.target, model: "red",
                plan: PlanSpec(
                    steps: [PlanStep(weightBp: 1_000, bakeMs: 20), PlanStep(weightBp: 10_000)],
                    watch: WatchSpec(durationMs: 100), rollback: RollbackSpec(quietMs: 20),
                    onBusy: "supersede", skipVerdict: true), actor: "crash test"))
    }

    private func run(
        _ work: CrashWork, _ client: CairnClient, _ fleet: CrashFleet, kills: Int, seed: UInt64
    ) async throws {
        let router = client.router(for: try TargetName(CrashWork.target), named: "router") { _ in }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await work.push("red", seed: seed) }
            group.addTask { try await work.push("blue", seed: seed + 1) }
            group.addTask { try await work.operate("red", seed: seed + 2) }
            group.addTask { try await router.run() }
            group.addTask { [clock] in
                var random = SeededRandom(seed: seed + 3)
                for _ in 0..<kills {
                    let pause = Int.random(in: 50...400, using: &random)
                    // The moment of a kill is what is random here: nothing waits for it.
                    try await clock.sleep(until: clock.now() + .milliseconds(pause))
                    let service = CrashFleet.Service.allCases.randomElement(using: &random)!
                    try await fleet.kill(service)
                    try fleet.start(service)
                }
                work.end()
                router.beginShutdown()
            }
            try await group.waitForAll()
        }
    }

    // MARK: What holds afterwards

    private func check(_ work: CrashWork, _ client: CairnClient, _ folder: String) async throws {
        #expect(!work.pushes.isEmpty)
        try await checkVersions(work, client, folder)
        try await checkEvaluations(work, client)
        try await checkRollouts(work, client)
    }

    private func checkVersions(_ work: CrashWork, _ client: CairnClient, _ folder: String)
        async throws
    {
        for push in work.pushes {
            let known = try await client.ingest.resolve(push.reference)
            #expect(known.manifestDigest == push.manifest.bytes, "\(push.reference)")
        }
        for push in work.pushes.suffix(10) {
            let place = "\(folder)/pulled-\(push.reference)"
            _ = try await client.ingest.pull(push.reference, into: place)
            let bytes = try Files.read(place + "/weights.bin")
            #expect(bytes.map { Digest(of: $0) } == push.bytes, "\(push.reference)")
        }
        for model in ["red", "blue"] {
            let listed = try await client.ingest.channel.call(
                IngestMethods.listVersions, ListVersions(model: model)
            ).versions
            #expect(Set(listed.map(\.number)).count == listed.count, "a number stands twice")
            let acknowledged = work.pushes.count { $0.reference.hasPrefix(model) }
            #expect(listed.count == acknowledged, "a version stands that nobody pushed")
        }
        let damages = try await client.ingest.channel.stream(
            IngestMethods.verifyVersion, VerifyVersion(), .endless
        ) { progress in
            var last: VerifyProgress?
            while let (next, _) = try await progress.next() { last = next }
            return last
        }
        #expect(damages?.done == true && damages?.damages == [])
    }

    /// Every version reached the evaluator, once.
    private func checkEvaluations(_ work: CrashWork, _ client: CairnClient) async throws {
        for push in work.pushes {
            let model = String(push.reference.prefix { $0 != "@" })
            var known: [EvaluationRecord] = []
            for _ in 0..<200 {
                known = try await client.evaluator.channel.call(
                    EvaluatorMethods.listEvaluations,
                    ListEvaluations(model: model, number: push.number.number)
                ).evaluations
                if !known.isEmpty { break }
                // The outbox's courier may wait for its next try; nothing rings here when it comes.
                try await clock.sleep(until: clock.now() + .milliseconds(100))
            }
            #expect(known.count == 1, "\(push.reference) has \(known.count) evaluations")
        }
    }

    private func checkRollouts(_ work: CrashWork, _ client: CairnClient) async throws {
        let audit = try await client.controller.channel.call(
            ControllerMethods.verifyAudit, VerifyAudit())
        #expect(audit.damages == [])
        let entries = try await client.controller.channel.stream(
            ControllerMethods.getHistory, GetHistory(target: CrashWork.target), .endless
        ) { entries in
            var all: [HistoryEntry] = []
            while let (entry, _) = try await entries.next() { all.append(entry) }
            return all
        }
        var times: [String: Int] = [:]
        for entry in entries where !entry.reason.isEmpty { times[entry.reason, default: 0] += 1 }
        for reason in work.done.keys {
            #expect(times[reason] == 1, "\(reason) stands \(times[reason] ?? 0) times")
        }
        #expect(times.values.allSatisfy { $0 == 1 }, "a verb was applied twice")
        #expect(Set(times.keys).isSubset(of: work.asked))
        #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.epoch <= $1.epoch })
        let status = try await client.controller.status(try TargetName(CrashWork.target))
        #expect(status.epoch == entries.last?.epoch)
    }
}
