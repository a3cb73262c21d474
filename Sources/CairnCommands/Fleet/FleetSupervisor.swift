import CairnCore
import Glibc
import LinuxHost
import Ports
import Supervision

/// The shell around `Supervisor`: starts processes, watches them, and keeps `cairn.json` true.
struct FleetSupervisor: Sendable {
    let layout: FleetLayout
    let programFolder: String
    /// Where services write: files in the log folder, or this process's standard error.
    let logsToFiles: Bool
    let clock: any WallClock
    let log: StandardErrorLog
    /// Called once, when all are ready for the first time.
    let onReady: @Sendable () throws -> Void

    static let logByteCountMax = 32 << 20

    /// Runs until `stop` yields, or until set-up has failed.
    /// - Throws: `CommandError` with the reason, when it was not asked to end.
    func run(until stop: AsyncStream<Void>) async throws {
        // While this pipe is open the services know that somebody watches over them.
        let lifeline = try Pipe()
        defer {
            close(lifeline.readEnd)
            close(lifeline.writeEnd)
        }
        let (events, inbox) = AsyncStream.makeStream(of: Supervisor.Event.self)
        let because = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in stop { inbox.yield(.stop) }
            }
            let because = try await superviseUntilOver(
                events, Watcher(inbox: inbox, lifeline: lifeline), &group)
            group.cancelAll()
            return because
        }
        unlink(layout.stateFile)
        if let because { throw CommandError(because) }
    }

    private func superviseUntilOver(
        _ events: AsyncStream<Supervisor.Event>, _ watcher: Watcher,
        _ group: inout ThrowingTaskGroup<Void, any Error>
    ) async throws -> String? {
        var machine = Supervisor(services: layout.services.map(\.name))
        var effects = machine.begin()
        var iterator = events.makeAsyncIterator()
        while true {
            try write(machine)
            for effect in effects {
                switch effect {
                case .spawn(let name): spawn(name, watcher, &group)
                case .terminate(let pid): kill(pid, SIGTERM)
                case .kill(let pid): kill(pid, SIGKILL)
                case .wake(let time):
                    group.addTask {
                        try await clock.sleep(until: time)
                        watcher.inbox.yield(.timer)
                    }
                case .report(let text): log.info(text)
                case .announceReady: try onReady()
                case .finish(let because): return because
                }
            }
            guard let event = await iterator.next() else { throw CancellationError() }
            effects = machine.handle(event, at: clock.now())
        }
    }

    private struct Watcher: Sendable {
        let inbox: AsyncStream<Supervisor.Event>.Continuation
        let lifeline: Pipe
    }

    private func spawn(
        _ name: String, _ watcher: Watcher, _ group: inout ThrowingTaskGroup<Void, any Error>
    ) {
        do {
            let ready = try Pipe()
            let child = try start(name, ready: ready, lifeline: watcher.lifeline)
            watcher.inbox.yield(.started(service: name, pid: child.pid))
            group.addTask {
                let word = await Readiness.readAll(ready.readEnd, byteCountMax: 64)
                close(ready.readEnd)
                if word == Array("ready\n".utf8) { watcher.inbox.yield(.ready(service: name)) }
            }
            group.addTask {
                let code = try await child.wait()
                let how = code < 0 ? "signal \(-code)" : "exit code \(code)"
                watcher.inbox.yield(.exited(service: name, how: how))
            }
        } catch {
            watcher.inbox.yield(.notStarted(service: name, why: "\(error)"))
        }
    }

    private func start(_ name: String, ready: Pipe, lifeline: Pipe) throws -> ChildProcess {
        defer { close(ready.writeEnd) }
        guard let service = layout.services.first(where: { $0.name == name }) else {
            throw HostError("there is no service '\(name)'")
        }
        var output = STDERR_FILENO
        if logsToFiles { output = try openLog(name) }
        defer { if logsToFiles { close(output) } }
        return try ChildProcess(
            "\(programFolder)/\(service.program)",
            layout.flags(of: service) + ["--lifeline-fd", "3", "--ready-fd", "4"],
            descriptors: [
                .init(1, from: output), .init(2, from: output), .init(3, from: lifeline.readEnd),
                .init(4, from: ready.writeEnd),
            ])
    }

    /// Opens `logs/NAME.log` at its end; one that has grown too long becomes `NAME.log.1` first.
    private func openLog(_ name: String) throws(HostError) -> Int32 {
        let path = "\(layout.logFolder)/\(name).log"
        var facts = stat()
        if stat(path, &facts) == 0, facts.st_size > Self.logByteCountMax {
            rename(path, path + ".1")
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw HostError("\(path) cannot be opened: \(String(cString: strerror(errno)))")
        }
        return descriptor
    }

    private func write(_ machine: Supervisor) throws {
        let services = zip(layout.services, machine.services).map { place, service in
            let (pid, state): (Int32, String) =
                switch service.state {
                case .spawning: (0, "starting")
                case .starting(let pid): (pid, "starting")
                case .running(let pid, _): (pid, "running")
                case .waiting: (0, "waiting")
                case .ended: (0, "ended")
                }
            return FleetState.Service(
                name: place.name, address: place.address, adminAddress: place.adminAddress,
                pid: pid,
                state: state, restartCount: service.restartCount)
        }
        let state = FleetState(supervisorPID: getpid(), data: layout.data, services: services)
        try Files.write(state.json.pretty + "\n", to: layout.stateFile)
    }
}
