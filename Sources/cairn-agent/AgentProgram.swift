import AdminHTTP
import AgentService
import CairnCore
import CommandTable
import Glibc
import LinuxHost
import Ports
import ServiceKit
import TCPTransport
import VersionFolders

/// The life of an agent's process.
struct AgentProgram: Sendable {
    private let clock = SystemClock()
    private let log = StandardErrorLog(service: "cairn-agent", clock: SystemClock())

    /// - Returns: the exit code.
    func run() async -> Int32 {
        let program = AgentTable.program
        do {
            let surroundings = Surroundings(environment: ChildProcess.environment, file: [:])
            let words = Array(CommandLine.arguments.dropFirst())
            switch try program.parse(words, in: surroundings) {
            case .help: print(program.help(), terminator: "")
            case .manual: print(program.manual(), terminator: "")
            case .version: print("\(program.name) \(program.version)")
            case .run(let arguments): try await serve(arguments)
            }
            return 0
        } catch let error as UsageError {
            // The parser's own errors name the program already.
            let text = error.description
            let prefix = text.hasPrefix(program.name) ? "" : program.name + ": "
            Files.writeAll(prefix + text + "\n", to: STDERR_FILENO)
            return 2
        } catch {
            log.error("failed", ["error": "\(error)"])
            return 1
        }
    }

    private func serve(_ arguments: Arguments) async throws {
        let settings = try AgentSettings(arguments)
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)  // A limit on file sizes is an error of the write, and no death.
        try await EventLoops.with { loops in
            let (run, end) = try parts(settings, loops)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await watchSignals(end) }
                if let lifeline = arguments.number("lifeline-fd") {
                    group.addTask {
                        _ = await Readiness.readAll(Int32(lifeline))
                        end("its supervisor is gone")
                    }
                }
                log.info(
                    "ready", ["folder": settings.folder, "target": "\(settings.agent.target)"])
                if let descriptor = arguments.number("ready-fd") {
                    // Nobody listening any more is no reason to end.
                    Files.writeAll("ready\n", to: Int32(descriptor))
                    close(Int32(descriptor))
                }
                defer { group.cancelAll() }
                try await run()
            }
            log.info("ended")
        }
    }

    private typealias End = @Sendable (_ reason: String) -> Void

    /// What runs, and what has it end.
    private func parts(_ settings: AgentSettings, _ loops: EventLoops) throws
        -> (run: @Sendable () async throws -> Void, end: End)
    {
        if let router = settings.router {
            let host = try RouterHost(settings, router, loops: loops, clock: clock, log: log)
            return (host.run, { host.end(because: $0) })
        }
        let host = try Host(settings, loops: loops, clock: clock, log: log)
        return (host.run, { host.end(because: $0) })
    }

    private func watchSignals(_ end: End) async {
        let signals = Signals([SIGTERM, SIGINT])
        guard let first = await signals.next() else { return }
        end(first == SIGINT ? "SIGINT" : "SIGTERM")
        if await signals.next() != nil {
            log.warning("ends at once, asked twice")
            _exit(1)
        }
    }
}
