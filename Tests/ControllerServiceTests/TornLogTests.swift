import CairnCore
import CairnTestKit
import Deployment
import FoundationEssentials
import Messages
import Ports
import SQLiteStores
import Testing

@testable import ControllerService

/// G7 on SQLite: a log whose last writes were torn by the power is the log up to some record, and
/// goes on from there as it would have.
@Suite struct TornLogTests {
    private static let target = ControllerScene.target

    /// Some dozens of records, none of them in the database file yet.
    private static func write(to store: sending SQLiteControllerStore) async throws {
        let scene = try await ControllerScene(store)
        try await scene.apply()
        for number in 0..<12 {
            try await scene.deploy("1.\(number).0")
            // The first one serves at once.
            if number == 0 { continue }
            scene.clock.advance(by: .seconds(1))
            _ = try await scene.verb(ControllerMethods.pause, .init(actor: "ann"))
            _ = try await scene.verb(ControllerMethods.resume, .init(actor: "bob"))
            _ = try await scene.verb(
                ControllerMethods.abort, .init(actor: "ann", reason: "number \(number)"))
            scene.clock.advance(by: .seconds(100))
            _ = try await scene.service.desk.submit(.timer, to: try TargetName(target))
        }
    }

    private static func records(at path: String) throws -> [LogRecord] {
        try SQLiteControllerStore(path: path).records(
            of: try TargetName(target), after: 0, limit: .max)
    }

    /// What an abort, and the next moment, would do there.
    private static func nextDecisions(of log: LogFold) -> [String] {
        let now = log.target.nextTimer() ?? log.target.lastEventAt + .seconds(1)
        return [Event.timer, .abort(.init(actor: "ann")), .restarted].map { event in
            var log = log
            do { return "\(try log.take(event, at: now))" } catch { return "\(error)" }
        }
    }

    @Test func aLogThatIsCutAnywhereGoesOnFromItsLastWholeRecord() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/controller.sqlite"
        // Reads, and so holds the file open: what is written stays beside it until it is copied.
        let holder = try SQLiteControllerStore(path: path)
        #expect(try holder.targets().isEmpty)
        try await Self.write(to: try SQLiteControllerStore(path: path))
        let whole = try Data(contentsOf: URL(filePath: path))
        let writes = try Data(contentsOf: URL(filePath: path + "-wal"))
        let all = try Self.records(at: path)
        #expect(all.count > 40 && writes.count > 100_000)
        var folds = [LogFold(try TargetName(Self.target))]
        for record in all {
            var fold = folds.last!
            try fold.add(record)
            folds.append(fold)
        }
        var random = SeededRandom(seed: 7)
        var ends: Set<Int> = []
        for trial in 0..<100 {
            let end = Int.random(in: 0..<writes.count, using: &random)
            let place = folder.path + "/cut-\(trial)"
            try whole.write(to: URL(filePath: place))
            try writes.prefix(end).write(to: URL(filePath: place + "-wal"))
            let left: [LogRecord]
            do { left = try Self.records(at: place) } catch {
                Issue.record("cut at \(end) of \(writes.count): \(error)")
                continue
            }
            #expect(left == Array(all.prefix(left.count)), "cut at \(end)")
            var fold = folds[0]
            for record in left { try fold.add(record) }
            #expect(fold == folds[left.count], "cut at \(end)")
            #expect(
                Self.nextDecisions(of: fold) == Self.nextDecisions(of: folds[left.count]),
                "cut at \(end)")
            ends.insert(left.count)
        }
        #expect(ends.count > 20, "cuts at many records: \(ends.sorted())")
        withExtendedLifetime(holder) {}
    }
}
