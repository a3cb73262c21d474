import CLinux
import CairnTestKit
import Glibc
import LinuxHost
import Messages
import Ports
import TCPTransport
import Testing

/// The real program on a terminal of its own.
@Suite struct LiveWatchTests {
    @Test func ctrlCGivesTheTerminalBack() async throws {
        let screen = try await watch { child in child.send(SIGINT) }
        #expect(screen.hasPrefix("\u{1B}[?1049h\u{1B}[?25l"))
        let end = try #require(screen.firstRange(of: "\u{1B}[?25h\u{1B}[?1049l"))
        let drawn = screen[..<end.lowerBound]
        let left = screen[end.upperBound...]
        #expect(drawn.contains("prod/chat"))
        #expect(drawn.contains("Ctrl-C ends the watch"))
        // What stood there last stays readable, without escapes since NO_COLOR is set.
        #expect(left.contains("prod/chat  chat  idle"))
        #expect(!left.contains("\u{1B}"))
    }

    /// Runs `status --watch` with a pseudo-terminal until the tree is drawn, then `act`, to its end.
    private func watch(_ act: @Sendable (ChildProcess) -> Void) async throws -> String {
        var routes = RPCRoutes(serviceName: "cairn-deployment-controller")
        routes.serverStream(ControllerMethods.watchTargetStatus) { _, out, _ in
            try await out.send(FakeServices.status)
            // Open until the client leaves.
            let (never, _) = AsyncStream.makeStream(of: Void.self)
            for await _ in never {}
        }
        let served = routes
        return try await EventLoops.with { loops in
            let server = try TCPServer(served, on: .tcp(host: "127.0.0.1", port: 0), loops: loops)
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                var tty: Int32 = -1
                let terminal = cairn_pseudo_terminal(&tty)
                try #require(terminal >= 0)
                let child = try ChildProcess(
                    BuiltPrograms.path("cairn"),
                    ["status", "prod/chat", "--watch", "--controller", "\(server.address)"],
                    environment: ["NO_COLOR": "1", "TERM": "xterm", "HOME": "/nonexistent"],
                    descriptors: [.init(0, from: tty), .init(1, from: tty), .init(2, from: tty)])
                close(tty)
                var screen = await Self.read(terminal, until: ["Ctrl-C ends the watch"])
                act(child)
                screen += String(decoding: await Readiness.readAll(terminal), as: UTF8.self)
                #expect(try await child.wait() == 0)
                close(terminal)
                group.cancelAll()
                return screen.split(separator: "\r").joined()
            }
        }
    }

    static func read(_ descriptor: Int32, until words: [String]) async -> String {
        var text = ""
        var bytes = [UInt8](repeating: 0, count: 4096)
        while !words.allSatisfy({ text.contains($0) }) {
            await Readiness.wait(for: descriptor)
            let count = Glibc.read(descriptor, &bytes, bytes.count)
            guard count > 0 else { break }
            text += String(decoding: bytes[..<count], as: UTF8.self)
        }
        return text
    }
}
