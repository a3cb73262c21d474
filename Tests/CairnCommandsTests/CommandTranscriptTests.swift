import CairnTestKit
import Glibc
import LinuxHost
import Ports
import TCPTransport
import Terminal
import Testing

@testable import CairnCommands

/// Commands against fake services over real sockets, as a person would see them.
@Suite struct CommandTranscriptTests {
    /// One command with its output and exit code. Both streams go into one pipe, in order.
    private func run(_ line: String, _ environment: [String: String]) async throws -> String {
        let pipe = try Pipe()
        defer { close(pipe.readEnd) }
        let terminal = Terminal(pipe.writeEnd, environment: environment)
        let words = line.split(separator: " ").map {
            $0.split(separator: "_").joined(separator: " ")
        }
        let code = await CairnMain.run(
            words, environment: environment, out: terminal, notes: terminal, clock: SystemClock())
        close(pipe.writeEnd)
        let text = String(decoding: await Readiness.readAll(pipe.readEnd), as: UTF8.self)
        return "$ cairn \(line)\n\(text)" + (code == 0 ? "" : "[exit code \(code)]\n")
    }

    func transcript(
        _ lines: [String], _ routes: [String: RPCRoutes], _ extra: [String: String] = [:]
    ) async throws -> String {
        try await EventLoops.with { loops in
            try await withThrowingTaskGroup(of: Void.self) { group in
                var environment = ["USER": "anna"].merging(extra) { $1 }
                for (variable, routes) in routes {
                    let server = try TCPServer(
                        routes, on: .tcp(host: "127.0.0.1", port: 0), loops: loops)
                    environment[variable] = "\(server.address)"
                    group.addTask { try await server.run() }
                }
                var text = ""
                for line in lines { text += try await run(line, environment) + "\n" }
                group.cancelAll()
                return text
            }
        }
    }

    /// Shows the first line that differs.
    private func expectGolden(_ difference: String?) {
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test func verbsSayWhatTheyWillDoAndWhatTheyDid() async throws {
        let text = try await transcript(
            [
                "deploy prod/chat chat@v1.2.0 --plan",
                "deploy prod/chat chat@v1.2.0 --reason it_is_better",
                "deploy prod/chat chat@v1.2.0 --expect-revision 3", "deploy prod/chat chat@v1.2",
                "deploy prod/chat v1.2.0", "promote prod/chat", "pause prod/chat --actor bob",
                "rollback prod/chat --reason wrong_answers", "rollback prod/chat --to newest",
                "unquarantine prod/chat v1.1.0", "unquarantine prod/chat v9.0.0",
            ], ["CAIRN_CONTROLLER": FakeServices.controller, "CAIRN_INGEST": FakeServices.ingest])
        expectGolden(try Golden.difference(text, from: "verbs.txt"))
    }

    @Test func aRolloutUnderWayIsInAnOperatorsHands() async throws {
        let text = try await transcript(
            [
                "skip-step prod/chat --plan", "skip-step prod/chat --reason seen",
                "goto prod/chat 1", "goto prod/chat first", "promote prod/chat --keep-guards",
                "abort prod/chat --quarantine --no-wait",
                "quarantine prod/chat chat@v1.2.0 --reason slurs",
                "quarantine prod/chat v1.0.0 --reason slurs", "quarantine prod/chat v7.0.0",
                "freeze add prod/chat --window xmas --from 2026-12-23 --until 2027-01-02",
                "freeze add prod/chat --window nights --from 2026-12-23T20:00Z "
                    + "--until 2026-12-24T06:00Z --every 24h",
                "freeze add prod/chat --window x --from noon --until later",
                "freeze add prod/chat --from 2026-12-23", "freeze remove prod/chat --window xmas",
                "hook list prod/chat", "hook answer prod/chat prod/chat#2/1/rollout/x --yes",
                "hook answer prod/chat prod/chat#2/1/rollout/x --no", "hook answer prod/chat x",
                "hook answer prod/chat other --yes", "audit verdict prod/chat",
                "audit verdict prod/calm", "audit verdict prod/edited --attempt 2",
            ], ["CAIRN_CONTROLLER": FakeServices.controller, "CAIRN_INGEST": FakeServices.ingest])
        expectGolden(try Golden.difference(text, from: "operating.txt"))
    }

    @Test func targetsAreShownAndWatched() async throws {
        let text = try await transcript(
            [
                "status prod/chat", "target list", "freeze list", "history prod/chat",
                "history prod/chat --at 2027-01-15T08:00Z", "history prod/chat --at yesterday",
                "history prod/chat --metric loss", "audit verify", "audit verify prod/edited",
                "status prod/chat --watch --until-settled", "status --watch",
            ], ["CAIRN_CONTROLLER": FakeServices.controller])
        expectGolden(try Golden.difference(text, from: "targets.txt"))
    }

    @Test func versionsAreListedVerifiedAndJudged() async throws {
        let text = try await transcript(
            [
                "versions", "versions chat", "verify chat@v1.2.0", "verify chat@v1.2.0 chat@v1.1.0",
                "verify v1.2.0", "eval chat@v1.2.0", "eval chat@v1.1.0 --suite digits",
                "eval chat@v1.2.0 --suite digit", "run log 01a20b484ebb708d97b91bf87c50dc63 loss=x",
                "run log 01a20b484ebb708d97b91bf87c50dc63 loss=0.5 --step 3", "run finish nonsense",
                "completions bsh", "version", "history chat", "compare chat@v1.0.0 other@v1.0.0",
            ], ["CAIRN_EVALUATOR": FakeServices.evaluator, "CAIRN_INGEST": FakeServices.ingest])
        expectGolden(try Golden.difference(text, from: "versions.txt"))
    }

    @Test func dataSetsTravelWhole() async throws {
        let folder = try ScratchFolder()
        for (name, count) in [("empty.csv", 0), ("big.csv", 2_500_000)] {
            try folder.write(name, [UInt8](repeating: 0x41, count: count))
        }
        let text = try await transcript(
            [
                "dataset add \(folder.path)/empty.csv",
                "dataset add \(folder.path)/big.csv --name b",
                "dataset add \(folder.path)/none.csv", "dataset add \(folder.path)",
            ], ["CAIRN_EVALUATOR": FakeServices.evaluator])
        let shown = text.split(separator: folder.path).joined(separator: "DIR")
        expectGolden(try Golden.difference(shown, from: "datasets.txt"))
    }

    @Test func aServiceThatIsAwayIsNamedWithWhatToDo() async throws {
        let away = [
            "CAIRN_INGEST": "127.0.0.1:1", "CAIRN_EVALUATOR": "127.0.0.1:1",
            "CAIRN_CONTROLLER": "127.0.0.1:1",
        ]
        let text = try await transcript(
            [
                "versions", "rollback prod/chat", "status", "status --json",
                "versions --ingest nowhere",
            ], [:], away)
        expectGolden(try Golden.difference(text, from: "away.txt"))
    }
}
