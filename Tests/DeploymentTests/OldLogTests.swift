import CairnCore
import CairnTestKit
import FoundationEssentials
import Testing

@testable import Deployment

/// Logs that were written by earlier programs lead to what they led to then: `OldLogs/N/*.log`, as the
/// program of form N wrote them.
@Suite struct OldLogTests {
    private static let folder = RepoFiles.root + "/Tests/DeploymentTests/OldLogs"

    static let names: [String] = {
        // An empty list fails the test below.
        let all = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return all.filter { $0.hasSuffix(".log") }.sorted()
    }()

    @Test func theLogsAreThere() { #expect(Self.names.count >= 8) }

    /// The chain, each record's route, and that each event is still one that is not refused.
    @Test(arguments: names) func anOldLogFoldsToWhatItLedTo(name: String) throws {
        let bytes = try Data(contentsOf: URL(filePath: Self.folder + "/" + name))
        let records = try StoredRecords.read(String(decoding: bytes, as: UTF8.self))
        var fold = LogFold(try TargetName("prod/chat"))
        for record in records { try fold.add(record) }
        #expect(fold.head == records.last?.head)
        #expect(fold.target.revision == UInt64(records.count))
    }
}

/// Records as lines of fields with tabs between them.
enum StoredRecords {
    static func text(_ records: [LogRecord]) -> String {
        records.map { record in
            [
                "\(record.sequence)", "\(record.time.nanoseconds)", record.actor, record.reason,
                record.summary, text(record.stable), text(record.candidate),
                "\(record.weight.value)", "\(record.epoch)", record.link.hex, record.event,
            ].joined(separator: "\t") + "\n"
        }.joined()
    }

    private static func text(_ release: Release?) -> String {
        release.map { "\($0.number.number):\($0.manifest.hex)" } ?? ""
    }

    static func read(_ text: String) throws -> [LogRecord] {
        try text.split(separator: "\n").map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
                .map(String.init)
            func release(_ field: String) -> Release? {
                guard let colon = field.firstIndex(of: ":"),
                    let number = VersionNumber(field[..<colon]),
                    let manifest = Digest(hex: field[field.index(after: colon)...])
                else { return nil }
                return Release(number: number, manifest: manifest)
            }
            return LogRecord(
                target: try TargetName("prod/chat"), sequence: try #require(UInt64(fields[0])),
                time: Timestamp(nanoseconds: try #require(Int64(fields[1]))), event: fields[10],
                actor: fields[2], reason: fields[3], summary: fields[4],
                stable: release(fields[5]), candidate: release(fields[6]),
                weight: try #require(Int(fields[7]).flatMap { BasisPoints($0) }),
                epoch: try #require(UInt64(fields[8])), link: try #require(Digest(hex: fields[9])))
        }
    }
}
