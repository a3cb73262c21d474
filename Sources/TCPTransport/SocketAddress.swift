/// Where a service listens: `127.0.0.1:7401`, `[::1]:7401`, `ingest.example:7401`, or
/// `unix:/run/cairn/ingest.sock`.
public enum SocketAddress: Hashable, Sendable {
    /// A host name or a numeric address, without brackets. Port 0 lets the system choose.
    case tcp(host: String, port: UInt16)
    /// The path of a Unix-domain socket, at most 107 bytes.
    case unix(path: String)

    static let longestPath = 107

    /// - Returns: `nil` when the text is none of the forms above.
    public init?(_ text: some StringProtocol) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard (1...Self.longestPath).contains(path.utf8.count) else { return nil }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("[") && host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self = .tcp(host: host, port: port)
    }
}

extension SocketAddress: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
