import AdminHTTP
import Glibc
import Synchronization
import Testing

/// One request over a plain socket, read to its end.
private func exchange(_ request: String, port: Int) -> String {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    let connected = withUnsafePointer(to: address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    guard connected == 0 else { return "not connected" }
    _ = request.withCString { write(socket, $0, strlen($0)) }
    shutdown(socket, Int32(SHUT_WR))
    var text: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while case let count = read(socket, &part, part.count), count > 0 { text += part[..<count] }
    return String(decoding: text, as: UTF8.self)
}

private func get(_ path: String, port: Int, method: String = "GET") -> String {
    exchange("\(method) \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", port: port)
}

/// Runs `body` beside a server, on a thread of its own since it blocks on sockets.
private func withServer(
    _ pages: AdminPages, _ body: @escaping @Sendable (Int) -> Void
) async throws {
    let server = try AdminServer(at: "127.0.0.1:0", pages: pages)
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await server.run() }
        await withCheckedContinuation { continuation in
            let done = Box(continuation)
            var thread = pthread_t()
            let work = Unmanaged.passRetained(
                Work {
                    body(server.port); done.value.resume()
                })
            pthread_create(
                &thread, nil,
                {
                    Unmanaged<Work>.fromOpaque($0!).takeRetainedValue().run(); return nil
                }, work.toOpaque())
            pthread_detach(thread)
        }
        group.cancelAll()
    }
}

private struct Box: @unchecked Sendable {
    let value: CheckedContinuation<Void, Never>
    init(_ value: CheckedContinuation<Void, Never>) { self.value = value }
}

private final class Work: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

@Suite struct AdminServerTests {
    @Test func everyPageAnswers() async throws {
        let whyNot = Mutex<String?>("starting")
        let pages = AdminPages(notReadyBecause: { whyNot.withLock { $0 } }) { "cairn_up 1\n" }
        try await withServer(pages) { port in
            #expect(get("/healthz", port: port).hasSuffix("\r\n\r\nok\n"))
            #expect(get("/readyz", port: port).hasPrefix("HTTP/1.1 503"))
            whyNot.withLock { $0 = nil }
            #expect(get("/readyz", port: port).hasSuffix("\r\n\r\nready\n"))
            let metrics = get("/metrics", port: port)
            #expect(metrics.contains("Content-Type: text/plain; version=0.0.4"))
            #expect(metrics.hasSuffix("\r\n\r\ncairn_up 1\n"))
            #expect(get("/", port: port).hasPrefix("HTTP/1.1 404"))
            #expect(get("/healthz", port: port, method: "POST").hasPrefix("HTTP/1.1 405"))
            #expect(!get("/healthz", port: port, method: "HEAD").contains("ok"))
        }
    }

    @Test func rubbishIsRefusedAndOthersGoOn() async throws {
        let pages = AdminPages(notReadyBecause: { nil }) { "" }
        try await withServer(pages) { port in
            _ = exchange("\u{0}\u{1}nonsense\r\n\r\n", port: port)
            _ = exchange(
                "GET /\(String(repeating: "x", count: 100_000)) HTTP/1.1\r\n\r\n", port: port)
            #expect(get("/healthz", port: port).hasSuffix("ok\n"))
        }
    }

    @Test func figuresThatCannotBeReadAreAnError() async throws {
        struct Lost: Error {}
        let pages = AdminPages(notReadyBecause: { nil }) { throw Lost() }
        try await withServer(pages) { port in
            #expect(get("/metrics", port: port).hasPrefix("HTTP/1.1 500"))
        }
    }

    @Test func aTakenPortIsNamed() throws {
        let pages = AdminPages(notReadyBecause: { nil }) { "" }
        let first = try AdminServer(at: "127.0.0.1:0", pages: pages)
        do {
            _ = try AdminServer(at: "127.0.0.1:\(first.port)", pages: pages)
            Issue.record("two servers on one port")
        } catch {
            #expect("\(error)".contains("\(first.port)"), "\(error)")
            #expect("\(error)".contains("Address already in use"), "\(error)")
        }
        #expect(throws: AdminError.self) { try AdminServer(at: "example.org:1", pages: pages) }
    }

    @Test func aServerThatNeverRanClosesItsPort() throws {
        let pages = AdminPages(notReadyBecause: { nil }) { "" }
        var port = 0
        do { port = try AdminServer(at: "127.0.0.1:0", pages: pages).port }
        #expect(try AdminServer(at: "127.0.0.1:\(port)", pages: pages).port == port)
    }
}
