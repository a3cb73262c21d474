import AdminHTTP
import HTTPClient
import Ports
import Testing

/// A real server on loopback, for as long as `body` runs.
private func withServer(
    metrics: @escaping @Sendable () async throws -> String,
    _ body: (String) async throws -> Void
) async throws {
    let server = try AdminServer(
        at: "127.0.0.1:0", pages: AdminPages(notReadyBecause: { "starting" }, metrics: metrics))
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await server.run() }
        try await body("http://127.0.0.1:\(server.port)")
        group.cancelAll()
    }
}

@Suite struct CurlHTTPCallerTests {
    let caller = CurlHTTPCaller()

    @Test func anAnswerComesWithStatusHeadersAndBody() async throws {
        try await withServer(metrics: { "cairn_up 1\n" }) { url in
            let metrics = try await caller.answer(to: HTTPRequest(.get, url + "/metrics"))
            #expect(metrics.status == 200 && metrics.isSuccess)
            #expect(metrics.text == "cairn_up 1\n")
            #expect(
                metrics.headers.contains(
                    .init("Content-Type", "text/plain; version=0.0.4; charset=utf-8")))
            let ready = try await caller.answer(to: HTTPRequest(.get, url + "/readyz"))
            #expect(ready.status == 503 && !ready.isSuccess)
            #expect(ready.text == "starting\n")
            let post = try await caller.answer(
                to: HTTPRequest(
                    .post, url + "/metrics", headers: [.init("X-Cairn", "1")], body: [1, 2]))
            #expect(post.status == 405)
        }
    }

    @Test func manyRequestsAreUnderWayAtATime() async throws {
        try await withServer(metrics: { "x" }) { url in
            let answers = try await withThrowingTaskGroup(of: HTTPAnswer.self) { group in
                for _ in 0..<64 {
                    group.addTask {
                        try await caller.answer(to: HTTPRequest(.get, url + "/healthz"))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 64)
            #expect(answers.allSatisfy { $0.text == "ok\n" })
        }
    }

    @Test func whatCannotBeSentIsRefused() async throws {
        for url in ["ftp://127.0.0.1/x", "file:///etc/hostname", "127.0.0.1"] {
            await #expect(throws: HTTPFailure.self) {
                try await caller.answer(to: HTTPRequest(.get, url))
            }
        }
        let split = HTTPRequest(
            .get, "http://127.0.0.1:1/", headers: [.init("X", "1\r\nHost: elsewhere")])
        await #expect(throws: HTTPFailure(.invalid, "the header 'X' cannot be sent as it is")) {
            try await caller.answer(to: split)
        }
    }

    @Test func aDeadServerIsAFailureThatNamesIt() async throws {
        // Port 1 of loopback: nothing listens there.
        do {
            _ = try await caller.answer(to: HTTPRequest(.get, "http://127.0.0.1:1/x"))
            Issue.record("somebody answered")
        } catch let failure as HTTPFailure {
            #expect(failure.code == .unreachable)
            #expect(failure.description.hasPrefix("http://127.0.0.1:1/x: "))
        }
    }

    @Test func aSlowAnswerEndsAtItsTime() async throws {
        let bell = AsyncStream.makeStream(of: Void.self)
        try await withServer(metrics: {
            for await _ in bell.stream { break }
            return "late"
        }) { url in
            do {
                _ = try await caller.answer(
                    to: HTTPRequest(.get, url + "/metrics", timeout: .milliseconds(200)))
                Issue.record("it came in time")
            } catch let failure as HTTPFailure {
                #expect(failure.code == .timedOut)
            }
            bell.continuation.finish()
        }
    }

    @Test func aCancelledCallEndsAtOnce() async throws {
        let bell = AsyncStream.makeStream(of: Void.self)
        let asked = AsyncStream.makeStream(of: Void.self)
        try await withServer(metrics: {
            asked.continuation.yield()
            for await _ in bell.stream { break }
            return "late"
        }) { url in
            let call = Task {
                try await caller.answer(
                    to: HTTPRequest(.get, url + "/metrics", timeout: .seconds(600)))
            }
            for await _ in asked.stream { break }
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
            bell.continuation.finish()
        }
    }

    @Test func anAnswerOverItsBoundIsCutOff() async throws {
        try await withServer(metrics: { String(repeating: "x", count: 100_000) }) { url in
            do {
                _ = try await caller.answer(
                    to: HTTPRequest(.get, url + "/metrics", answerBytesMax: 1_000))
                Issue.record("100,000 bytes passed")
            } catch let failure as HTTPFailure {
                #expect(failure.code == .tooLong)
                #expect(failure.description == url + "/metrics answers more than 1000 bytes")
            }
        }
    }
}
