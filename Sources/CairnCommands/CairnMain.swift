import CairnCore
import CommandTable
import Glibc
import LinuxHost
import Messages
import Ports
import Terminal

/// What runs a command.
typealias Handler = @Sendable (CommandContext) async throws -> Void

/// The whole of `cairn`: words in, exit code out.
public enum CairnMain {
    public static func run() async -> Int32 {
        let environment = ChildProcess.environment
        signal(SIGPIPE, SIG_IGN)
        return await run(
            Array(CommandLine.arguments.dropFirst()), environment: environment,
            out: Terminal(1, environment: environment),
            notes: Terminal(2, environment: environment),
            clock: SystemClock())
    }

    static func run(
        _ words: [String], environment: [String: String], out: Terminal, notes: Terminal,
        clock: any WallClock
    ) async -> Int32 {
        let program = CairnTable.program
        do {
            switch try program.parse(words, in: Surroundings(environment: environment)) {
            case .help(let words): out.print(String(program.help(for: words).dropLast()))
            case .manual: out.print(String(program.manual().dropLast()))
            case .version: out.print("cairn \(Build.version)")
            case .run(let arguments):
                try await perform(
                    CommandContext(
                        arguments, environment: environment, out: out, notes: notes, clock: clock))
            }
            return 0
        } catch let error as UsageError {
            // The parser names the command itself; handlers do not.
            let text = error.description
            notes.print(text.hasPrefix("cairn") ? text : "cairn: \(text)")
            return 2
        } catch {
            notes.print("cairn: \(error)")
            return 1
        }
    }

    private static func perform(_ context: CommandContext) async throws {
        guard let handler = handlers[context.arguments.command.name] else {
            preconditionFailure("'\(context.arguments.command.name)' has no handler")
        }
        try await handler(context)
    }

    /// Every command of the table; a test holds the two together.
    static let handlers = services.merging(StatsCommand.handlers) { first, _ in first }

    private static let services: [String: Handler] = [
        "up": { try await UpCommand(context: $0).run() },
        "down": { try await DownCommand(context: $0).run() },
        "status": StatusCommand.run,
        "run start": RunCommands.start, "run log": RunCommands.log,
        "run finish": RunCommands.finish,
        "run list": RunCommands.list, "run show": RunCommands.show,
        "push": PushCommand.run, "pull": PullCommand.run, "export": ExportCommand.run,
        "versions": VersionCommands.list, "show": VersionCommands.show,
        "alias set": VersionCommands.setAlias, "alias remove": VersionCommands.removeAlias,
        "verify": VerifyCommand.run, "gc": GarbageCommand.run,
        "replicate": ReplicateCommand.run, "import": ImportCommand.run,
        "delete": RetentionCommands.delete, "retain": RetentionCommands.retain,
        "diff": TensorCommands.diff,
        "dataset add": DatasetCommands.add, "dataset list": DatasetCommands.list,
        "convert": ConvertCommand.run,
        "suite apply": DatasetCommands.applySuite, "suite list": DatasetCommands.listSuites,
        "eval": EvaluationCommands.evaluate, "compare": CompareCommand.run,
        "reference": DriftCommands.reference, "drift": DriftCommands.drift,
        "cancel": CancelCommand.run, "runner log": RunnerLogCommand.run,
        "history": HistoryCommand.run, "report": ReportCommand.run,
        "target apply": TargetCommands.apply, "target list": TargetCommands.list,
        "deploy": ServingCommands.deploy,
        "promote": ServingCommands.verb(ControllerMethods.promote),
        "skip-step": ServingCommands.verb(ControllerMethods.skipStep),
        "goto": ServingCommands.verb(ControllerMethods.goToStep),
        "pause": ServingCommands.verb(ControllerMethods.pause),
        "resume": ServingCommands.verb(ControllerMethods.resume),
        "abort": ServingCommands.verb(ControllerMethods.abort),
        "retry": ServingCommands.verb(ControllerMethods.retry),
        "rollback": ServingCommands.rollback, "unquarantine": ServingCommands.unquarantine,
        "quarantine": QuarantineCommand.run,
        "freeze add": FreezeCommands.run(true), "freeze remove": FreezeCommands.run(false),
        "router config": RouterCommands.config,
        "hook list": HookCommands.list, "hook answer": HookCommands.answer,
        "audit verdict": VerdictCommand.run, "audit rollback": DrillCommands.proofs,
        "drill rollback": DrillCommands.rollback, "drill list": DrillCommands.list,
        "notify list": NoticeCommands.list, "notify test": NoticeCommands.test,
        "group apply": GroupCommands.apply, "group list": GroupCommands.list,
        "group deploy": GroupCommands.deploy, "group abort": GroupCommands.abort,
        "freeze list": TargetCommands.listFrozen, "audit verify": TargetCommands.verifyAudit,
        "demo": OtherCommands.demo, "completions": OtherCommands.completions,
        "version": OtherCommands.version,
    ]
}
