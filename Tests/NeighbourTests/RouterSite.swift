import CairnCore
import CairnTestKit
import Glibc
import HTTPClient
import LinuxHost
import Messages
import Ports
import RouterTexts
import Routing
import ServingTestKit
import TCPTransport

/// A router with two upstreams behind it, its agent, and a controller in memory that tells them.
struct RouterSite: Sendable {
    let programs: Programs
    let controller: MemoryController
    let controllerAddress: SocketAddress
    let http = CurlHTTPCaller()
    let target = "prod/chat"
    var folder: String { programs.scratch.path }

    static func with(_ body: (RouterSite) async throws -> Void) async throws {
        let programs = try Programs()
        let controller = MemoryController()
        try await EventLoops.with { loops in
            let server = try TCPServer(
                controller.routes, on: .tcp(host: "127.0.0.1", port: 0), loops: loops)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                defer { group.cancelAll() }
                try await body(
                    RouterSite(
                        programs: programs, controller: controller,
                        controllerAddress: server.address))
            }
        }
    }

    // MARK: What is started

    /// Answers with its arm, and with what it was asked for.
    func startUpstreams() async throws -> (stable: Int, candidate: Int) {
        let ports = (stable: freePort(), candidate: freePort())
        let server = { (port: Int, arm: String) in
            "server { listen 127.0.0.1:\(port); location / { default_type text/plain; return 200 "
                + "\"\(arm) $http_x_user $http_x_cairn\\n\"; } }"
        }
        let configuration = programs.write(
            "upstreams.conf",
            """
            daemon off; pid \(folder)/upstreams.pid; error_log stderr;
            events { worker_connections 1024; }
            http { access_log off; keepalive_requests 1000000;
            \(Self.temporaryPaths(folder, "upstreams"))
            \(server(ports.stable, "stable"))
            \(server(ports.candidate, "candidate")) }
            """)
        _ = try programs.start("exec nginx -c \(configuration)", log: "upstreams.log")
        for port in [ports.stable, ports.candidate] { try await waitForAnswer(of: port) }
        return ports
    }

    /// Of NGINX: the compiled ones are the system's.
    static func temporaryPaths(_ folder: String, _ name: String) -> String {
        ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
            "\($0)_temp_path \(folder)/\(name)-\($0);"
        }.joined(separator: "\n")
    }

    /// Until somebody accepts there: programs say nothing when they are ready.
    func waitForAnswer(of port: Int) async throws {
        while true {
            do {
                _ = try await ask(port)
                return
            } catch let error as HTTPFailure {
                guard error.code == .unreachable else { throw error }
                await Task.yield()
            }
        }
    }

    /// - Parameter lines: headers, as `X-User: 7`.
    func ask(_ port: Int, _ lines: [String] = []) async throws -> String {
        let headers = lines.map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return HTTPRequest.Header(String(parts[0]), String(parts[1].dropFirst()))
        }
        var request = HTTPRequest(
            .get, "http://127.0.0.1:\(port)/", headers: headers, timeout: .seconds(20))
        (request.isDirect, request.isAlone) = (true, true)
        return try await http.answer(to: request).text
    }

    func startAgent(_ flags: [String]) throws -> ChildProcess {
        try programs.start(
            own: "cairn-agent",
            [
                "--controller", "\(controllerAddress)", "--target", target, "--name", "edge-1",
                "--dir", folder + "/agent",
            ] + flags, log: "agent.log")
    }

    // MARK: What the controller sees

    @discardableResult
    func waitForAck(of epoch: UInt64) async throws -> ParticipantMessage {
        try await controller.waitForAck(of: epoch, by: "edge-1")
    }

    func waitForProblem(_ part: String) async throws -> ParticipantMessage {
        try await controller.wait { state in
            state.last("edge-1").flatMap { $0.problem.contains(part) ? $0 : nil }
        }
    }
}
