import CairnCore
import CairnTestKit
import Messages
import Ports
import Testing

@Suite struct RunTests {
    static let run = RunID(high: 1, low: 2)

    static func batch(_ number: UInt8, _ steps: [Int64], _ values: [Double]) -> LogMetrics {
        LogMetrics(
            runId: run.bytes, batchId: .init(repeating: number, count: 16),
            series: [MetricPoints(key: "loss", step: steps, timeUnixMs: steps, value: values)])
    }

    func started() async throws -> Cluster {
        let cluster = try Cluster(in: ScratchFolder())
        let start = StartRun(
            runId: Self.run.bytes, model: "m", params: [KeyValue(key: "lr", value: "0.001")])
        #expect(try await !cluster.channel.call(IngestMethods.startRun, start).existed)
        #expect(try await cluster.channel.call(IngestMethods.startRun, start).existed)
        return cluster
    }

    func history(_ cluster: Cluster) async throws -> [Double] {
        try await cluster.channel.stream(
            IngestMethods.getMetricHistory, GetMetricHistory(runId: Self.run.bytes, key: "loss")
        ) { try await $0.all() }.flatMap { $0.points?.value ?? [] }
    }

    @Test func aBatchThatComesTwiceCountsOnce() async throws {
        let cluster = try await started()
        for expected in [2, 0] as [UInt64] {
            let logged = try await cluster.channel.call(
                IngestMethods.logMetrics, Self.batch(1, [1, 2], [0.5, 0.25]))
            #expect(logged.acceptedPointCount == expected)
        }
        #expect(try await history(cluster) == [0.5, 0.25])
    }

    @Test func historyIsInStepOrderWhateverTheOrderOfArrival() async throws {
        let cluster = try await started()
        for batch in [Self.batch(1, [3, 1], [3, 1]), Self.batch(2, [2], [2])] {
            _ = try await cluster.channel.call(IngestMethods.logMetrics, batch)
        }
        #expect(try await history(cluster) == [1, 2, 3])
        let run = try await cluster.channel.call(
            IngestMethods.getRun, GetRun(runId: Self.run.bytes))
        #expect(run.lastMetrics == [NamedNumber(name: "loss", value: 3)])
        #expect(run.params == [KeyValue(key: "lr", value: "0.001")])
    }

    @Test func theFirstEndOfARunStands() async throws {
        let cluster = try await started()
        for status in [RunStatus.finished, .failed] {
            _ = try await cluster.channel.call(
                IngestMethods.finishRun, FinishRun(runId: Self.run.bytes, status: status))
        }
        let run = try await cluster.channel.call(
            IngestMethods.getRun, GetRun(runId: Self.run.bytes))
        #expect(run.status == .finished && run.endedUnixMs == cluster.clock.now().milliseconds)
    }

    @Test func unequalArraysAreRefusedByName() async throws {
        let cluster = try await started()
        var batch = Self.batch(1, [1, 2], [1])
        batch.series[0].key = "accuracy"
        let error = await #expect(throws: RPCError.self) {
            try await cluster.channel.call(IngestMethods.logMetrics, batch)
        }
        #expect(error?.code == .invalidArgument && error?.text.contains("accuracy") == true)
    }

    @Test func metricsOfAnUnknownRunAreRefused() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        let error = await #expect(throws: RPCError.self) {
            try await cluster.channel.call(IngestMethods.logMetrics, Self.batch(1, [1], [1]))
        }
        #expect(error?.code == .notFound)
    }
}
