import CairnCore
import FileBlobs
import Ingestion
import Messages
import Ports
import Testing

/// A whole story of a trainer over a disk and a catalog that fail at every possible moment.
///
/// Invariants: what was acknowledged is there, bit for bit; what is visible is whole; the same story
/// told again comes to its end.
@Suite struct ServiceFaultTests {
    static let files: [[String: [UInt8]]] = [
        ["model.safetensors": someBytes(1, 3_500), "config.json": someBytes(2, 40)],
        ["model.safetensors": someBytes(1, 2_000) + someBytes(3, 1_500)],
    ]

    /// What the trainer was told.
    struct Acknowledged {
        var versions: [Int: String] = [:]
        var points: UInt64 = 0
        var isAlias = false
    }

    static func cluster(_ files: MemoryFileSystem, _ catalog: MemoryIngestCatalog) throws -> Cluster
    {
        Cluster(
            catalog: catalog,
            chunks: try PackStore(folder: "chunks", files: files, packByteCountMax: 3_000))
    }

    /// Runs, metrics, two versions, an alias. A call that fails ends nothing but itself: the rest of
    /// the story is tried all the same.
    static func tell(_ cluster: Cluster) async -> Acknowledged {
        var told = Acknowledged()
        let run = RunID(high: 1, low: 1)
        _ = try? await cluster.channel.call(
            IngestMethods.startRun, StartRun(runId: run.bytes, model: "m"))
        let batch = LogMetrics(
            runId: run.bytes, batchId: Array(repeating: 1, count: 16),
            series: [MetricPoints(key: "loss", step: [1], timeUnixMs: [1], value: [0.5])])
        if (try? await cluster.channel.call(IngestMethods.logMetrics, batch)) != nil {
            told.points = 1
        }
        for (index, files) in files.enumerated() {
            let pushed = try? await cluster.push(files, upload: UInt64(index + 1))
            told.versions[index] = pushed?.answer.version?.number
        }
        let alias = SetAlias(model: "m", alias: "champion", number: "0.1.0")
        told.isAlias = (try? await cluster.channel.call(IngestMethods.setAlias, alias)) != nil
        return told
    }

    static func check(_ told: Acknowledged, _ cluster: Cluster, _ story: String) async throws {
        for (index, number) in told.versions {
            #expect(try await cluster.pull("m@\(number)") == files[index], "\(story)")
        }
        let visible = (try? await cluster.versions()) ?? []
        for number in visible {
            let pulled = try await cluster.pull("m@\(number)")
            #expect(files.contains(pulled), "m@\(number) is not whole: \(story)")
        }
        #expect(try await cluster.verify().damages == [], "\(story)")
        if told.isAlias {
            #expect(try await cluster.resolve("m@champion").number == "0.1.0", "\(story)")
        }
        if told.points > 0 {
            let run = try await cluster.channel.call(
                IngestMethods.getRun, GetRun(runId: RunID(high: 1, low: 1).bytes))
            #expect(run.lastMetrics.count == 1, "\(story)")
        }
    }

    /// After the fault and a restart: what was told holds, and the story comes to its end.
    static func survive(
        _ told: Acknowledged, _ disk: MemoryFileSystem, _ catalog: MemoryIngestCatalog,
        _ story: String
    ) async throws {
        disk.losePower()
        try await check(told, try cluster(disk, catalog), story)
        let again = await tell(try cluster(disk, catalog))
        #expect(again.versions.count == 2 && again.isAlias && again.points == 1, "\(story)")
        #expect(Set(again.versions.values).count == 2, "\(story)")
        for (index, number) in told.versions {
            #expect(again.versions[index] == number, "the first answer stands: \(story)")
        }
        disk.losePower()
        let last = try cluster(disk, catalog)
        try await check(again, last, story)
        #expect(try await last.versions().count == 2, "\(story)")
        #expect(catalog.undeliveredCount() == 2, "one event for each version: \(story)")
    }

    @Test(arguments: MemoryFileSystem.Fault.allCases)
    func aFaultOfTheDiskAtAnyMomentLosesNothingAcknowledged(fault: MemoryFileSystem.Fault)
        async throws
    {
        let calm = MemoryFileSystem()
        #expect(await Self.tell(try Self.cluster(calm, MemoryIngestCatalog())).versions.count == 2)
        for operation in 0...calm.operationCount {
            let (disk, catalog) = (MemoryFileSystem(seed: UInt64(operation)), MemoryIngestCatalog())
            disk.plan(fault, at: operation)
            let story = "\(fault) at operation \(operation)"
            // A store that does not open is a service that does not start.
            guard let cluster = try? Self.cluster(disk, catalog) else { continue }
            try await Self.survive(await Self.tell(cluster), disk, catalog, story)
        }
    }

    @Test(arguments: [MemoryIngestCatalog.Fault.failsBefore, .failsAfter, .isFull])
    func aFaultOfTheCatalogAtAnyChangeLosesNothingAcknowledged(fault: MemoryIngestCatalog.Fault)
        async throws
    {
        for change in 0..<5 {
            let (disk, catalog) = (MemoryFileSystem(seed: UInt64(change)), MemoryIngestCatalog())
            catalog.fail(fault, after: change)
            let told = await Self.tell(try Self.cluster(disk, catalog))
            try await Self.survive(told, disk, catalog, "\(fault) at change \(change)")
        }
    }
}
