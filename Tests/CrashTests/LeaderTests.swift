import CairnClient
import CairnCore
import CairnTestKit
import Glibc
import LinuxHost
import Messages
import Ports
import Testing

/// G10: a controller that was stopped for longer than its lease, and woken, changes nothing.
///
/// `CAIRN_STOPS` sets how often (3 unless it says otherwise), `CAIRN_STOP_SECONDS` for how long (2;
/// the long form stops for 60 s, once).
@Suite(.serialized) struct LeaderTests {
    private static let target = "prod/lead"
    private static let leaseSeconds = 1
    private let clock = SystemClock()

    private static func number(_ name: String) -> Int? {
        getenv(name).flatMap { Int(String(cString: $0)) }
    }

    @Test(.timeLimit(.minutes(20))) func aControllerThatWasStoppedChangesNothing() async throws {
        let stops = Self.number("CAIRN_STOPS") ?? 3
        let seconds = Self.number("CAIRN_STOP_SECONDS") ?? 2
        let scratch = try ScratchFolder()
        let both = (0..<2).map { ControllerProcess(folder: scratch.path, index: $0) }
        try both[0].start(leaseSeconds: Self.leaseSeconds)
        await both[0].waitTillReady()
        try await withClient(of: try both[0].addresses, named: "leader test", prepare)
        var stale: Set<String> = []
        for stop in 0..<stops {
            let (leader, other) = (both[stop % 2], both[1 - stop % 2])
            try other.start(leaseSeconds: Self.leaseSeconds)
            stale.formUnion(
                try await run(stop, leader, other, stopped: .seconds(seconds)))
            // It found that another leads, and ended.
            #expect(try await leader.wait() == 1)
        }
        let last = both[stops % 2]
        let entries = try await withClient(of: try last.addresses, named: "leader test", history)
        let written = stale.intersection(entries.map(\.reason))
        print(
            "leader test: \(stops) leaders stopped for \(seconds) s, \(stale.count) writes tried "
                + "after they woke, \(written.count) accepted")
        #expect(written.isEmpty)
        #expect(stale.count >= 4 * stops)
        let tokens = entries.compactMap { entry in
            entry.summary.firstRange(of: "leads with token ").flatMap {
                UInt64(entry.summary[$0.upperBound...].prefix { $0.isNumber })
            }
        }
        #expect(tokens == Array(2..<UInt64(stops) + 2))
        try await last.end()
    }

    private func prepare(_ client: CairnClient) async throws {
        _ = try await client.controller.channel.call(
            ControllerMethods.applyTarget,
            TargetSpec(
                target: Self.target, model: "red",
                plan: PlanSpec(
                    steps: [PlanStep(weightBp: 1_000, bakeMs: 20), PlanStep(weightBp: 10_000)],
                    watch: WatchSpec(durationMs: 100), onBusy: "supersede", skipVerdict: true),
                actor: "leader test"))
    }

    /// - Returns: the reasons of what was asked of the stopped one, and what it did after it woke.
    private func run(
        _ stop: Int, _ leader: ControllerProcess, _ other: ControllerProcess, stopped: Duration
    ) async throws -> Set<String> {
        try await withClient(of: try leader.addresses, named: "leader test") { client in
            try await deploy(client, "before stop \(stop)")
            leader.stop()
            // What is on its way to it when it wakes: nobody answers these now.
            async let late: [Void] = withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<4 {
                    group.addTask { try await refused(client, "late \(stop).\(number)") }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            await other.waitTillReady()
            let taken = clock.now()
            try await withClient(of: try other.addresses, named: "leader test") { client in
                try await deploy(client, "meanwhile \(stop)")
            }
            // For how long it is stopped is what is tested here.
            try await clock.sleep(until: taken + stopped)
            leader.send(SIGCONT)
            _ = try await late
            return Set((0..<4).map { "late \(stop).\($0)" })
        }
    }

    private func deploy(_ client: CairnClient, _ reason: String) async throws {
        let reply = try await client.controller.channel.call(
            ControllerMethods.deploy, request(reason), CallOptions(deadline: .seconds(60)))
        #expect(reply.changed, "\(reason)")
    }

    /// It may say that another leads, or end before it says anything.
    private func refused(_ client: CairnClient, _ reason: String) async throws {
        do {
            let reply = try await client.controller.channel.call(
                ControllerMethods.deploy, request(reason), CallOptions(deadline: .seconds(120)))
            Issue.record("\(reason) was answered: \(reply)")
        } catch let error as RPCError {
            #expect(
                [.unavailable, .deadlineExceeded, .cancelled].contains(error.code),
                "\(reason): \(error)")
        }
    }

    private func request(_ reason: String) -> Deploy {
        // A version of its own for each: none serves already.
        let manifest = Digest(of: Array(reason.utf8))
        let patch = manifest.bytes.prefix(3).reduce(0) { $0 << 8 | UInt32($1) }
        return Deploy(
            target: Self.target, number: "1.0.\(patch)", manifestDigest: manifest.bytes,
            expectation: Expectation(actor: "leader test", reason: reason))
    }

    private func history(_ client: CairnClient) async throws -> [HistoryEntry] {
        let audit = try await client.controller.channel.call(
            ControllerMethods.verifyAudit, VerifyAudit())
        #expect(audit.damages == [])
        return try await client.controller.channel.stream(
            ControllerMethods.getHistory, GetHistory(target: Self.target), .endless
        ) { entries in
            var all: [HistoryEntry] = []
            while let (entry, _) = try await entries.next() { all.append(entry) }
            return all
        }
    }
}
