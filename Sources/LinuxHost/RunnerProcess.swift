import CLinux
import CairnCore
import Glibc
import Ports

/// One run of a suite's command, from its start until nothing of it is left.
///
/// Blocks the thread that it runs on. The command leads a process group of its own; whatever ends
/// it, the group gets SIGKILL before its leader is collected, while its number is still its own.
struct RunnerProcess {
    let order: RunnerOrder
    let environment: [String: String]
    /// Readable: end it and throw `CancellationError`.
    let cancellation: Int32
    /// Between SIGTERM and SIGKILL.
    let grace: Duration
    /// Told how many bytes of predictions there are.
    let progress: @Sendable (UInt64) -> Void

    /// How often the size of the predictions is looked at.
    static let tick = Duration.milliseconds(100)

    private enum Ending {
        case cancelled
        case overLimit(String)
    }

    func run() throws -> RunnerOutcome {
        let log = try RunnerLog(path: order.work.log, byteCountMax: order.outputByteCountMax)
        guard let program = findProgram() else {
            return .failed(
                "the runner cannot be started: '\(order.words[0])' is no program on "
                    + "\(environment["PATH"] ?? "")")
        }
        let output = try Pipe()
        defer { close(output.readEnd) }
        let child: ChildProcess
        do throws(HostError) {
            defer { close(output.writeEnd) }
            child = try start(program, output)
        } catch {
            return .failed("the runner cannot be started: \(error)")
        }
        return try watch(child, output.readEnd, log)
    }

    private func start(_ program: String, _ output: Pipe) throws(HostError) -> ChildProcess {
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard null >= 0 else { throw .last("/dev/null cannot be read") }
        defer { close(null) }
        return try ChildProcess(
            program, Array(order.words.dropFirst()), environment: environment,
            folder: order.work.path,
            descriptors: [
                .init(0, from: null), .init(1, from: output.writeEnd),
                .init(2, from: output.writeEnd),
            ], ownSession: true)
    }

    /// As `execvp` would, but by the command's `PATH` and not by ours.
    private func findProgram() -> String? {
        let name = order.words[0]
        if name.contains("/") {
            return name.hasPrefix("/") ? name : order.work.path + "/" + name
        }
        let folders = (environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    private func watch(_ child: ChildProcess, _ output: Int32, _ log: RunnerLog) throws
        -> RunnerOutcome
    {
        let end = cairn_pidfd_open(child.pid)
        guard end >= 0 else {
            let error = HostError.last("process \(child.pid) cannot be watched")
            kill(-child.pid, SIGKILL)
            _ = collect(child)
            throw error
        }
        defer { close(end) }
        _ = fcntl(output, F_SETFL, O_NONBLOCK)
        let ending = waitForEnd(child, end, output, log)
        kill(-child.pid, SIGKILL)
        _ = log.take(from: output)
        let code = collect(child)
        switch ending {
        case .cancelled: throw CancellationError()
        case .overLimit(let why): return .failed("the runner \(why) and was ended")
        case nil: return log.problem.map { .failed($0) } ?? Self.outcome(code)
        }
    }

    /// Returns when the leader has ended; it is not collected yet.
    /// - Returns: why it was made to end; `nil` when it ended by itself.
    private func waitForEnd(
        _ child: ChildProcess, _ end: Int32, _ output: Int32, _ log: RunnerLog
    ) -> Ending? {
        let deadline = ContinuousClock.now + order.timeLimit
        var ending: (reason: Ending, killAt: ContinuousClock.Instant)?
        var descriptors = [
            pollfd(fd: end, events: Int16(POLLIN), revents: 0),
            pollfd(fd: output, events: Int16(POLLIN), revents: 0),
            pollfd(fd: cancellation, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let next = min(ContinuousClock.now + Self.tick, ending?.killAt ?? deadline)
            poll(&descriptors, 3, Self.milliseconds(until: next))
            if descriptors[1].revents != 0, !log.take(from: output) { descriptors[1].fd = -1 }
            if descriptors[0].revents != 0 { return ending?.reason }
            if let (reason, killAt) = ending {
                if ContinuousClock.now >= killAt {
                    kill(-child.pid, SIGKILL)
                    ending = (reason, ContinuousClock.now + grace)
                }
            } else if let reason = reasonToEnd(descriptors[2].revents != 0, deadline, log) {
                kill(-child.pid, SIGTERM)
                ending = (reason, ContinuousClock.now + grace)
                descriptors[2].fd = -1
            }
        }
    }

    private func reasonToEnd(
        _ isCancelled: Bool, _ deadline: ContinuousClock.Instant, _ log: RunnerLog
    ) -> Ending? {
        if isCancelled { return .cancelled }
        if ContinuousClock.now >= deadline {
            return .overLimit("took longer than \(order.timeLimit)")
        }
        let byteCountMax = order.outputByteCountMax
        if log.isFull { return .overLimit("printed more than \(byteCountMax) bytes") }
        var status = stat()
        if lstat(order.work.predictions, &status) == 0 {
            progress(UInt64(status.st_size))
            if UInt64(status.st_size) > byteCountMax {
                return .overLimit("wrote more than \(byteCountMax) bytes of predictions")
            }
        }
        return nil
    }

    private static func milliseconds(until time: ContinuousClock.Instant) -> Int32 {
        let rest = (time - ContinuousClock.now).wholeMilliseconds
        return Int32(clamping: max(0, rest) + 1)
    }

    private func collect(_ child: ChildProcess) -> Int32 {
        var status: Int32 = 0
        while waitpid(child.pid, &status, 0) < 0, errno == EINTR {}
        return cairn_exit_code(status)
    }

    private static func outcome(_ code: Int32) -> RunnerOutcome {
        if code == 0 { return .succeeded }
        if code > 0 { return .failed("the runner ended with exit code \(code)") }
        let hint = code == -SIGKILL ? "; perhaps the host was out of memory" : ""
        let name = strsignal(-code).map { " (\(String(cString: $0)))" } ?? ""
        return .failed("the runner was ended by signal \(-code)\(name)\(hint)")
    }
}
