import AdminHTTP
import CairnCore
import CommandTable
import Glibc
import LinuxHost
import Ports
import Synchronization
import TCPTransport

/// A service from its first open port to its last answered call.
struct ServiceLife: Sendable {
    private enum Stop: Sendable { case asked(String), failed(any Error) }

    private let environment: ServiceEnvironment
    private let parts: ServiceParts
    private let readiness = Readying()
    private let server: TCPServer
    private let admin: AdminServer?

    /// Opens the ports, so that a taken one ends the program before anything runs.
    init(_ environment: ServiceEnvironment, _ parts: ServiceParts) throws {
        (self.environment, self.parts) = (environment, parts)
        let text = environment.arguments.text("listen") ?? ""
        guard let address = SocketAddress(text) else {
            throw UsageError("--listen needs HOST:PORT or unix:PATH, not '\(text)'")
        }
        var options = ServerOptions()
        options.build = Build.version
        options.drainTime = .seconds(environment.arguments.number("drain-seconds") ?? 10)
        options.report = { [log = environment.log] error, method in
            log.error("a call failed by a bug", ["method": "\(method)", "error": "\(error)"])
        }
        do {
            server = try TCPServer(
                parts.routes, on: address, loops: environment.loops, options: options)
        } catch {
            throw HostError(
                "\(error). If another \(environment.name) runs there, end it or choose another "
                    + "port with --listen")
        }
        let (readiness, server) = (readiness, server)
        admin = try environment.arguments.text("admin").flatMap { address in
            if address == "none" { return nil }
            return try AdminServer(
                at: address,
                pages: AdminPages(notReadyBecause: { readiness.why }) {
                    let own = try await parts.metrics()
                    let common = await CommonMetrics.families(
                        of: environment.name, server: server, isReady: readiness.why == nil)
                    return (common + own).exposition
                })
        }
    }

    func run() async throws {
        let (stops, stop) = AsyncStream.makeStream(of: Stop.self)
        // Before anybody is told that the service is ready: who is told may end it at once.
        let signals = Signals([SIGTERM, SIGINT])
        await withTaskGroup(of: Void.self) { group in
            if let admin { group.addTask { await admin.run() } }
            group.addTask { await watch(signals, stop) }
            if let lifeline = environment.arguments.number("lifeline-fd") {
                group.addTask {
                    _ = await Readiness.readAll(Int32(lifeline))
                    stop.yield(.asked("its supervisor is gone"))
                }
            }
            await serve(until: stops, stop)
            group.cancelAll()
        }
        if let failure = readiness.failure { throw failure }
    }

    private func watch(_ signals: Signals, _ stop: AsyncStream<Stop>.Continuation) async {
        guard let first = await signals.next() else { return }
        stop.yield(.asked(first == SIGINT ? "SIGINT" : "SIGTERM"))
        if await signals.next() != nil {
            environment.log.warning("ends at once, asked twice")
            _exit(1)
        }
    }

    /// The service's own work outlives its server: calls that drain may still need it.
    private func serve(
        until stops: AsyncStream<Stop>, _ stop: AsyncStream<Stop>.Continuation
    ) async {
        await withTaskGroup(of: Void.self) { work in
            work.addTask { await attempt(stop) { try await parts.run() } }
            await withTaskGroup(of: Void.self) { calls in
                calls.addTask { await attempt(stop) { try await server.run() } }
                announce()
                await end(because: await stops.first { _ in true })
            }
            work.cancelAll()
        }
        environment.log.info("ended")
    }

    private func attempt(
        _ stop: AsyncStream<Stop>.Continuation, _ body: () async throws -> Void
    ) async {
        do {
            try await body()
        } catch {
            if !Task.isCancelled { stop.yield(.failed(error)) }
        }
    }

    private func announce() {
        readiness.set(nil)
        var facts = "\(server.address)"
        if let admin { facts += ", admin port \(admin.port)" }
        environment.log.info("ready on \(facts)", ["folder": environment.folder])
        ServiceManager.tell("READY=1")
        if let descriptor = environment.arguments.number("ready-fd") {
            // Nobody listening any more is no reason to end.
            Files.writeAll("ready\n", to: Int32(descriptor))
            close(Int32(descriptor))
        }
    }

    private func end(because stop: Stop?) async {
        switch stop {
        case .asked(let who): environment.log.info("shutting down", ["because": who])
        case .failed(let error):
            environment.log.error("failed", ["error": "\(error)"])
            readiness.fail(error)
        case nil: environment.log.info("shutting down")
        }
        readiness.set("shutting down")
        ServiceManager.tell("STOPPING=1")
        server.shutDown()
    }
}

/// Whether the service takes calls, as `/readyz` shows it.
final class Readying: Sendable {
    private let state = Mutex<(why: String?, failure: (any Error)?)>(("starting", nil))

    var why: String? { state.withLock { $0.why } }
    var failure: (any Error)? { state.withLock { $0.failure } }
    func set(_ why: String?) { state.withLock { $0.why = why } }
    func fail(_ error: any Error) { state.withLock { $0.failure = error } }
}
