import CairnCore
import CommandTable
import Glibc
import LinuxHost
import Ports
import TCPTransport

/// The whole life of a service's process, the same for all three.
public struct ServiceMain: Sendable {
    private let table: ServiceTable
    private let build: @Sendable (ServiceEnvironment) async throws -> ServiceParts

    public init(
        _ table: ServiceTable,
        build: @escaping @Sendable (ServiceEnvironment) async throws -> ServiceParts
    ) {
        (self.table, self.build) = (table, build)
    }

    /// - Returns: the exit code.
    public func run() async -> Int32 {
        let program = table.program
        do {
            let environment = ChildProcess.environment
            let words = Array(CommandLine.arguments.dropFirst())
            let file = try ConfigFile.values(words, environment, of: program.commands[0])
            switch try program.parse(words, in: Surroundings(environment: environment, file: file))
            {
            case .help: print(program.help(), terminator: "")
            case .manual: print(program.manual(), terminator: "")
            case .version: print("\(program.name) \(program.version)")
            case .run(let arguments): try await serve(arguments)
            }
            return 0
        } catch let error as UsageError {
            // The parser names the program itself; what comes later does not.
            let text = error.description
            let named = text.hasPrefix(program.name) ? text : "\(program.name): \(text)"
            Files.writeAll(named + "\n", to: STDERR_FILENO)
            return 2
        } catch {
            Files.writeAll("\(program.name): \(error)\n", to: STDERR_FILENO)
            return 1
        }
    }

    private func serve(_ arguments: Arguments) async throws {
        let name = table.program.name
        let clock = SystemClock()
        let log = StandardErrorLog(service: name, clock: clock)
        let folder = (arguments.text("data") ?? "") + "/" + ServiceTable.folder(name)
        try Files.makeFolder(folder)
        let lock = try FolderLock(folder: folder, isShared: table.sharing.holds(for: arguments))
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)  // A limit on file sizes is an error of the write, and no death.
        DescriptorLimit.raise()
        LargeBlocks.returnToSystem()
        try await EventLoops.with { loops in
            let environment = ServiceEnvironment(
                name: name, arguments: arguments, folder: folder, clock: clock, log: log,
                loops: loops)
            let parts = try await build(environment)
            try await ServiceLife(environment, parts).run()
        }
        _ = consume lock  // Held until everything has ended.
    }
}
