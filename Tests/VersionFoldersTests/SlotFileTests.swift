import Ports
import ServingTestKit
import Testing

@testable import VersionFolders

@Suite struct SlotFileTests {
    let scratch = ScratchTree()
    var path: String { scratch.path + "/slots" }

    @Test func theLastContentsAreReadBack() throws {
        do {
            let slots = try SlotFile(path)
            #expect(slots.contents == nil)
            for number in UInt8(0)..<5 { try slots.replace(with: [number, 7]) }
            try slots.replace(with: [])
            try slots.replace(with: [UInt8](repeating: 9, count: SlotFile.contentByteCountMax))
        }
        let again = try SlotFile(path)
        #expect(again.contents == [UInt8](repeating: 9, count: SlotFile.contentByteCountMax))
        #expect(SlotFile.contentByteCountMax >= ModelFolderLimits.memoryByteCount)
    }

    @Test func aWriteTornAtAnyByteLeavesWhatWasThere() throws {
        do {
            let slots = try SlotFile(path)
            try slots.replace(with: Array("old".utf8))
        }
        let before = scratch.read("slots")!
        do { try SlotFile(path).replace(with: Array("newer".utf8)) }
        let after = scratch.read("slots")!
        let changed = before.indices.filter { before[$0] != after[$0] }
        let (first, last) = (changed.first!, changed.last!)
        for cut in first...last {
            scratch.write("slots", Array(after[..<cut] + before[cut...]))
            #expect(try SlotFile(path).contents == Array("old".utf8), "torn at byte \(cut)")
        }
        scratch.write("slots", after)
        #expect(try SlotFile(path).contents == Array("newer".utf8))
    }

    @Test func aSecondHolderIsRefused() throws {
        let first = try SlotFile(path)
        #expect(throws: RPCError.self) { try SlotFile(path) }
        withExtendedLifetime(first) {}
    }
}
