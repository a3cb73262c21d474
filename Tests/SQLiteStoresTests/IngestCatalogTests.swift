import CairnCore
import CairnTestKit
import Ingestion
import Messages
import Ports
import SQLiteStores
import Testing

/// The catalog in SQLite against the one in memory, and what only SQLite can get wrong.
@Suite struct IngestCatalogTests {
    @Test func bothCatalogsSayTheSameAfterAnyChanges() throws {
        for seed in UInt64(0)..<24 {
            let folder = try ScratchFolder()
            let path = folder.path + "/ingest.db"
            var (real, model) = (try SQLiteIngestCatalog(path: path), MemoryIngestCatalog())
            var changes = RandomChanges(seed: seed)
            for step in 0..<60 {
                let change = changes.next()
                let codes = (Self.code(real, change), Self.code(model, change))
                #expect(codes.0 == codes.1, "seed \(seed), step \(step): \(change)")
                // What was applied survives the process.
                if step % 20 == 19 { real = try SQLiteIngestCatalog(path: path) }
            }
            let (got, want) = (try changes.facts(of: real), try changes.facts(of: model))
            for (line, other) in zip(got, want) { #expect(line == other, "seed \(seed)") }
            #expect(got.count == want.count)
            let outbox = try SQLiteOutbox(path: path)
            let events = try outbox.undelivered(to: "evaluator", limit: 1_000)
            #expect(events == model.undelivered(to: "evaluator", limit: 1_000), "seed \(seed)")
        }
    }

    static func code(_ catalog: any IngestCatalog, _ change: IngestChange) -> CatalogError.Code? {
        do throws(CatalogError) {
            try catalog.apply(change)
            return nil
        } catch { return error.code }
    }

    @Test func aVersionThatIsTakenLeavesNeitherItsCheckpointNorItsEvent() throws {
        let catalog = try SQLiteIngestCatalog(path: ":memory:")
        var changes = RandomChanges(seed: 1)
        let (first, second) = (changes.commit("1.0.0"), changes.commit("1.0.0"))
        try catalog.apply(.commit(first))
        #expect(Self.code(catalog, .commit(second)) == .conflict)
        #expect(try catalog.committed(second.upload) == nil)
        #expect(try catalog.checkpoint(second.id) == nil)
        #expect(try catalog.figures().undeliveredEventCount == 1)
        #expect(try catalog.manifestDigests() == [first.manifest.digest])
    }

    @Test func aDamagedManifestIsNamedAndNotRead() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/ingest.db"
        let catalog = try SQLiteIngestCatalog(path: path)
        var changes = RandomChanges(seed: 1)
        let new = changes.commit("1.0.0")
        try catalog.apply(.commit(new))
        try Database(path: path).execute("UPDATE manifests SET bytes = x'00'")
        let error = #expect(throws: CatalogError.self) { try catalog.manifest(new.manifest.digest) }
        #expect(error?.code == .damaged)
        #expect(error?.description.contains(new.manifest.digest.short) == true)
    }

    @Test func notANumberIsAValueOfAMetric() throws {
        let catalog = try SQLiteIngestCatalog(path: ":memory:")
        var changes = RandomChanges(seed: 1)
        let run = changes.run()
        try catalog.apply(.startRun(run))
        try catalog.apply(
            .appendMetrics(
                LogMetrics(
                    runId: run.runId, batchId: [1],
                    series: [MetricPoints(key: "loss", step: [1], timeUnixMs: [1], value: [.nan])])
            ))
        let id = try #require(RunID(bytes: run.runId))
        #expect(try catalog.run(id)?.lastMetrics.first?.value.isNaN == true)
        #expect(try catalog.points(of: "loss", run: id).first?.value.first?.isNaN == true)
    }
}
