import CLinux
import CairnTestKit
import Glibc
import LinuxHost
import Messages
import Ports
import TCPTransport
import Testing

/// `cairn eval` while evaluations run: the real program, on a terminal of its own and on a pipe.
@Suite struct EvaluationWatchTests {
    /// An evaluator with two suites; what a watch is sent, and whether it ends, is the test's.
    private func evaluator(
        _ watched:
            @escaping @Sendable (EvaluationRecord, Outgoing<EvaluationRecord>) async throws ->
            Void
    ) -> RPCRoutes {
        var routes = RPCRoutes(serviceName: "cairn-evaluator")
        let record = { @Sendable (suite: String) in
            EvaluationRecord(
                evaluationId: Array(FakeServices.digest(suite).prefix(16)), model: "chat",
                number: "1.2.0", suite: suite, verdict: .pending, state: "queued")
        }
        routes.unary(EvaluatorMethods.listSuites) { _, _ in
            SuiteList(
                suites: ["digits", "letters"].map {
                    SuiteRecord(spec: SuiteSpec(name: $0, task: .binary))
                })
        }
        routes.unary(EvaluatorMethods.evaluate) { request, _ in record(request.suite) }
        routes.serverStream(EvaluatorMethods.watchEvaluation) { request, out, _ in
            let suite =
                request.evaluationId == record("digits").evaluationId ? "digits" : "letters"
            try await watched(record(suite), out)
        }
        return routes
    }

    private static func running(_ record: EvaluationRecord, _ done: UInt64) -> EvaluationRecord {
        var record = record
        record.state = "running"
        record.progress = EvaluationProgress(
            phase: "running", done: done, total: 1_000, unit: "examples")
        return record
    }

    private func serve<Result: Sendable>(
        _ routes: RPCRoutes, _ body: (String) async throws -> Result
    ) async throws -> Result {
        try await EventLoops.with { loops in
            let server = try TCPServer(routes, on: .tcp(host: "127.0.0.1", port: 0), loops: loops)
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                let result = try await body("\(server.address)")
                group.cancelAll()
                return result
            }
        }
    }

    @Test func ctrlCLeavesTheEvaluationRunningAndSaysSo() async throws {
        let routes = evaluator { record, out in
            try await out.send(Self.running(record, record.suite == "digits" ? 250 : 600))
            // Open until the client leaves.
            let (never, _) = AsyncStream.makeStream(of: Void.self)
            for await _ in never {}
        }
        try await serve(routes) { address in
            var tty: Int32 = -1
            let terminal = cairn_pseudo_terminal(&tty)
            try #require(terminal >= 0)
            let child = try ChildProcess(
                BuiltPrograms.path("cairn"), ["eval", "chat@v1.2.0", "--evaluator", address],
                environment: ["NO_COLOR": "1", "TERM": "xterm", "HOME": "/nonexistent"],
                descriptors: [.init(0, from: tty), .init(1, from: tty), .init(2, from: tty)])
            close(tty)
            var screen = await LiveWatchTests.read(terminal, until: ["25 %", "60 %"])
            #expect(screen.contains("digits  running"))
            #expect(screen.contains("250 of 1,000 examples"))
            #expect(screen.contains("Ctrl-C ends the watch, not the evaluation"))
            child.send(SIGINT)
            screen = String(decoding: await Readiness.readAll(terminal), as: UTF8.self)
            #expect(try await child.wait() == 1)
            close(terminal)
            let words = screen.split { $0 == " " || $0.isNewline }.joined(separator: " ")
            #expect(
                words.contains(
                    "the evaluation of chat@v1.2.0 on digits (running), letters (running) goes on"))
            #expect(words.contains("`cairn cancel chat@v1.2.0` ends it"))
        }
    }

    @Test func aPipeGetsALineForEachStateAndTenth() async throws {
        let routes = evaluator { record, out in
            for done: UInt64 in [0, 40, 120, 180, 900] {
                try await out.send(Self.running(record, done))
            }
            var end = record
            (end.state, end.verdict, end.exampleCount) = ("done", .pass, 1_000)
            try await out.send(end)
        }
        try await serve(routes) { address in
            let pipe = try Pipe()
            defer { close(pipe.readEnd) }
            let child = try ChildProcess(
                BuiltPrograms.path("cairn"),
                ["eval", "chat@v1.2.0", "--suite", "letters", "--watch", "--evaluator", address],
                environment: ["HOME": "/nonexistent"],
                descriptors: [.init(1, from: pipe.writeEnd), .init(2, from: pipe.writeEnd)])
            close(pipe.writeEnd)
            let text = String(decoding: await Readiness.readAll(pipe.readEnd), as: UTF8.self)
            #expect(try await child.wait() == 0)
            let lines = text.split(separator: "\n").map { line in
                // Rates depend on the moment.
                line.split(separator: "  ").first.map(String.init) ?? ""
            }
            #expect(
                lines == [
                    "letters: queued", "letters: running",
                    "letters: running 10 %, 120 of 1,000 examples",
                    "letters: running 90 %, 900 of 1,000 examples",
                    "chat@v1.2.0 on letters: pass",
                ])
        }
    }

    @Test func anEvaluatorThatRestartsIsWaitedFor() async throws {
        let attempts = Attempts()
        let routes = evaluator { record, out in
            guard await attempts.next() > 1 else {
                try await out.send(Self.running(record, 100))
                throw RPCError(.unavailable, "it goes down")
            }
            var end = record
            (end.state, end.verdict) = ("done", .pass)
            try await out.send(end)
        }
        try await serve(routes) { address in
            let pipe = try Pipe()
            defer { close(pipe.readEnd) }
            let child = try ChildProcess(
                BuiltPrograms.path("cairn"),
                ["eval", "chat@v1.2.0", "--suite", "digits", "--evaluator", address],
                environment: ["HOME": "/nonexistent"],
                descriptors: [.init(1, from: pipe.writeEnd), .init(2, from: pipe.writeEnd)])
            close(pipe.writeEnd)
            let text = String(decoding: await Readiness.readAll(pipe.readEnd), as: UTF8.self)
            #expect(try await child.wait() == 0)
            #expect(text.contains("the evaluator does not answer; trying again"))
            #expect(text.contains("on digits: pass"))
        }
    }

    private actor Attempts {
        private var count = 0
        func next() -> Int {
            count += 1
            return count
        }
    }
}
