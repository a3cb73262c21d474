import CairnCore
import CairnTestKit
import Deployment
import Ports
import Testing

@testable import SQLiteStores

/// Old records take little room and lose nothing.
@Suite struct LogArchiveTests {
    private static let name = try! TargetName("prod/chat")
    private static let start = Timestamp(seconds: 1_800_000_000)

    /// A log of one rollout with thousands of reports, one a second.
    private static func log(reports: Int) throws -> [LogRecord] {
        var fold = LogFold(name)
        var records: [LogRecord] = []
        func send(_ event: Event, at second: Int) throws {
            let time = start + .seconds(Int64(second))
            let (_, record) = try fold.take(event, at: time)
            if let record { records.append(record) }
        }
        var plan = Plan(steps: [.init(weight: BasisPoints(500)!)])
        plan.steps[0].bake = .seconds(1_000_000)
        plan.stepDeadline = .seconds(2_000_000)
        plan.skipsVerdict = true
        plan.guards = [.init(name: "errors", kind: .armEProcess(alpha: 0.01))]
        let who = Event.Request(actor: "ann")
        try send(.apply(model: try ModelName("chat"), plan: plan, who), at: 0)
        for minor in 0..<2 as Range<UInt32> {
            let release = Release(
                number: VersionNumber(1, minor, 0), manifest: Digest(of: [UInt8(minor)]))
            try send(.deploy(release, who), at: 1)
        }
        var random = SeededRandom(seed: 5)
        for index in 0..<reports {
            var counts: [Event.Outcomes.Count] = []
            for arm in [Arm.stable, .candidate] {
                var count = Event.Outcomes.Count(
                    epoch: fold.target.route.epoch, arm: arm,
                    requests: Int.random(in: 100...900, using: &random),
                    failures: Int.random(in: 0...3, using: &random))
                for _ in 0..<20 {
                    _ = count.latencies.add(
                        Int.random(in: 1...40, using: &random),
                        in: Int.random(in: 150...220, using: &random))
                }
                counts.append(count)
            }
            try send(
                .outcomes(
                    .init(
                        reporter: "host-7", incarnation: 1, sequence: UInt64(index + 1),
                        counts: counts)), at: 2 + index)
        }
        return records
    }

    private static func store(_ folder: ScratchFolder, _ records: [LogRecord]) throws
        -> SQLiteControllerStore
    {
        let store = try SQLiteControllerStore(path: folder.path + "/c.sqlite")
        for begin in stride(from: 0, to: records.count, by: 500) {
            var batch = ControllerBatch(at: start)
            batch.records = Array(records[begin..<min(begin + 500, records.count)])
            try store.append(batch)
        }
        return store
    }

    private static func all(_ store: SQLiteControllerStore, page: Int) throws -> [LogRecord] {
        var records: [LogRecord] = []
        while true {
            let more = try store.records(of: name, after: records.last?.sequence ?? 0, limit: page)
            if more.isEmpty { return records }
            records += more
        }
    }

    @Test func everyReadIsAsBefore() throws {
        let records = try Self.log(reports: 3_000)
        let folder = try ScratchFolder()
        let store = try Self.store(folder, records)
        let old = Self.start + .seconds(2_500)
        #expect(try store.compact(before: old) == 2 * LogArchive.batch)
        #expect(try store.compact(before: old) == 0, "what is no full row stays as it is")
        for page in [300, 1_024, 5_000] {
            #expect(try Self.all(store, page: page) == records)
        }
        for second in stride(from: -1, through: 3_010, by: 97) {
            let time = Self.start + .seconds(Int64(second))
            #expect(
                try store.record(of: Self.name, at: time) == records.last { $0.time <= time },
                "second \(second)")
        }
        #expect(try store.targets() == [Self.name])
        #expect(try store.lastTime() == records.last?.time)
        var fold = LogFold(Self.name)
        for record in try Self.all(store, page: 1_024) { try fold.add(record) }
        #expect(fold.head == records.last?.head)
    }

    @Test func theNewestRecordStaysInItsRow() throws {
        let records = try Self.log(reports: LogArchive.batch)
        let folder = try ScratchFolder()
        let store = try Self.store(folder, Array(records.prefix(LogArchive.batch)))
        #expect(try store.compact(before: Self.start + .seconds(1_000_000)) == 0)
        #expect(try Self.all(store, page: 9_999).count == LogArchive.batch)
    }

    @Test func oldRecordsTakeAThirdOfTheirRoom() throws {
        let records = try Self.log(reports: LogArchive.batch * 2)
        let folder = try ScratchFolder()
        let path = folder.path + "/c.sqlite"
        let store = try Self.store(folder, records)
        _ = try store.compact(before: Self.start + .seconds(1_000_000))
        let database = try Database(path: path)
        let (plain, packed) = try database.query(
            "SELECT sum(byte_count), sum(length(records)) FROM log_archive"
        ) { ($0.int(0), $0.int(1)) }.first!
        print("log archive: \(plain) bytes in \(packed)")
        #expect(packed * 3 < plain)
    }

    @Test func aDamagedRowIsSaidSo() throws {
        let records = try Self.log(reports: LogArchive.batch + 10)
        let folder = try ScratchFolder()
        let path = folder.path + "/c.sqlite"
        let store = try Self.store(folder, records)
        #expect(try store.compact(before: Self.start + .seconds(1_000_000)) == LogArchive.batch)
        let database = try Database(path: path)
        try database.run("UPDATE log_archive SET byte_count = byte_count - 1")
        #expect(throws: LogDamage.self) { try Self.all(store, page: 100) }
    }

    @Test func fieldsComeBackFromTheirBytes() throws {
        let records = try Self.log(reports: 5)
        let bytes = RecordBytes.encoded(records)
        #expect(RecordBytes.decoded(bytes, of: Self.name) == records)
        for cut in stride(from: 1, to: bytes.count, by: 13) {
            let part = RecordBytes.decoded(Array(bytes.prefix(cut)), of: Self.name)
            #expect(part == nil || (part?.count ?? 0) < records.count, "cut at \(cut)")
        }
    }
}
