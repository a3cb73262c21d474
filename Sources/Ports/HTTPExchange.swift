import Synchronization

/// A request to somebody's HTTP server.
public struct HTTPRequest: Sendable, Equatable {
    public var url: String
    /// Sent with POST as `type`; `nil`: GET.
    public var body: [UInt8]?
    /// Whole lines: `Accept: application/json`.
    public var headers: [String] = []
    /// Of everything, from the connection to the last byte.
    public var limit: Duration
    public var byteCountMax = 16 << 20
    /// A socket of this host in place of the address in `url`.
    public var socketPath: String?
    /// Past every proxy that the environment names.
    public var isDirect = false

    public init(_ url: String, body: [UInt8]? = nil, limit: Duration) {
        (self.url, self.body, self.limit) = (url, body, limit)
    }
}

public struct HTTPResponse: Sendable, Equatable {
    public var status: Int
    public var body: [UInt8]

    public init(status: Int, body: [UInt8]) { (self.status, self.body) = (status, body) }
    public init(status: Int, _ text: String) { self.init(status: status, body: Array(text.utf8)) }
}

/// No answer came; the text says why.
public struct HTTPError: Error, Equatable, CustomStringConvertible {
    public let description: String
    public let tookTooLong: Bool
    public init(_ description: String, tookTooLong: Bool = false) {
        (self.description, self.tookTooLong) = (description, tookTooLong)
    }
}

/// Asks HTTP servers, each time over a connection of its own.
public protocol HTTPExchange: Sendable {
    /// - Returns: whatever the server answered, errors of its own too.
    /// - Throws: `HTTPError` when it did not answer.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
}

/// HTTP servers without a network, for tests and simulations.
public final class MemoryHTTP: HTTPExchange {
    private let answer: Mutex<@Sendable (HTTPRequest) throws -> HTTPResponse>
    private let sent = Mutex<[HTTPRequest]>([])

    public init(_ answer: @escaping @Sendable (HTTPRequest) throws -> HTTPResponse) {
        self.answer = Mutex(answer)
    }

    /// Every request, oldest first.
    public var requests: [HTTPRequest] { sent.withLock { $0 } }

    public func answers(_ answer: @escaping @Sendable (HTTPRequest) throws -> HTTPResponse) {
        self.answer.withLock { $0 = answer }
    }

    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        sent.withLock { $0.append(request) }
        return try answer.withLock { $0 }(request)
    }
}
