import Glibc
import Ports
import ServingTestKit
import Testing

@testable import VersionFolders

@Suite struct SpoolTests {
    let scratch = ScratchTree()
    let queues = WorkQueues(label: "test")

    func spool(_ limit: Int = 16 << 20) throws -> SpoolOnDisk {
        try SpoolOnDisk(scratch.path + "/spool", byteCountMax: limit, queues: queues)
    }

    @Test func entriesOutliveTheProcessInOrder() async throws {
        do {
            let spool = try spool()
            for number in UInt8(0)..<10 { try await spool.append([number]) }
            try await spool.remove(through: 4)
        }
        let again = try spool()
        // A file goes once all that is in it is removed: after a crash some entries come again.
        #expect(again.count() == 10)
        try await again.remove(through: 10)
        #expect(again.count() == 0 && scratch.names(in: "spool") == [])
        try await again.append([42])
        #expect(again.first()?.number == 11)
    }

    @Test func aRecordTornAtAnyByteIsNotThere() async throws {
        do {
            let spool = try spool()
            try await spool.append([1, 2, 3])
            try await spool.append([4, 5, 6])
        }
        let whole = scratch.read("spool/1.log")!
        for cut in (whole.count / 2)..<whole.count {
            scratch.write("spool/1.log", Array(whole[..<cut]))
            let spool = try spool()
            #expect(spool.count() == 1 && spool.first()?.bytes == [1, 2, 3], "torn at byte \(cut)")
            try await spool.append([7])
            let again = try self.spool()
            #expect(again.count() == 2, "torn at byte \(cut)")
            try await again.remove(through: 99)
            #expect(again.count() == 0)
        }
    }

    @Test func itIsBounded() async throws {
        let spool = try spool(10)
        try await spool.append([UInt8](repeating: 1, count: 6))
        let error = await #expect(throws: RPCError.self) {
            try await spool.append([UInt8](repeating: 1, count: 6))
        }
        #expect(error?.code == .resourceExhausted)
        try await spool.remove(through: 1)
        try await spool.append([UInt8](repeating: 1, count: 6))
        #expect(spool.count() == 1)
    }
}
