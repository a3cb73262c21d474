import AdminHTTP
import CairnCore
import ControllerService
import HTTPClient
import LinuxHost
import Messages
import Ports
import PrometheusQueries
import Synchronization
import Testing

/// Debian's Prometheus, which scrapes what a test says.
@Suite(
    .serialized, .timeLimit(.minutes(10)),
    .enabled(
        if: Programs.isInstalled("prometheus"), "needs prometheus: scripts/setup.sh test"))
struct PrometheusTests {
    /// A Prometheus and what it scrapes.
    struct Store: Sendable {
        let programs: Programs
        let port = freePort()
        let page = Page()
        let queries: PrometheusQueries
        let scraped: Int

        final class Page: Sendable {
            let text = Mutex("")
        }

        init(_ programs: Programs, scraped: Int) {
            (self.programs, self.scraped) = (programs, scraped)
            queries = PrometheusQueries(
                "http://127.0.0.1:\(port)", http: CurlHTTPCaller(),
                limit: .seconds(20))
        }

        func start() async throws -> ChildProcess {
            let configuration = programs.write(
                "prometheus.yml",
                """
                global: {scrape_interval: 1s, scrape_timeout: 1s}
                scrape_configs:
                  - job_name: model
                    static_configs: [{targets: ['127.0.0.1:\(scraped)']}]

                """)
            let child = try programs.start(
                "exec prometheus --config.file=\(configuration) --storage.tsdb.path="
                    + "\(programs.scratch.path)/tsdb --web.listen-address=127.0.0.1:\(port)",
                log: "prometheus.log")
            return child
        }

        func ask(_ query: String, span: Duration = .zero, resolution: Duration = .seconds(1))
            async throws -> [MetricsSeries]
        {
            try await queries.ask(
                MetricsQuestion(
                    query, label: "version", at: SystemClock().now(), span: span,
                    resolution: resolution))
        }

        /// Until it has scraped enough for `holds`.
        func waitFor(
            _ query: String, span: Duration = .zero, _ holds: ([MetricsSeries]) -> Bool
        ) async throws {
            while true {
                do {
                    if holds(try await ask(query, span: span)) { return }
                } catch let error as MetricsError where error.code == .unavailable {
                    // It is starting.
                }
                await Task.yield()
            }
        }

        func code(_ query: String, of queries: PrometheusQueries? = nil) async
            -> MetricsError.Code?
        {
            do {
                _ = try await (queries ?? self.queries).ask(
                    MetricsQuestion(query, label: "version", at: SystemClock().now()))
                return nil
            } catch { return (error as? MetricsError)?.code }
        }
    }

    static func ratios(_ stable: String, _ candidate: String) -> String {
        """
        # TYPE model_error_ratio gauge
        model_error_ratio{version="v1.0.0"} \(stable)
        model_error_ratio{version="v1.1.0"} \(candidate)

        """
    }

