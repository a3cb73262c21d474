/// What is asked of a server over HTTP.
public struct HTTPRequest: Sendable, Equatable {
    public enum Method: String, Sendable, CaseIterable {
        case get = "GET", post = "POST", put = "PUT"
    }

    public struct Header: Sendable, Equatable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
    }

    public var method: Method
    /// `http` or `https`.
    public var url: String
    public var headers: [Header]
    public var body: [UInt8]
    /// From the call to the last byte of the answer.
    public var timeout: Duration
    /// A longer answer is a failure: nobody's answer fills the memory.
    public var answerBytesMax: Int
    /// A socket of this host in place of the address in `url`.
    public var socketPath: String?
    /// Past every proxy that the environment names.
    public var isDirect = false
    /// Over a connection of its own, closed after it.
    public var isAlone = false

    public init(
        _ method: Method, _ url: String, headers: [Header] = [], body: [UInt8] = [],
        timeout: Duration = .seconds(10), answerBytesMax: Int = 1 << 20
    ) {
        (self.method, self.url, self.headers, self.body) = (method, url, headers, body)
        (self.timeout, self.answerBytesMax) = (timeout, answerBytesMax)
    }
}

/// What a server answered, whatever its status.
public struct HTTPAnswer: Sendable, Equatable {
    public var status: Int
    /// As they came, in order; their names as the server wrote them.
    public var headers: [HTTPRequest.Header]
    public var body: [UInt8]

    public init(status: Int, headers: [HTTPRequest.Header] = [], body: [UInt8] = []) {
        (self.status, self.headers, self.body) = (status, headers, body)
    }

    public init(status: Int, text: String) { self.init(status: status, body: Array(text.utf8)) }

    /// 200 to 299.
    public var isSuccess: Bool { (200...299).contains(status) }
    public var text: String { String(decoding: body, as: UTF8.self) }
}

/// There was no answer.
public struct HTTPFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// The request can never be sent.
        case invalid
        /// No connection, or it broke.
        case unreachable
        case timedOut = "timed_out"
        /// The answer is longer than the request allows.
        case tooLong = "too_long"
    }

    public let code: Code
    public let description: String

    public init(_ code: Code, _ description: String) {
        (self.code, self.description) = (code, description)
    }
}

/// Asks servers over HTTP. Many requests at a time; follows no redirects, keeps no cookies.
public protocol HTTPCaller: Sendable {
    /// - Throws: `HTTPFailure`; `CancellationError` when the task is cancelled.
    func answer(to request: HTTPRequest) async throws -> HTTPAnswer
}

/// A caller whose servers are a function, for tests and simulations.
public struct InMemoryHTTP: HTTPCaller {
    private let server: @Sendable (HTTPRequest) async throws -> HTTPAnswer

    public init(_ server: @escaping @Sendable (HTTPRequest) async throws -> HTTPAnswer) {
        self.server = server
    }

    public func answer(to request: HTTPRequest) async throws -> HTTPAnswer {
        let answer = try await server(request)
        guard answer.body.count <= request.answerBytesMax else {
            throw HTTPFailure(
                .tooLong, "\(request.url) answers more than \(request.answerBytesMax) bytes")
        }
        return answer
    }
}
