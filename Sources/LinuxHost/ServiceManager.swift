import Glibc

/// systemd, where a unit says `Type=notify`; elsewhere nobody listens.
///
/// Source: sd_notify(3): datagrams to the socket that NOTIFY_SOCKET names.
public enum ServiceManager {
    public static func tell(
        _ state: String, at name: String? = ChildProcess.environment["NOTIFY_SOCKET"]
    ) {
        guard let name else { return }
        var path = Array(name.utf8)
        var address = sockaddr_un()
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard (2..<capacity).contains(path.count) else { return }
        // An abstract socket is written with '@' where its name has a zero.
        if path[0] == UInt8(ascii: "@") { path[0] = 0 }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = MemoryLayout.offset(of: \sockaddr_un.sun_path).map { $0 + path.count } ?? 0

        let socket = Glibc.socket(
            AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return }
        defer { close(socket) }
        let bytes = Array(state.utf8)
        _ = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, socklen_t(length))
            }
        }
    }
}