    func withStore(_ body: (Store) async throws -> Void) async throws {
        let page = Store.Page()
        page.text.withLock { $0 = Self.ratios("0.01", "0.02") }
        let server = try AdminServer(
            at: "127.0.0.1:0",
            pages: AdminPages(notReadyBecause: { nil }) { page.text.withLock { $0 } })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await server.run() }
            defer { group.cancelAll() }
            try await body(Store(try Programs(), scraped: server.port))
        }
    }

    @Test func everyAnswerMeansWhatItSays() async throws {
        try await withStore { store in
            let prometheus = try await store.start()
            try await store.waitFor("model_error_ratio") { $0.count == 2 }
            let values = Dictionary(
                uniqueKeysWithValues: try await store.ask("model_error_ratio").map {
                    ($0.label, $0.points.map(\.value))
                })
            #expect(values == ["v1.0.0": [0.01], "v1.1.0": [0.02]])
            try await store.waitFor("model_error_ratio", span: .seconds(30)) { series in
                series.count == 2 && series.allSatisfy { $0.points.count >= 3 }
            }
            #expect(try await store.ask("no_such_metric").isEmpty)
            let none = try await store.ask("model_error_ratio * 0 / 0")
            #expect(none.count == 2 && none.allSatisfy { $0.points[0].value.isNaN })
            let infinite = try await store.ask("model_error_ratio / 0")
            #expect(infinite[0].points[0].value == .infinity)
            #expect(await store.code("sum(") == .badQuestion)
            #expect(await store.code("scalar(up)") == .badQuestion)
            #expect(await store.code("sum(model_error_ratio)") == .badQuestion)
            #expect(await store.code("model_error_ratio[5s]") == nil)
            let hasty = PrometheusQueries(
                "http://127.0.0.1:\(store.port)", http: CurlHTTPCaller(),
                limit: .milliseconds(1))
            let slow = "count(count_over_time(model_error_ratio[100d:1s]))"
            #expect(
                await store.code(
                    "label_replace(\(slow), \"version\", \"1\", \"\", \"\")", of: hasty)
                    == .unavailable)
            try await store.programs.stop(prometheus)
            #expect(await store.code("model_error_ratio") == .unavailable)
        }
    }

    /// A controller with the real clock, and a way to wait for a state of its target.
    func withController(
        _ store: Store, _ body: @Sendable (InMemoryChannel) async throws -> Void
    ) async throws {
        let service = ControllerService(
            store: InMemoryControllerStore(), evaluator: NobodyThere(), clock: SystemClock(),
            metrics: store.queries)
        try await service.load()
        let channel = InMemoryChannel(service.routes())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            try await body(channel)
            group.cancelAll()
        }
    }

    static let plan: PlanSpec = {
        var ratio = GuardSpec(name: "ratio", kind: "prometheus", bound: 0.1)
        (ratio.query, ratio.label) = ("model_error_ratio", "version")
        (ratio.intervalMs, ratio.breaches, ratio.last, ratio.errorsMax) = (1_000, 2, 2, 2)
        return PlanSpec(
            steps: [
                PlanStep(weightBp: 500, bakeMs: 6_000), PlanStep(weightBp: 10_000, bakeMs: 1_000),
            ], guards: [ratio], watch: WatchSpec(durationMs: 1_000), skipVerdict: true)
    }()

    static func deploy(_ number: String, on channel: InMemoryChannel) async throws {
        _ = try await channel.call(
            ControllerMethods.deploy,
            Deploy(
                target: "prod/chat", number: number,
                manifestDigest: Digest(of: Array(number.utf8)).bytes,
                expectation: Expectation(actor: "ann")))
    }

    static func settle(
        _ channel: InMemoryChannel, _ holds: @Sendable (TargetStatus) -> Bool
    ) async throws -> TargetStatus {
        try await channel.stream(
            ControllerMethods.watchTargetStatus, GetTargetStatus(target: "prod/chat"), .endless
        ) { statuses in
            while let (status, _) = try await statuses.next() {
                if holds(status) { return status }
            }
            throw RPCError(.internal, "the watch ended")
        }
    }

    @Test func aCutInMidCanaryCostsNothing() async throws {
        try await withStore { store in
            let first = try await store.start()
            try await store.waitFor("model_error_ratio") { $0.count == 2 }
            try await withController(store) { channel in
                _ = try await channel.call(
                    ControllerMethods.applyTarget,
                    TargetSpec(target: "prod/chat", model: "chat", plan: Self.plan, actor: "ann"))
                try await Self.deploy("1.0.0", on: channel)
                try await Self.deploy("1.1.0", on: channel)
                _ = try await Self.settle(channel) {
                    $0.state == "step" && $0.guards.first?.assessment == "pass"
                }
                try await store.programs.stop(first)
                let blind = try await Self.settle(channel) { $0.blind }
                #expect(blind.guards.first?.assessment == "provider_error")
                #expect(blind.candidate?.weightBp == 500)
                let again = try await store.start()
                let back = try await Self.settle(channel) { !$0.blind }
                #expect(back.candidate?.weightBp == 500 && back.state == "step")
                let done = try await Self.settle(channel) { $0.state == "promoted" }
                #expect(done.stable?.number == "1.1.0" && done.lastRollback == nil)
                try await store.programs.stop(again)
            }
        }
    }

    @Test func aBadRatioRollsBack() async throws {
        try await withStore { store in
            store.page.text.withLock { $0 = "" }
            let prometheus = try await store.start()
            try await store.waitFor("model_error_ratio") { $0.count == 2 }
            try await withController(store) { channel in
                var wrong = Self.plan
                wrong.guards[0].query = "sum by (version) (model_error_ratio"
                await #expect(throws: RPCError.self) {
                    try await channel.call(
                        ControllerMethods.applyTarget,
                        TargetSpec(target: "prod/chat", model: "chat", plan: wrong, actor: "ann"))
                }
                var plan = Self.plan
                plan.guards[0].query = "model_error_ratio * 10"
                _ = try await channel.call(
                    ControllerMethods.applyTarget,
                    TargetSpec(target: "prod/chat", model: "chat", plan: plan, actor: "ann"))
                try await Self.deploy("1.0.0", on: channel)
                try await Self.deploy("1.1.0", on: channel)
                let status = try await Self.settle(channel) { $0.state == "rolled_back" }
                #expect(status.lastRollback?.cause.contains("the candidate's value is 0.2") == true)
            }
            try await store.programs.stop(prometheus)
        }
    }
}

/// No evaluator is asked where plans want no verdict.
struct NobodyThere: RPCChannel {
    func unary(_ method: UInt16, _ request: RawMessage, _ options: CallOptions) async throws
        -> RawMessage
    { throw RPCError(.unavailable, "nobody is there") }

    func open(_ method: UInt16, _ options: CallOptions) async throws -> any RawCall {
        throw RPCError(.unavailable, "nobody is there")
    }
}
