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
    private let connection: Connection
    private let page = Mutex<Page?>(nil)

    /// Only handed back to the library, which locks for itself.
    private struct Connection: @unchecked Sendable { let pointer: OpaquePointer }

    init(path: String, connection: OpaquePointer) {
        (self.path, self.connection) = (path, Connection(pointer: connection))
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
        guard let page = exchange.finished else { return .YES }
        return send(page, on: connection)
    }
    guard ["GET", "HEAD"].contains(String(cString: method)) else {
        bodySize.pointee = 0
        return send(Page(405, "only GET and HEAD\n"), on: connection)
    }
    let exchange = Exchange(path: String(cString: url), connection: connection)
    state.pointee = Unmanaged.passRetained(exchange).toOpaque()
    MHD_suspend_connection(connection)
    let inbox = Unmanaged<Inbox>.fromOpaque(context).takeUnretainedValue()
    if !inbox.offer(exchange) { exchange.finish(Page(503, "shutting down\n")) }
    return .YES
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
