import CMicrohttpd
import Synchronization

/// An answer as it goes out.
struct Page: Sendable {
    let status: UInt32
    let body: String
    let type: String

    init(_ status: UInt32, _ body: String, type: String = "text/plain; charset=utf-8") {
        (self.status, self.body, self.type) = (status, body, type)
    }
}

/// One request between the library's thread, which holds the connection suspended, and `run()`,
/// which makes the page and lets the connection go on.
final class Exchange: Sendable {
    let path: String
    /// What is posted; `nil` for GET and HEAD.
    let draft: PostedDraft?
    private let connection: Connection
    private let page = Mutex<Page?>(nil)

    /// Only handed back to the library, which locks for itself.
    private struct Connection: @unchecked Sendable { let pointer: OpaquePointer }

    init(path: String, draft: PostedDraft? = nil, connection: OpaquePointer) {
        (self.path, self.draft) = (path, draft)
        self.connection = Connection(pointer: connection)
    }

    func finish(_ page: Page) {
        self.page.withLock { $0 = page }
        MHD_resume_connection(connection.pointer)
    }

    var finished: Page? { page.withLock { $0 } }
}

/// Called by the library: once with the request, and again when its connection goes on.
func answerRequest(
    context: UnsafeMutableRawPointer?, connection: OpaquePointer?,
    url: UnsafePointer<CChar>?, method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?,
    body: UnsafePointer<CChar>?, bodySize: UnsafeMutablePointer<Int>?,
    state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let context, let connection, let state, let url, let method, let bodySize else {
        return .NO
    }
    if let held = state.pointee {
        let exchange = Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
        if let page = exchange.finished { return send(page, on: connection) }
        guard let draft = exchange.draft else { return .YES }
        if bodySize.pointee > 0 {
            draft.add(UnsafeRawBufferPointer(start: body, count: bodySize.pointee))
            bodySize.pointee = 0
            return .YES
        }
        if draft.isTooLong {
            return send(
                Page(413, "more than \(PostedDraft.byteCountMax) bytes\n"), on: connection)
        }
        hand(exchange, on: connection, to: context)
        return .YES
    }
    let inbox = Unmanaged<Inbox>.fromOpaque(context).takeUnretainedValue()
    let path = String(cString: url)
    if String(cString: method) == "POST", inbox.takesPosts(to: path) {
        let value = MHD_lookup_connection_value(connection, .HEADER_KIND, "Authorization")
        let draft = PostedDraft(authorization: value.map { String(cString: $0) } ?? "")
        let exchange = Exchange(path: path, draft: draft, connection: connection)
        state.pointee = Unmanaged.passRetained(exchange).toOpaque()
        return .YES
    }
    guard ["GET", "HEAD"].contains(String(cString: method)) else {
        bodySize.pointee = 0
        return send(Page(405, "only GET and HEAD\n"), on: connection)
    }
    let exchange = Exchange(path: path, connection: connection)
    state.pointee = Unmanaged.passRetained(exchange).toOpaque()
    hand(exchange, on: connection, to: context)
    return .YES
}

private func hand(
    _ exchange: Exchange, on connection: OpaquePointer, to context: UnsafeMutableRawPointer
) {
    MHD_suspend_connection(connection)
    let inbox = Unmanaged<Inbox>.fromOpaque(context).takeUnretainedValue()
    if !inbox.offer(exchange) { exchange.finish(Page(503, "shutting down\n")) }
}

/// Called by the library when a request ended, answered or cut.
func requestIsOver(
    context: UnsafeMutableRawPointer?, connection: OpaquePointer?,
    state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, how: MHD_RequestTerminationCode
) {
    guard let held = state?.pointee else { return }
    state?.pointee = nil
    Unmanaged<Exchange>.fromOpaque(held).release()
}

private func send(_ page: Page, on connection: OpaquePointer) -> MHD_Result {
    let bytes = Array(page.body.utf8)
    let response = bytes.withUnsafeBytes { cairn_mhd_response($0.baseAddress, $0.count) }
    guard let response else { return .NO }
    defer { MHD_destroy_response(response) }
    MHD_add_response_header(response, "Content-Type", page.type)
    MHD_add_response_header(response, "Cache-Control", "no-store")
    return MHD_queue_response(connection, page.status, response)
}
