import CLinux
import CairnCore
import Dispatch
import Glibc
import Ports

/// One run of a suite's command, from its start until nothing of it is left.
///
/// Blocks the thread that it runs on. The command leads a process group of its own; whatever ends
/// it, the group gets SIGKILL before its leader is collected, while its number is still its own.
struct RunnerProcess {
    let order: RunnerOrder
    let environment: [String: String]
    /// `nil`: our own user.
    let account: UserAccount?
    let group: ControlGroup?
    /// Readable: end it and throw `CancellationError`.
    let cancellation: Int32
    let limits: ProcessRunner.Limits
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
        if let lack = roomIsLacking { return .putOff("room on the disk: \(lack)") }
        guard let program = findProgram() else {
            return .failed(
                "the runner cannot be started: '\(order.words[0])' is no program on "
                    + "\(environment["PATH"] ?? "")")
        }
        let output = try Pipe()
        defer { close(output.readEnd) }
        let pid: Int32
        do throws(HostError) {
            defer { close(output.writeEnd) }
            pid = try start(program, output.writeEnd)
        } catch {
            return .failed("the runner cannot be started: \(error)")
        }
        return try watch(pid, output.readEnd, log)
    }

    /// - Returns: what is free and what should be; `nil` where there is enough.
    private var roomIsLacking: String? {
        let free = cairn_free_bytes(order.work.path)
        if free < 0 || UInt64(free) >= limits.freeByteCountMin { return nil }
        return "\(free) bytes are free, and \(limits.freeByteCountMin) are kept for the evaluator"
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

    private func watch(_ pid: Int32, _ output: Int32, _ log: RunnerLog) throws -> RunnerOutcome {
        let end = cairn_pidfd_open(pid)
        guard end >= 0 else {
            let error = HostError.last("process \(pid) cannot be watched")
            kill(-pid, SIGKILL)
            _ = Self.collect(pid)
            throw error
        }
        defer { close(end) }
        _ = fcntl(output, F_SETFL, O_NONBLOCK)
        let (ending, hasEnded) = waitForEnd(pid, end, output, log)
        kill(-pid, SIGKILL)
        _ = log.take(from: output)
        let code = hasEnded ? Self.collect(pid) : nil
        // Whenever the kernel lets it go, somebody must take its last word, or it stays a zombie.
        if !hasEnded { DispatchQueue(label: "cairn.runner.held").async { _ = Self.collect(pid) } }
        switch ending {
        case .cancelled: throw CancellationError()
        case .overLimit(let why):
            let how = hasEnded ? "was ended" : "cannot be ended: the kernel holds process \(pid)"
            return .failed("the runner \(why) and \(how)")
        case nil: return log.problem.map { .failed($0) } ?? outcome(code ?? 0)
        }
    }

    /// Returns when the leader has ended; it is not collected yet.
    /// - Returns: why it was made to end, `nil` when it ended by itself; and whether it has ended:
    ///   what waits inside the kernel, for a disk that does not answer, cannot be killed.
    private func waitForEnd(_ pid: Int32, _ end: Int32, _ output: Int32, _ log: RunnerLog)
        -> (Ending?, hasEnded: Bool)
    {
        let deadline = ContinuousClock.now + order.timeLimit
        var ending: (reason: Ending, killAt: ContinuousClock.Instant)?
        var killCount = 0
        var descriptors = [
            pollfd(fd: end, events: Int16(POLLIN), revents: 0),
            pollfd(fd: output, events: Int16(POLLIN), revents: 0),
            pollfd(fd: cancellation, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let next = min(ContinuousClock.now + Self.tick, ending?.killAt ?? deadline)
            poll(&descriptors, 3, Self.milliseconds(until: next))
            if descriptors[1].revents != 0, !log.take(from: output) { descriptors[1].fd = -1 }
            if descriptors[0].revents != 0 { return (ending?.reason, true) }
            if let (reason, killAt) = ending {
                if ContinuousClock.now < killAt { continue }
                if killCount == limits.killCountMax { return (reason, false) }
                kill(-pid, SIGKILL)
                killCount += 1
                ending = (reason, ContinuousClock.now + limits.grace)
            } else if let reason = reasonToEnd(descriptors[2].revents != 0, deadline, log) {
                kill(-pid, SIGTERM)
                ending = (reason, ContinuousClock.now + limits.grace)
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
        return roomIsLacking.map { .overLimit("ran while the disk became full (\($0))") }
    }

    private static func milliseconds(until time: ContinuousClock.Instant) -> Int32 {
        let rest = (time - ContinuousClock.now).wholeMilliseconds
        return Int32(clamping: max(0, rest) + 1)
    }

    private static func collect(_ pid: Int32) -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return cairn_exit_code(status)
    }

    private func outcome(_ code: Int32) -> RunnerOutcome {
        if code == 0 { return .succeeded }
        if group?.ranOutOfMemory == true {
            return .failed(
                "the runner was ended by the kernel: it took more than "
                    + "\(order.memoryByteCountMax) bytes of memory (memory.max)")
        }
        let limit = memoryLimit
        if code > 0 { return .failed("the runner ended with exit code \(code)\(limit)") }
        let hint = code == -SIGKILL ? "; perhaps the host was out of memory" : limit
        let name = strsignal(-code).map { " (\(String(cString: $0)))" } ?? ""
        return .failed("the runner was ended by signal \(-code)\(name)\(hint)")
    }

    /// For what may have been too little memory.
    private var memoryLimit: String {
        let byteCount = order.memoryByteCountMax
        if byteCount == 0 { return "" }
        return group?.memoryByteCountMax == nil
            ? "; each of its processes may take \(byteCount) bytes of address space (RLIMIT_AS)"
            : "; it may take \(byteCount) bytes of memory (memory.max)"
    }
}
