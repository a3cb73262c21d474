import CairnCore
import Ingestion
import Testing

@Suite struct UploadTableTests {
    static func id(_ number: Int) -> UploadID { UploadID(high: 1, low: UInt64(number)) }
    static let file = Manifest.File(path: "w", chunks: [])
    let model: ModelName

    init() throws { model = try ModelName("chat") }

    @Test func openingAgainGoesOnAndBeginsTheManifestAnew() throws {
        var table = UploadTable()
        #expect(try !table.open(Self.id(1), model: model, run: nil))
        table.grew(Self.id(1), by: 7)
        #expect(try table.add([Self.file], part: 0, isLast: false, to: Self.id(1)) == nil)
        #expect(try table.open(Self.id(1), model: model, run: nil))
        let other = Manifest.File(path: "v", chunks: [])
        let manifest = try table.add([other], part: 0, isLast: true, to: Self.id(1))
        #expect(try manifest == Manifest(files: [other]))
        #expect(try table.upload(Self.id(1)).newByteCount == 7)
    }

    @Test func anUploadIsOfOneModelAndRun() throws {
        var table = UploadTable()
        _ = try table.open(Self.id(1), model: model, run: nil)
        let other = try ModelName("other")
        #expect(throws: IngestError.self) { try table.open(Self.id(1), model: other, run: nil) }
        let run = RunID(high: 1, low: 1)
        #expect(throws: IngestError.self) { try table.open(Self.id(1), model: model, run: run) }
    }

    @Test func whatIsNotOpenIsToBeOpenedAgain() throws {
        var table = UploadTable()
        _ = try table.open(Self.id(1), model: model, run: nil)
        table.close(Self.id(1))
        let error = #expect(throws: IngestError.self) { try table.upload(Self.id(1)) }
        #expect(error?.code == .notFound && error?.facts["reopen"] == "true")
    }

    @Test func theOldestIsForgottenBeyondTheLimit() throws {
        var table = UploadTable()
        for number in 0...IngestLimits.openUploads {
            _ = try table.open(Self.id(number), model: model, run: nil)
        }
        #expect(table.count == IngestLimits.openUploads)
        #expect(throws: IngestError.self) { try table.upload(Self.id(0)) }
        _ = try table.upload(Self.id(1))
    }

    @Test func aManifestThatBreaksItsRulesIsForgottenSoThatABetterOneCanCome() throws {
        var table = UploadTable()
        _ = try table.open(Self.id(1), model: model, run: nil)
        let bad = Manifest.File(path: "../w", chunks: [])
        #expect(throws: IngestError.self) {
            try table.add([bad], part: 0, isLast: true, to: Self.id(1))
        }
        #expect(try table.add([Self.file], part: 0, isLast: true, to: Self.id(1)) != nil)
    }
}
