import CairnTestKit
import Glibc
import LinuxHost
import Testing

@Suite struct ServiceManagerTests {
    @Test func readinessIsADatagram() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/notify"
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        ServiceManager.tell("READY=1", at: path)
        await Readiness.wait(for: socket)
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = recv(socket, &bytes, bytes.count, 0)
        #expect(String(decoding: bytes[..<count], as: UTF8.self) == "READY=1")
    }

    @Test func withoutAServiceManagerNothingHappens() {
        ServiceManager.tell("READY=1", at: nil)
        ServiceManager.tell("READY=1", at: "/nowhere/at/all")
        ServiceManager.tell("READY=1", at: String(repeating: "x", count: 500))
    }
}
