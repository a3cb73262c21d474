import CairnCore
import CairnTestKit
import Ports
import PrometheusQueries
import Synchronization
import Testing

/// Answers of Prometheus 2.42, as it gave them (`query-responses.json`).
@Suite struct PrometheusQueriesTests {
    static let at = Timestamp(milliseconds: 1_795_469_605_837)

    static func body(_ name: String) throws -> HTTPAnswer {
        let all = try JSONText(
            parsing: try RepoFiles.text("Tests/PrometheusQueriesTests/query-responses.json"))
        let item = try #require(all.array?.first { $0["case"]?.string?.hasPrefix(name) == true })
        return HTTPAnswer(
            status: item["status"]?.int ?? 0, text: (item["body"] ?? .null).compact)
    }

    func ask(_ response: HTTPAnswer, span: Duration = .zero, label: String = "version")
        async throws -> ([MetricsSeries], HTTPRequest)
    {
        let asked = Mutex<HTTPRequest?>(nil)
        let http = InMemoryHTTP { request in
            asked.withLock { $0 = request }
            return response
        }
        let queries = PrometheusQueries("http://127.0.0.1:9090/", http: http, token: "abc")
        let series = try await queries.ask(
            MetricsQuestion("a{b=\"c d\"} + 1", label: label, at: Self.at, span: span))
        return (series, try #require(asked.withLock { $0 }))
    }

    @Test func anInstantAnswerHasANumberForEachVersion() async throws {
        let (series, request) = try await ask(try Self.body("instant vector"))
        #expect(
            series == [
                MetricsSeries(label: "v1", points: [.init(at: Self.at, value: 0.0125)]),
                MetricsSeries(label: "v2", points: [.init(at: Self.at, value: 0.0875)]),
            ])
        #expect(request.url == "http://127.0.0.1:9090/api/v1/query")
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "query=a%7Bb%3D%22c%20d%22%7D%20%2B%201&timeout=10.000&time=1795469605.837")
        #expect(request.headers.contains(.init("Authorization", "Bearer abc")))
    }

    @Test func aRangeHasAllItsPoints() async throws {
        let (series, request) = try await ask(try Self.body("range"), span: .seconds(60))
        #expect(series.map(\.label) == ["v1", "v2"])
        #expect(series[1].points.map(\.value) == [0.08125, 0.06875, 0.071875])
        #expect(series[1].points[0].at == Timestamp(seconds: 1_795_469_595))
        #expect(request.url.hasSuffix("/api/v1/query_range"))
        #expect(
            String(decoding: request.body, as: UTF8.self).hasSuffix(
                "&start=1795469545.837&end=1795469605.837&step=15.000"))
    }

    @Test func nothingAndNoNumberAreAnswers() async throws {
        #expect(try await ask(try Self.body("no data")).0.isEmpty)
        let (series, _) = try await ask(try Self.body("NaN value"), label: "job")
        #expect(series.count == 1 && series[0].points[0].value.isNaN)
    }

    @Test func wrongQuestionsAreToldFromStoresThatAreAway() async throws {
        func code(_ response: HTTPAnswer, label: String = "version") async -> MetricsError.Code? {
            do {
                _ = try await ask(response, label: label)
                return nil
            } catch { return (error as? MetricsError)?.code }
        }
        #expect(await code(try Self.body("bad query")) == .badQuestion)
        #expect(await code(try Self.body("scalar")) == .badQuestion)
        #expect(await code(try Self.body("instant vector"), label: "pod") == .badQuestion)
        let timeout = #"{"status":"error","errorType":"timeout","error":"query timed out"}"#
        #expect(await code(HTTPAnswer(status: 503, text: timeout)) == .unavailable)
        #expect(await code(HTTPAnswer(status: 200, text: "<html>")) == .unavailable)
        #expect(await code(HTTPAnswer(status: 502, text: "")) == .unavailable)
        let odd =
            #"{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1]}]}}"#
        #expect(await code(HTTPAnswer(status: 200, text: odd)) == .unavailable)
        let away = PrometheusQueries(
            "http://127.0.0.1:9090",
            http: InMemoryHTTP { _ in throw HTTPFailure(.unreachable, "refused") })
        let error = await #expect(throws: MetricsError.self) {
            try await away.ask(MetricsQuestion("a", label: "version", at: Self.at))
        }
        #expect(error?.code == .unavailable)
    }
}
