import CairnCore
import Messages
import Testing

@testable import Routing

@Suite struct PinTests {
    private static func table(_ pins: [PinSpec], baseline: UInt32 = 0) -> RouteTable {
        let manifest = Digest(of: [1]).bytes
        return RouteTable(
            target: "prod/chat", model: "chat", epoch: 1, fencingToken: 1, attempt: 1,
            stable: Arm(number: "1.0.0", manifestDigest: manifest, weightBp: 9_500),
            candidate: Arm(number: "1.1.0", manifestDigest: manifest, weightBp: 500),
            baselineBp: baseline, pins: pins)
    }

    @Test func theFirstPinThatMatchesWins() throws {
        let table = try ServingTable(
            checking: Self.table([
                PinSpec(key: "ann", arm: "stable"), PinSpec(prefix: "an", arm: "candidate"),
                PinSpec(cohort: "staff", arm: "candidate"),
            ]))
        func arm(_ key: String, _ cohorts: Set<String> = []) -> ArmKind? {
            table.pinned(Array(key.utf8), cohorts: cohorts)?.arm
        }
        #expect(arm("ann") == .stable && arm("anna") == .candidate)
        #expect(arm("bob") == nil && arm("bob", ["staff"]) == .candidate)
        #expect(table.pinned(Array("ann".utf8), cohorts: [])?.isPinned == true)
        #expect(table.message.pins.count == 3)
    }

    @Test func whatWasPinnedIsNoEvidence() throws {
        let table = try ServingTable(checking: Self.table([PinSpec(key: "ann", arm: "candidate")]))
        var tally = OutcomeTally()
        let route = try #require(table.pinned(Array("ann".utf8), cohorts: []))
        tally.add(.answered(failed: true), of: route, at: Timestamp(seconds: 1))
        #expect(tally.isEmpty)
    }

    @Test(arguments: [
        PinSpec(arm: "stable"), PinSpec(key: "a", prefix: "b", arm: "stable"),
        PinSpec(key: "a", arm: "baseline"),
    ]) func aPinThatIsNoneIsRefused(pin: PinSpec) {
        #expect(throws: TableError.self) { try ServingTable(checking: Self.table([pin])) }
    }

    @Test func aBaselineIsAPartOfStable() throws {
        #expect(try ServingTable(checking: Self.table([], baseline: 500)).baseline.value == 500)
        #expect(throws: TableError.self) {
            try ServingTable(checking: Self.table([], baseline: 9_600))
        }
    }
}
