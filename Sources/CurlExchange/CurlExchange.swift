import CCurlEasy
import Dispatch
import Glibc
import Ports
import Synchronization

/// HTTP by libcurl, whose calls block: each on a thread of the client's own queues.
public final class CurlExchange: HTTPExchange {
    private let queues: [DispatchQueue]
    private let turns = Atomic(0)

    /// What libcurl sets up once in a process.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

    /// - Parameter count: requests under way at a time; others wait for their turn.
    public init(label: String, count: Int = 4) {
        precondition(count >= 1 && Self.isReady, "libcurl cannot be set up")
        queues = (0..<count).map { DispatchQueue(label: "cairn.\(label).http.\($0)") }
    }

    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let turn = turns.wrappingAdd(1, ordering: .relaxed).newValue
        let queue = queues[Int(turn.magnitude) % queues.count]
        return try await withUnsafeThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try Self.perform(request) }) }
        }
    }

    private static func perform(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        guard let handle = curl_easy_init() else { throw HTTPError("libcurl has no memory") }
        defer { curl_easy_cleanup(handle) }
        let body = Body(byteCountMax: request.byteCountMax)
        var headers: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(headers) }
        // An `Expect: 100-continue` would cost a round trip, or a second with servers without it.
        for line in request.headers + ["Expect:"] { headers = curl_slist_append(headers, line) }
        try set(up: handle, request, headers)
        cairn_curl_write(handle, takeBytes, Unmanaged.passUnretained(body).toOpaque())
        let code = withExtendedLifetime(body) { curl_easy_perform(handle) }
        if body.isTooLong {
            throw HTTPError("\(request.url) answered more than \(request.byteCountMax) bytes")
        }
        guard code == CURLE_OK else {
            throw HTTPError(
                "\(request.url) did not answer: \(String(cString: curl_easy_strerror(code)))",
                tookTooLong: code == CURLE_OPERATION_TIMEDOUT)
        }
        return HTTPResponse(status: cairn_curl_status(handle), body: body.bytes)
    }

    private static func set(
        up handle: UnsafeMutableRawPointer, _ request: HTTPRequest,
        _ headers: UnsafeMutablePointer<curl_slist>?
    ) throws(HTTPError) {
        let (seconds, attoseconds) = request.limit.components
        let milliseconds = max(1, Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000))
        var codes = [
            cairn_curl_text(handle, CURLOPT_URL, request.url),
            cairn_curl_text(handle, CURLOPT_PROTOCOLS_STR, "http,https"),
            cairn_curl_number(handle, CURLOPT_NOSIGNAL, 1),
            cairn_curl_number(handle, CURLOPT_TIMEOUT_MS, milliseconds),
            cairn_curl_text(handle, CURLOPT_USERAGENT, "cairn"),
            cairn_curl_list(handle, CURLOPT_HTTPHEADER, headers),
        ]
        if request.isDirect { codes.append(cairn_curl_text(handle, CURLOPT_NOPROXY, "*")) }
        if let path = request.socketPath {
            codes.append(cairn_curl_text(handle, CURLOPT_UNIX_SOCKET_PATH, path))
        }
        if let body = request.body {
            codes.append(
                body.withUnsafeBytes { cairn_curl_post(handle, $0.baseAddress, $0.count) })
        }
        guard let refusal = codes.first(where: { $0 != CURLE_OK }) else { return }
        throw HTTPError(
            "\(request.url) cannot be asked: \(String(cString: curl_easy_strerror(refusal)))")
    }
}

/// An answer while it comes in.
private final class Body {
    let byteCountMax: Int
    var bytes: [UInt8] = []
    var isTooLong = false

    init(byteCountMax: Int) { self.byteCountMax = byteCountMax }
}

/// Called by libcurl on the thread of the request; taking less than it was given ends that.
private func takeBytes(
    _ start: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let start, let context else { return 0 }
    let body = Unmanaged<Body>.fromOpaque(context).takeUnretainedValue()
    guard body.bytes.count + count <= body.byteCountMax else {
        body.isTooLong = true
        return 0
    }
    body.bytes += UnsafeRawBufferPointer(start: start, count: size * count)
    return size * count
}
