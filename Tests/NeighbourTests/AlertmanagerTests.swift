import AdminHTTP
import CairnCore
import ControllerService
import HTTPClient
import LinuxHost
import Messages
import Ports
import Synchronization
import Testing

/// Debian's Alertmanager, which is told of alerts and posts them to a controller.
@Suite(
    .serialized, .timeLimit(.minutes(10)),
    .enabled(
        if: Programs.isInstalled("prometheus-alertmanager"),
        "needs prometheus-alertmanager: scripts/setup.sh test"))
struct AlertmanagerTests {
    let http = CurlHTTPCaller()
    static let token = "a-token-of-24-characters"

    func post(_ url: String, _ body: String, token: String? = nil) async throws -> HTTPAnswer {
        var request = HTTPRequest(
            .post, url, headers: [.init("Content-Type", "application/json")],
            body: Array(body.utf8), timeout: .seconds(20))
        if let token { request.headers.append(.init("Authorization", "Bearer " + token)) }
        (request.isDirect, request.isAlone) = (true, true)
        return try await http.answer(to: request)
    }

    /// Until Alertmanager takes it: it is starting at first.
    func tell(_ port: Int, _ body: String) async throws {
        while true {
            do {
                let answer = try await post("http://127.0.0.1:\(port)/api/v2/alerts", body)
                if answer.status == 200 { return }
                #expect(answer.status >= 500, "\(answer.text)")
            } catch let error as HTTPFailure where error.code == .unreachable {
                // Not yet.
            }
            await Task.yield()
        }
    }

    static func alert(version: String, from start: Timestamp, until end: Timestamp? = nil) -> String
    {
        let ending = end.map { #","endsAt":"\#($0)""# } ?? ""
        return #"""
            [{"labels":{"alertname":"HighErrors","action":"rollback","model":"chat","version":"\#(version)"},
            "annotations":{"summary":"10 % fail"},"startsAt":"\#(start)"\#(ending)}]
            """#
    }

    @Test func aFiringAlertTurnsBackAndAResolvedOneBringsNothing() async throws {
        let programs = try Programs()
        let service = ControllerService(
            store: InMemoryControllerStore(), evaluator: NobodyThere(), clock: SystemClock())
        try await service.load()
        let channel = InMemoryChannel(service.routes())
        let answers = Mutex<[String]>([])
        let (bodies, came) = AsyncStream.makeStream(of: String.self)
        let hook = try AdminServer(
            at: "127.0.0.1:0", pages: AdminPages(notReadyBecause: { nil }) { "" },
            posts: [
                "/alertmanager": { posted in
                    guard posted.isAuthorized(by: Self.token) else {
                        return PostAnswer(401, "no\n")
                    }
                    let answer = await service.takeAlerts(posted.bytes)
                    answers.withLock { $0.append(answer.text) }
                    came.yield(answer.text)
                    return PostAnswer(answer.status, answer.text)
                }
            ])
        let port = freePort()
        let configuration = programs.write(
            "am.yml",
            """
            route: {receiver: cairn, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1s}
            receivers:
              - name: cairn
                webhook_configs:
                  - url: http://127.0.0.1:\(hook.port)/alertmanager
                    send_resolved: true
                    http_config: {authorization: {type: Bearer, credentials: \(Self.token)}}

            """)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await hook.run() }
            group.addTask { try await service.run() }
            defer { group.cancelAll() }
            let alertmanager = try programs.start(
                "exec prometheus-alertmanager --config.file=\(configuration) --storage.path="
                    + "\(programs.scratch.path)/am --web.listen-address=127.0.0.1:\(port) "
                    + "--cluster.listen-address=", log: "am.log")
            var plan = PrometheusTests.plan
            plan.guards = []
            plan.steps[0].manualGate = true
            _ = try await channel.call(
                ControllerMethods.applyTarget,
                TargetSpec(target: "prod/chat", model: "chat", plan: plan, actor: "ann"))
            try await PrometheusTests.deploy("1.0.0", on: channel)
            try await PrometheusTests.deploy("1.1.0", on: channel)
            let start = SystemClock().now()
            try await tell(port, Self.alert(version: "1.1.0", from: start))
            let status = try await PrometheusTests.settle(channel) { $0.state == "rolled_back" }
            #expect(status.lastRollback?.cause == "alert HighErrors: 10 % fail")
            #expect(status.quarantine.map(\.number) == ["1.1.0"])
            // The same alert again, and its end: told, and nothing moves.
            var stream = bodies.makeAsyncIterator()
            while let text = await stream.next(), !text.contains("left alone") {}
            try await tell(
                port, Self.alert(version: "1.1.0", from: start, until: SystemClock().now()))
            while let text = await stream.next(), !text.contains("resolved") {}
            let after = try await PrometheusTests.settle(channel) { _ in true }
            #expect(after.revision == status.revision && after.state == "rolled_back")
            try await programs.stop(alertmanager)
        }
    }

    /// The program itself: its token, its path, its words for what is wrong.
    @Test func theControllersOwnPortAsksForItsToken() async throws {
        let programs = try Programs()
        let (port, rpc) = (freePort(), freePort())
        let secret = programs.write("token", Self.token + "\n")
        let controller = try programs.start(
            own: "cairn-deployment-controller",
            [
                "--data", programs.scratch.path + "/data", "--listen", "127.0.0.1:\(rpc)",
                "--admin", "none", "--alerts", "127.0.0.1:\(port)", "--alerts-token-file", secret,
            ], log: "controller.log")
        let url = "http://127.0.0.1:\(port)/alertmanager"
        var answer: HTTPAnswer?
        while answer == nil {
            do { answer = try await post(url, "{}") } catch let error as HTTPFailure {
                guard error.code == .unreachable else { throw error }
                await Task.yield()
            }
        }
        #expect(answer?.status == 401)
        #expect(try await post(url, "{}", token: "wrong").status == 401)
        let malformed = try await post(url, "{}", token: Self.token)
        #expect(malformed.status == 400)
        #expect(malformed.text.contains("\"version\": \"4\""))
        let empty = try await post(url, #"{"version":"4","alerts":[]}"#, token: Self.token)
        #expect(empty.status == 200)
        let long = String(repeating: " ", count: 1_100_000)
        #expect(try await post(url, long, token: Self.token).status == 413)
        let reading = try await post("http://127.0.0.1:\(port)/metrics", "{}", token: Self.token)
        #expect(reading.status == 405)
        try await programs.stop(controller)
        let short = programs.write("short", "abc")
        let refused = try programs.start(
            own: "cairn-deployment-controller",
            [
                "--data", programs.scratch.path + "/other", "--listen", "127.0.0.1:\(rpc)",
                "--admin", "none", "--alerts", "127.0.0.1:\(port)", "--alerts-token-file", short,
            ], log: "refused.log")
        #expect(try await refused.wait() == 2)
        #expect(programs.text("refused.log").contains("16 bytes"))
    }
}
