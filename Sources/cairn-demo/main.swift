import CommandTable
import Glibc

// The demo's programs, each a process of its own: `run` plays the whole, the others are its parts.

/// - Returns: the exit code.
func start() async throws -> Int32 {
    let program = DemoTable.program
    switch try program.parse(Array(CommandLine.arguments.dropFirst())) {
    case .help(let words): print(program.help(for: words), terminator: "")
    case .manual: print(program.manual(), terminator: "")
    case .version: print("\(program.name) \(program.version)")
    case .run(let arguments):
        switch arguments.command.name {
        case "run": return try await DemoRun(arguments).play() ? 0 : 1
        case "train": try await Training(arguments).run()
        case "predict": try predict(arguments)
        case "serve":
            try serve(folder: arguments.required("dir"), port: arguments.port("port"))
        case "reload": try reload(port: arguments.port("port"))
        default: try await Camera(arguments).run()
        }
    }
    return 0
}

do {
    exit(try await start())
} catch let error as UsageError {
    logLine("\(error)")
    exit(2)
} catch {
    logLine("cairn-demo: \(error)")
    exit(1)
}
