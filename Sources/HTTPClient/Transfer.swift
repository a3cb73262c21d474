import CCurl
import Ports

/// One request on its way, and the answer as it comes. Handed from the caller to the driving thread.
final class Transfer: @unchecked Sendable {
    let ticket: UInt64
    let easy: UnsafeMutableRawPointer
    let end: @Sendable (Result<HTTPAnswer, any Error>) -> Void
    private let request: HTTPRequest
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var body: [UInt8] = []
    private var headers: [HTTPRequest.Header] = []
    private var isTooLong = false
    /// Of the headers, which count against the answer's bound too.
    private var headerByteCount = 0

    init(
        _ request: HTTPRequest, _ ticket: UInt64,
        end: @escaping @Sendable (Result<HTTPAnswer, any Error>) -> Void
    ) throws(HTTPFailure) {
        try Self.check(request)
        guard let easy = curl_easy_init() else {
            throw HTTPFailure(.unreachable, "libcurl has no memory for a request")
        }
        (self.request, self.ticket, self.easy, self.end) = (request, ticket, easy, end)
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        prepare()
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    private static func check(_ request: HTTPRequest) throws(HTTPFailure) {
        guard request.url.hasPrefix("http://") || request.url.hasPrefix("https://") else {
            throw HTTPFailure(
                .invalid,
                "'\(request.url.prefix(200))' is no URL that begins with http:// or https://")
        }
        // What the kernel takes as the name of a socket.
        guard request.socketPath?.utf8.count ?? 1 <= 107, request.socketPath != "" else {
            throw HTTPFailure(
                .invalid,
                "'\(request.socketPath ?? "")' is no path of a socket: expected 1 to 107 bytes")
        }
        for header in request.headers {
            let isPlain = (header.name + header.value).utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
            guard isPlain, !header.name.isEmpty, !header.name.contains(":") else {
                throw HTTPFailure(
                    .invalid, "the header '\(header.name.prefix(40))' cannot be sent as it is")
            }
        }
    }

    private func prepare() {
        let milliseconds = request.timeout / .milliseconds(1)
        cairn_curl_number(easy, CURLOPT_NOSIGNAL, 1)
        cairn_curl_number(easy, CURLOPT_TIMEOUT_MS, max(1, Int(milliseconds)))
        cairn_curl_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        cairn_curl_text(easy, CURLOPT_URL, request.url)
        cairn_curl_text(easy, CURLOPT_USERAGENT, "cairn")
        cairn_curl_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
        if request.isDirect { cairn_curl_text(easy, CURLOPT_NOPROXY, "*") }
        if let path = request.socketPath { cairn_curl_text(easy, CURLOPT_UNIX_SOCKET_PATH, path) }
        if request.isAlone {
            cairn_curl_number(easy, CURLOPT_FRESH_CONNECT, 1)
            cairn_curl_number(easy, CURLOPT_FORBID_REUSE, 1)
        }
        if request.method != .get || !request.body.isEmpty {
            _ = request.body.withUnsafeBytes {
                cairn_curl_body(easy, $0.baseAddress ?? UnsafeRawPointer(errorText), $0.count)
            }
        }
        cairn_curl_text(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        // Without it libcurl asks first whether a long body is wanted, and waits a second for it.
        headerList = curl_slist_append(headerList, "Expect:")
        for header in request.headers {
            // An empty value is sent only in this form.
            let line = header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"
            headerList = curl_slist_append(headerList, line)
        }
        cairn_curl_pointer(easy, CURLOPT_HTTPHEADER, headerList)
        _ = cairn_curl_sinks(
            easy, { Transfer.take($0, $1 * $2, $3) { $0.take(body: $1) } },
            { Transfer.take($0, $1 * $2, $3) { $0.take(header: $1) } },
            Unmanaged.passUnretained(self).toOpaque())
    }

    /// - Returns: how many bytes were taken; fewer than came end the transfer.
    private static func take(
        _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
        _ body: (Transfer, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let context else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        return body(transfer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }

    private func take(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= request.answerBytesMax else {
            isTooLong = true
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    private func take(header bytes: UnsafeRawBufferPointer) -> Bool {
        headerByteCount += bytes.count
        guard headerByteCount <= max(request.answerBytesMax, 1 << 16) else {
            isTooLong = true
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self)
        // A status line begins an answer: those before it were of one that only said "go on".
        if line.hasPrefix("HTTP/") { headers = [] }
        guard let colon = line.firstIndex(of: ":") else { return true }
        let value = line[line.index(after: colon)...]
        headers.append(
            .init(
                String(line[..<colon]),
                String(
                    value.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())))
        return true
    }

    /// How the transfer ended.
    func result(_ code: CURLcode) -> Result<HTTPAnswer, any Error> {
        if code == CURLE_OK {
            return .success(
                HTTPAnswer(status: cairn_curl_status(easy), headers: headers, body: body))
        }
        if isTooLong {
            return .failure(
                HTTPFailure(
                    .tooLong, "\(request.url) answers more than \(request.answerBytesMax) bytes"))
        }
        let said = String(cString: errorText)
        let why = said.isEmpty ? String(cString: curl_easy_strerror(code)) : said
        return .failure(HTTPFailure(Self.meaning(of: code), "\(request.url): \(why)"))
    }

    private static func meaning(of code: CURLcode) -> HTTPFailure.Code {
        switch code {
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .invalid
        default: .unreachable
        }
    }
}
