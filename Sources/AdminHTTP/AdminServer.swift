import CMicrohttpd
import Glibc
import Synchronization

/// What an admin port shows.
public struct AdminPages: Sendable {
    /// Why the service takes no calls now; `nil` when it does.
    public var notReadyBecause: @Sendable () -> String?
    /// The page of `/metrics`, in Prometheus' text format.
    public var metrics: @Sendable () async throws -> String

    public init(
        notReadyBecause: @escaping @Sendable () -> String?,
        metrics: @escaping @Sendable () async throws -> String
    ) {
        (self.notReadyBecause, self.metrics) = (notReadyBecause, metrics)
    }
}

/// Answers `/healthz`, `/readyz` and `/metrics` on a port of its own, over libmicrohttpd.
///
/// The library's thread only parses; each answer is made by `run()`, so that `/healthz` proves that
/// the process's tasks run. Reads and tells; what is posted goes to handlers that only some have.
public final class AdminServer: Sendable {
    /// The port in force, also where 0 was asked for.
    public let port: Int
    private let daemon: Daemon
    private let pages: AdminPages
    private let posts: [String: PostHandler]
    private let inbox: Inbox
    private let isStopped = Atomic(false)

    /// libmicrohttpd is thread-safe, and this pointer is only handed back to it.
    private struct Daemon: @unchecked Sendable { let pointer: OpaquePointer }

    static let connectionCountMax: UInt32 = 64
    static let idleSeconds: UInt32 = 15

    /// Binds at once; answers once `run()` runs.
    /// - Parameters:
    ///   - address: `127.0.0.1:7501`, `[::1]:7501`; port 0 takes a free one.
    ///   - posts: by path, what takes bodies of at most a mebibyte.
    public init(
        at address: String, pages: AdminPages, posts: [String: PostHandler] = [:]
    ) throws(AdminError) {
        (self.pages, self.posts) = (pages, posts)
        inbox = Inbox(postPaths: Set(posts.keys))
        let socket = try BoundAddress(address)
        let context = Unmanaged.passUnretained(inbox).toOpaque()
        let started = socket.withPointer {
            cairn_mhd_start(
                $0, answerRequest, context, requestIsOver, Self.connectionCountMax, Self.idleSeconds
            )
        }
        guard let started else {
            throw AdminError(
                "the admin port \(address) cannot be opened: \(String(cString: strerror(errno)))")
        }
        daemon = Daemon(pointer: started)
        port = Int(cairn_mhd_port(started))
    }

    /// Answers until its task is cancelled, then closes the port. Once.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            while let exchange = await inbox.next() {
                group.addTask { await self.answer(exchange) }
            }
        }
        // The library may only stop when every suspended connection goes on.
        MHD_quiesce_daemon(daemon.pointer)
        for exchange in inbox.close() { exchange.finish(Page(503, "shutting down\n")) }
        MHD_stop_daemon(daemon.pointer)
        isStopped.store(true, ordering: .relaxed)
    }

    /// A server that was never run closes its port here; `run()` has let go of it before.
    deinit {
        if !isStopped.load(ordering: .relaxed) { MHD_stop_daemon(daemon.pointer) }
    }

    private func answer(_ exchange: Exchange) async {
        guard let draft = exchange.draft, let take = posts[exchange.path] else {
            return exchange.finish(await page(for: exchange.path))
        }
        let answer = await take(
            PostedBody(
                path: exchange.path, authorization: draft.authorization, bytes: draft.bytes))
        exchange.finish(Page(UInt32(answer.status), answer.text))
    }

    private func page(for path: String) async -> Page {
        switch path {
        case "/healthz": return Page(200, "ok\n")
        case "/readyz":
            if let why = pages.notReadyBecause() { return Page(503, why + "\n") }
            return Page(200, "ready\n")
        case "/metrics":
            do {
                return Page(
                    200, try await pages.metrics(), type: "text/plain; version=0.0.4; charset=utf-8"
                )
            } catch {
                return Page(500, "the figures cannot be read: \(error)\n")
            }
        default: return Page(404, "there are /healthz, /readyz and /metrics\n")
        }
    }
}

/// The admin port could not be opened; the text says why.
public struct AdminError: Error, Equatable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}
