import CairnCore
import CairnTestKit
import Messages
import Ports
import Testing

@Suite struct ListTests {
    @Test func listsFitIntoAMessageAndSayWhatTheyLeftOut() async throws {
        let cluster = Cluster(catalog: MemoryIngestCatalog(), chunks: MemoryChunkStore())
        let note = String(repeating: "n", count: 4_000)
        for _ in 0..<300 { _ = try await cluster.push(["w": [1]], note: note) }
        var list = try await cluster.list()
        #expect(list.versions.last?.number == "0.300.0", "the highest are there")
        var seen = list.versions.map(\.number)
        while list.leftOutCount > 0 {
            list = try await cluster.list(before: try #require(list.versions.first?.number))
            seen = list.versions.map(\.number) + seen
        }
        #expect(seen == (1...300).map { "0.\($0).0" })
    }

    @Test func listedVersionsLeaveOutWhatResolvedOnesHave() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        let config = [KeyValue(key: "layers", value: "12")]
        _ = try await cluster.push(["w": [1]], note: "first", config: config)
        let listed = try await cluster.list().versions[0]
        #expect(listed.config == [] && listed.note == "first")
        #expect(listed.metrics == [NamedNumber(name: "accuracy", value: 0.97)])
        #expect(try await cluster.resolve("m@0.1.0").config == config)
    }

    @Test func runsAreListedNewestFirst() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        for number in 1...3 {
            _ = try await cluster.channel.call(
                IngestMethods.startRun,
                StartRun(
                    runId: RunID(high: 0, low: UInt64(number)).bytes, model: "m", name: "\(number)",
                    dependencies: ["torch==2"]))
        }
        let list = try await cluster.channel.call(
            IngestMethods.listRuns, ListRuns(model: "m", limit: 2))
        #expect(list.runs.map(\.name) == ["3", "2"] && list.leftOutCount == 0)
        #expect(list.runs[0].dependencies == [])
        let error = await #expect(throws: RPCError.self) {
            try await cluster.channel.call(IngestMethods.listRuns, ListRuns(model: "n"))
        }
        #expect(error?.text.contains("did you mean 'm'") == true)
    }

    @Test func theHistoryOfAModelGoesRunByRunInPartsInStepOrder() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        for number in UInt64(1)...2 {
            let run = RunID(high: 0, low: number).bytes
            _ = try await cluster.channel.call(
                IngestMethods.startRun, StartRun(runId: run, model: "m"))
            for batch in UInt8(0)..<2 {
                let steps = Array(Int64(batch) * 20_000..<Int64(batch + 1) * 20_000)
                _ = try await cluster.channel.call(
                    IngestMethods.logMetrics,
                    LogMetrics(
                        runId: run, batchId: Array(repeating: batch, count: 16),
                        series: [
                            MetricPoints(
                                key: "loss", step: steps.reversed(), timeUnixMs: steps,
                                value: steps.map(Double.init))
                        ]))
            }
        }
        let parts = try await cluster.channel.stream(
            IngestMethods.getMetricHistory, GetMetricHistory(model: "m", key: "loss")
        ) { try await $0.all() }
        #expect(
            parts.map { $0.points?.step.count } == [16_384, 16_384, 7_232, 16_384, 16_384, 7_232])
        for run in [parts[..<3], parts[3...]] {
            #expect(run.flatMap { $0.points?.step ?? [] } == Array(0..<40_000))
        }
    }

    @Test func pinsAreShownUntilTheyAreTakenAway() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        let digest = try await cluster.push(["w": [1]]).answer.manifestDigest
        for _ in 1...2 {
            _ = try await cluster.channel.call(
                IngestMethods.pinVersion,
                PinVersion(manifestDigest: digest, holder: "target prod/chat", reason: "serves"))
        }
        #expect(try await cluster.resolve("m@0.1.0").pinnedBy == ["target prod/chat"])
        for _ in 1...2 {
            _ = try await cluster.channel.call(
                IngestMethods.unpinVersion,
                UnpinVersion(manifestDigest: digest, holder: "target prod/chat"))
        }
        #expect(try await cluster.resolve("m@0.1.0").pinnedBy == [])
        let error = await #expect(throws: RPCError.self) {
            try await cluster.channel.call(
                IngestMethods.pinVersion,
                PinVersion(manifestDigest: Digest(of: [9]).bytes, holder: "t"))
        }
        #expect(error?.code == .notFound)
    }

    @Test func statusCountsWhatStands() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        _ = try await cluster.push(["w": someBytes(1, 2_000)])
        _ = try await cluster.open(UploadID(high: 1, low: 1))
        let status = try await cluster.channel.call(
            IngestMethods.getIngestStatus, GetIngestStatus())
        #expect(status.modelCount == 1 && status.versionCount == 1 && status.chunkCount == 2)
        #expect(status.openUploadCount == 1 && status.undeliveredEventCount == 1)
        #expect(status.storedByteCount >= 2_000 && status.freeByteCount > 0)
    }
}
