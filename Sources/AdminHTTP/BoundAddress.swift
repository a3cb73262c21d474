import Glibc

/// A numeric address with a port, as sockets take it.
struct BoundAddress {
    private var storage = sockaddr_storage()

    /// `127.0.0.1:7501`, `localhost:7501`, `[::1]:7501`.
    init(_ text: String) throws(AdminError) {
        let refusal = AdminError(
            "'\(text)' is not host:port with a numeric host, as 127.0.0.1:7501")
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { throw refusal }
        let host = String(text[..<colon])
        var six = sockaddr_in6()
        if host.hasPrefix("["), host.hasSuffix("]"),
            inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &six.sin6_addr) == 1
        {
            (six.sin6_family, six.sin6_port) = (sa_family_t(AF_INET6), port.bigEndian)
            withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: six, as: sockaddr_in6.self) }
            return
        }
        var four = sockaddr_in()
        let number = host == "localhost" ? "127.0.0.1" : host
        guard inet_pton(AF_INET, number, &four.sin_addr) == 1 else { throw refusal }
        (four.sin_family, four.sin_port) = (sa_family_t(AF_INET), port.bigEndian)
        withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: four, as: sockaddr_in.self) }
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>) -> Result) -> Result {
        withUnsafePointer(to: storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }
}
