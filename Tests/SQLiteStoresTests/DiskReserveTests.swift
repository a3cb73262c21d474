import CairnTestKit
import Glibc
import Testing

@testable import SQLiteStores

@Suite struct DiskReserveTests {
    @Test func roomIsTakenGivenUpAndTakenAgain() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/reserve"
        let reserve = DiskReserve(path: path)
        #expect(reserve.isHeld)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_blocks * 512 >= DiskReserve.byteCount)
        #expect(reserve.release())
        #expect(!reserve.isHeld && !reserve.release())
        reserve.hold()
        #expect(reserve.isHeld)
    }
}
