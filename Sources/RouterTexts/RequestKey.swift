import CairnCore

/// What of a request says whose it is: the same key goes to the same version.
public enum RequestKey: Sendable, Equatable {
    case header(String)
    case cookie(String)
    /// Of the query.
    case parameter(String)
    /// The address that the request comes from.
    case client

    /// `header:X-User`, `cookie:uid`, `param:user`, `client`.
    /// - Throws: `NameError` that says what is allowed.
    public init(_ text: String) throws(NameError) {
        if text == "client" {
            self = .client
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, (1...64).contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy(Self.isNameByte)
        else { throw Self.refusal(text) }
        switch parts[0] {
        case "header": self = .header(parts[1])
        // NGINX has each as a variable of that name, where letters, digits and _ are all there are.
        case "cookie" where !parts[1].contains("-"): self = .cookie(parts[1])
        case "param" where !parts[1].contains("-"): self = .parameter(parts[1])
        default: throw Self.refusal(text)
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            || byte == 45 || byte == 95
    }

    private static func refusal(_ text: String) -> NameError {
        NameError(
            "'\(text)' names no key: expected header:NAME, cookie:NAME, param:NAME (of the query) "
                + "or client (its address); names have letters, digits and _, a header's also -")
    }

    /// As HAProxy fetches it.
    var haproxy: String {
        switch self {
        // The whole of it: `req.hdr` takes commas for the ends of values.
        case .header(let name): "req.fhdr(\(name))"
        case .cookie(let name): "req.cook(\(name))"
        case .parameter(let name): "url_param(\(name))"
        case .client: "src"
        }
    }

    /// The variable in which NGINX has it.
    var nginx: String {
        switch self {
        case .header(let name):
            "$http_" + name.lowercased().map { $0 == "-" ? "_" : $0 }.map(String.init).joined()
        case .cookie(let name): "$cookie_" + name
        case .parameter(let name): "$arg_" + name
        case .client: "$remote_addr"
        }
    }
}
