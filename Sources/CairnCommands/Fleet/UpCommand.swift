import CairnCore
import Glibc
import LinuxHost
import Ports
import Rendering
import Synchronization

/// `cairn up`: in the foreground it is the supervisor; else it starts one and waits until it says
/// that all are ready.
struct UpCommand: Sendable {
    let context: CommandContext

    func run() async throws {
        let arguments = context.arguments
        let layout = FleetLayout(
            data: try FleetLayout.dataFolder(arguments.text("data"), context.environment),
            portBase: Int(arguments.number("port-base") ?? 7401))
        try Files.makeFolder(layout.logFolder)
        if arguments.has("foreground") {
            try await supervise(layout)
        } else {
            try await startSupervisor(layout)
            try report(layout)
        }
    }

    // MARK: The supervisor itself

    private func supervise(_ layout: FleetLayout) async throws {
        let starter = ReadyAnswer(to: context.arguments.number("ready-fd").map(Int32.init))
        do {
            let lock = try lock(layout)
            let log = StandardErrorLog(service: "cairn-up", clock: context.clock)
            let (stops, stop) = AsyncStream.makeStream(of: Void.self)
            let signals = Signals([SIGTERM, SIGINT, SIGHUP])
            signal(SIGPIPE, SIG_IGN)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    while await signals.next() != nil { stop.yield() }
                }
                try await FleetSupervisor(
                    layout: layout, programFolder: FleetLayout.programFolder(),
                    logsToFiles: starter.isAwaited, clock: context.clock, log: log
                ) {
                    try LastUp.record(layout.data, context.environment)
                    starter.give("ready\n")
                }.run(until: stops)
                group.cancelAll()
            }
            _ = consume lock
        } catch is CancellationError {
            return
        } catch {
            starter.give("\(error)\n")
            throw error
        }
    }

    private func lock(_ layout: FleetLayout) throws -> FolderLock {
        do {
            return try FolderLock(folder: layout.data, name: FleetLayout.lockName)
        } catch {
            guard error.number == EWOULDBLOCK else { throw error }
            let pid = try FleetState.read(layout.data).map {
                ", supervisor pid \($0.supervisorPID)"
            }
            throw CommandError(
                "\(layout.data) is up already\(pid ?? ""). `cairn status` shows it, `cairn down "
                    + "--data \(layout.data)` ends it.")
        }
    }

    // MARK: The front door

    private func startSupervisor(_ layout: FleetLayout) async throws {
        let pipe = try Pipe()
        defer { close(pipe.readEnd) }
        let logPath = layout.logFolder + "/supervisor.log"
        let log = open(logPath, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer {
            close(log)
            close(null)
        }
        let supervisor = try ChildProcess(
            FleetLayout.programPath(),
            [
                "up", "--foreground", "--ready-fd", "3", "--data", layout.data, "--port-base",
                "\(layout.services[0].port)",
            ],
            descriptors: [
                .init(0, from: null), .init(1, from: log), .init(2, from: log),
                .init(3, from: pipe.writeEnd),
            ], ownSession: true)
        close(pipe.writeEnd)
        let answer = await withInterruption(of: supervisor) {
            String(decoding: await Readiness.readAll(pipe.readEnd), as: UTF8.self)
        }
        if answer == "ready\n" { return }
        supervisor.send(SIGTERM)
        _ = try await supervisor.wait()
        throw CommandError(try failure(answer, layout, logPath))
    }

    /// Ctrl-C and the time limit end the supervisor too; its answer then says so.
    private func withInterruption(
        of supervisor: ChildProcess, _ body: @escaping @Sendable () async -> String
    ) async -> String {
        await withTaskGroup(of: String?.self) { group in
            group.addTask { await body() }
            group.addTask {
                let signals = Signals([SIGINT, SIGTERM])
                return await signals.next() == nil ? nil : "interrupted\n"
            }
            group.addTask {
                let limit = Duration.seconds(context.arguments.number("ready-seconds") ?? 30)
                do {
                    try await context.clock.sleep(until: context.clock.now() + limit)
                } catch {
                    return nil
                }
                return "not ready after \(limit.wholeMilliseconds / 1000) s\n"
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first ?? ""
        }
    }

    /// The reason, with the last words of the service that failed.
    private func failure(_ answer: String, _ layout: FleetLayout, _ logPath: String) throws
        -> String
    {
        let reason = answer.split(separator: "\n").joined(separator: "\n")
        guard !reason.isEmpty else { return "the supervisor ended without a word; see \(logPath)" }
        guard let service = layout.services.first(where: { reason.hasPrefix($0.name + " ") }) else {
            return reason
        }
        let path = "\(layout.logFolder)/\(service.name).log"
        let words = (try Files.readText(path) ?? "").split(separator: "\n").suffix(1).joined()
        if words.isEmpty { return reason }
        return "\(reason). Its last words, in \(path):\n\(words)"
    }

    private func report(_ layout: FleetLayout) throws {
        guard let state = try FleetState.read(layout.data) else {
            throw CommandError("the services ended again; see \(layout.logFolder)")
        }
        if context.wantsJSON { return context.out.print(state.json.pretty) }
        var table = TextTable("service", "address", "admin", "pid>")
        for service in state.services {
            table.add(
                Painted(service.name), Painted(service.address), Painted(service.adminAddress),
                Painted("\(service.pid)"))
        }
        context.out.print(table)
        context.out.print("data and logs: \(layout.data)")
    }
}

/// What the process that started a supervisor waits for: one text, and then the end of the file.
///
/// Given once. A supervisor that fails after it was ready has nobody to tell it to, and the number of
/// the descriptor is somebody else's by then.
private final class ReadyAnswer: Sendable {
    let isAwaited: Bool
    private let descriptor: Mutex<Int32?>

    /// - Parameter descriptor: closed with the answer; `nil` where nobody waits.
    init(to descriptor: Int32?) {
        isAwaited = descriptor != nil
        self.descriptor = Mutex(descriptor)
    }

    func give(_ text: String) {
        guard let descriptor = descriptor.withLock({ $0.take() }) else { return }
        // The one who asked may be gone; then nobody needs the answer.
        Files.writeAll(text, to: descriptor)
        close(descriptor)
    }
}
