import Dispatch
import Glibc

/// A socket address as the kernel reads it.
struct RawAddress: Sendable {
    let family: Int32
    let bytes: [UInt8]

    func withSockaddr<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        bytes.withUnsafeBytes {
            body($0.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
        }
    }
}

extension SocketAddress {
    /// The address, when no name has to be looked up; `nil` when one has.
    func numeric() throws(SocketError) -> RawAddress? {
        switch self {
        case .unix(let path): return Self.unixAddress(path)
        case .tcp(let host, let port): return Self.lookUp(host, port, AI_NUMERICHOST).first
        }
    }

    /// Asks the system's resolver; blocks, so never on a loop.
    func lookUp() throws(SocketError) -> [RawAddress] {
        guard case .tcp(let host, let port) = self else { return try numeric().map { [$0] } ?? [] }
        let found = Self.lookUp(host, port, 0)
        guard !found.isEmpty else {
            throw SocketError("find \(self)", because: "no address is known for \(host)")
        }
        return found
    }

    /// Calls `done` on a thread of its own with what `lookUp` says.
    func lookUp(_ done: @escaping @Sendable (Result<[RawAddress], SocketError>) -> Void) {
        DispatchQueue.global().async {
            done(Result { () throws(SocketError) in try lookUp() })
        }
    }

    private static func lookUp(_ host: String, _ port: UInt16, _ flags: Int32) -> [RawAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = flags | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [RawAddress] = []
        var next = list
        while let entry = next?.pointee {
            let bytes = UnsafeRawBufferPointer(start: entry.ai_addr, count: Int(entry.ai_addrlen))
            found.append(RawAddress(family: entry.ai_family, bytes: Array(bytes)))
            next = entry.ai_next
        }
        return found
    }

    private static func unixAddress(_ path: String) -> RawAddress {
        precondition(path.utf8.count <= longestPath, "socket path of \(path.utf8.count) bytes")
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return RawAddress(family: AF_UNIX, bytes: withUnsafeBytes(of: address) { Array($0) })
    }
}
