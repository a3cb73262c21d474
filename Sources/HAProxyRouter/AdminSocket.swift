import Dispatch
import Glibc
import Ports

/// HAProxy's admin socket (`stats socket … level admin`): one command for each connection.
struct AdminSocket: Sendable {
    let address: AdminAddress
    let limit: Duration
    let queue: DispatchQueue

    static let answerByteCountMax = 1 << 20

    /// What HAProxy answers to `command`, blank lines at both ends away.
    func ask(_ command: String) async throws -> String {
        try await withUnsafeThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try converse(command) }) }
        }
    }

    private func converse(_ command: String) throws(RouterError) -> String {
        let descriptor = try connected()
        defer { close(descriptor) }
        var bytes = Array((command + "\n").utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw failure("took no command") }
            bytes = bytes.dropFirst(count)
        }
        var answer: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = recv(descriptor, &part, part.count, 0)
            guard count >= 0 else { throw failure("did not answer '\(command.prefix(80))'") }
            if count == 0 { break }
            answer += part[..<count]
            guard answer.count <= Self.answerByteCountMax else {
                throw RouterError("HAProxy at \(address) answered more than 1 MiB")
            }
        }
        guard let text = String(validating: answer, as: UTF8.self) else {
            throw RouterError("HAProxy at \(address) answered what is no text")
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.drop { $0.isEmpty }.reversed().drop { $0.isEmpty }.reversed()
            .joined(separator: "\n")
    }

    private func failure(_ what: String) -> RouterError {
        let why =
            errno == EAGAIN ? "it took longer than \(limit)" : String(cString: strerror(errno))
        return RouterError("HAProxy at \(address) \(what): \(why)")
    }

    private func connected() throws(RouterError) -> Int32 {
        var why = "no such address"
        for candidate in try address.resolved() {
            let descriptor = socket(
                candidate.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            guard descriptor >= 0 else { throw failure("cannot be asked") }
            let (seconds, attoseconds) = limit.components
            var time = timeval(
                tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
            for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
                setsockopt(
                    descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
            }
            if candidate.withPointer({ connect(descriptor, $0, $1) }) == 0 { return descriptor }
            why = String(cString: strerror(errno))
            close(descriptor)
        }
        throw RouterError(
            "HAProxy does not answer at \(address): \(why). Is it running, with `stats socket … level "
                + "admin`, and may this user open the socket?")
    }
}

/// Where an admin socket is: `/run/haproxy/cairn.sock`, `unix:PATH`, `127.0.0.1:9999`.
public enum AdminAddress: Sendable, Equatable, CustomStringConvertible {
    case unix(String)
    case tcp(host: String, port: String)

    /// - Returns: `nil` where the text is neither a path nor HOST:PORT.
    public init?(_ text: String) {
        let path = text.hasPrefix("unix:") ? String(text.dropFirst(5)) : text
        if path.hasPrefix("/") {
            // As long as a socket's name may be.
            guard path.utf8.count <= 107 else { return nil }
            self = .unix(path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), colon != text.startIndex,
            UInt16(text[text.index(after: colon)...]) != nil
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        self = .tcp(host: host, port: String(text[text.index(after: colon)...]))
    }

    public var description: String {
        switch self {
        case .unix(let path): path
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }

    struct Resolved {
        var storage = sockaddr_storage()
        var byteCount = socklen_t(MemoryLayout<sockaddr_storage>.size)
        var family: Int32 { Int32(storage.ss_family) }

        func withPointer<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
            withUnsafePointer(to: storage) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, byteCount) }
            }
        }
    }

    func resolved() throws(RouterError) -> [Resolved] {
        switch self {
        case .unix(let path):
            var (address, result) = (sockaddr_un(), Resolved())
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            withUnsafeMutableBytes(of: &result.storage) {
                $0.storeBytes(of: address, as: sockaddr_un.self)
            }
            result.byteCount = socklen_t(MemoryLayout<sockaddr_un>.size)
            return [result]
        case .tcp(let host, let port):
            var hints = addrinfo()
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
            var list: UnsafeMutablePointer<addrinfo>?
            let code = getaddrinfo(host, port, &hints, &list)
            guard code == 0 else {
                throw RouterError(
                    "HAProxy's address \(self) is not known: \(String(cString: gai_strerror(code)))"
                )
            }
            defer { freeaddrinfo(list) }
            return sequence(first: list) { $0?.pointee.ai_next }.compactMap { item in
                guard let item else { return nil }
                var result = Resolved()
                withUnsafeMutableBytes(of: &result.storage) {
                    $0.copyMemory(
                        from: UnsafeRawBufferPointer(
                            start: item.pointee.ai_addr, count: Int(item.pointee.ai_addrlen)))
                }
                result.byteCount = item.pointee.ai_addrlen
                return result
            }
        }
    }
}
