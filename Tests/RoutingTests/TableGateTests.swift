import CairnCore
import Messages
import Routing
import Testing

enum Tables {
    static let versions = (0..<8).map { Digest(of: [UInt8($0)]) }

    static func message(
        epoch: UInt64, token: UInt64 = 1, attempt: UInt64 = 0, stable: Int = 0,
        candidate: Int? = nil, weight: UInt32 = 0, keep: [Int] = [], target: String = "prod/chat"
    ) -> RouteTable {
        RouteTable(
            target: target, model: "chat", epoch: epoch, fencingToken: token, attempt: attempt,
            stable: Arm(
                number: "1.\(stable).0", manifestDigest: versions[stable].bytes,
                weightBp: 10_000 - weight),
            candidate: candidate.map {
                Arm(number: "1.\($0).0", manifestDigest: versions[$0].bytes, weightBp: weight)
            },
            keepDigests: keep.map { versions[$0].bytes }, changedUnixMs: 1_000)
    }

    static func table(
        epoch: UInt64, token: UInt64 = 1, attempt: UInt64 = 0, stable: Int = 0,
        candidate: Int? = nil, weight: UInt32 = 0, keep: [Int] = [], target: String = "prod/chat"
    ) throws -> ServingTable {
        try ServingTable(
            checking: message(
                epoch: epoch, token: token, attempt: attempt, stable: stable, candidate: candidate,
                weight: weight, keep: keep, target: target))
    }
}

@Suite struct TableGateTests {
    @Test func tablesSurviveTheWire() throws {
        let message = Tables.message(epoch: 3, attempt: 2, candidate: 1, weight: 500, keep: [0, 2])
        #expect(try ServingTable(checking: message).message == message)
    }

    @Test func tablesThatNobodyCanServeByAreRefused() {
        let good = Tables.message(epoch: 1, candidate: 1, weight: 500)
        var cases: [RouteTable] = []
        func broken(_ change: (inout RouteTable) -> Void) {
            var table = good
            change(&table)
            cases.append(table)
        }
        broken { $0.target = "chat" }
        broken { $0.epoch = 0 }
        broken { $0.stable!.weightBp = 9_000 }
        broken { $0.candidate!.weightBp = 10_001 }
        broken { $0.stable!.manifestDigest.removeLast() }
        broken { $0.keepDigests = [[1, 2]] }
        broken { $0.keepDigests = Array(repeating: Tables.versions[0].bytes, count: 65) }
        broken { $0.stable!.number = String(repeating: "1", count: 300) }
        for table in cases {
            #expect(throws: TableError.self) { try ServingTable(checking: table) }
        }
    }

    @Test func whatIsNeededIsNamedOnceMostUrgentFirst() throws {
        let table = try Tables.table(
            epoch: 1, stable: 0, candidate: 1, weight: 10, keep: [2, 0, 1])
        #expect(table.needed == [0, 1, 2].map { Tables.versions[$0] })
    }

    @Test func neitherEpochsNorFencingTokensFall() throws {
        var gate = TableGate()
        let admissions = [
            gate.admit(try Tables.table(epoch: 5, token: 2)),
            gate.admit(try Tables.table(epoch: 5, token: 2)),
        ]
        #expect(admissions == [.new, .known])
        for table in [
            try Tables.table(epoch: 4, token: 2), try Tables.table(epoch: 4, token: 3),
            try Tables.table(epoch: 6, token: 1), try Tables.table(epoch: 5, token: 2, stable: 1),
            try Tables.table(epoch: 5, token: 3, stable: 1),
            try Tables.table(epoch: 9, token: 9, target: "prod/other"),
        ] {
            guard case .refused = gate.admit(table) else {
                Issue.record("let in \(table)")
                continue
            }
            #expect(gate.table == (try Tables.table(epoch: 5, token: 2)))
        }
        let newLeader = gate.admit(try Tables.table(epoch: 5, token: 3))
        #expect(newLeader == .new, "a new leader, the same routes")
        let newRoutes = gate.admit(try Tables.table(epoch: 6, token: 3, stable: 1))
        #expect(newRoutes == .new)
    }

    @Test func underRandomTablesNothingEverFalls() throws {
        for seed in UInt64(1)...50 {
            var (random, gate) = (SeededRandom(seed: seed), TableGate())
            for _ in 0..<200 {
                let before = gate.table
                let table = try Tables.table(
                    epoch: .random(in: 1...8, using: &random),
                    token: .random(in: 1...4, using: &random),
                    stable: .random(in: 0...1, using: &random))
                let admission = gate.admit(table)
                guard let before, let after = gate.table else { continue }
                #expect(after.epoch >= before.epoch, "seed \(seed)")
                #expect(after.fencingToken >= before.fencingToken, "seed \(seed)")
                if after.epoch == before.epoch {
                    #expect(after.routesAlike(before), "seed \(seed)")
                }
                if case .refused = admission { #expect(after == before, "seed \(seed)") }
            }
        }
    }
}
