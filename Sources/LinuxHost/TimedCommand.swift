import Dispatch
import Glibc
import Synchronization

/// A command with a time limit: ended, with all that it started, when its time is over or its task
/// is cancelled.
public struct TimedCommand: Sendable {
    /// The program, looked up in `PATH`, and its arguments. No shell reads them.
    public let words: [String]
    public let limit: Duration

    /// After SIGTERM; then SIGKILL.
    static let grace = Duration.seconds(1)

    public init(_ words: [String], limit: Duration) {
        precondition(!words.isEmpty, "a command needs a program")
        (self.words, self.limit) = (words, limit)
    }

    /// Waits for its end. What it prints goes to this process's standard error.
    ///
    /// - Parameter additions: variables beside those of this process.
    /// - Throws: `HostError` when it cannot be started, ends with another code than 0, or takes
    ///   longer than its limit; `CancellationError` when the task was cancelled.
    public func run(with additions: [String: String] = [:]) async throws {
        try await run(additions, output: STDERR_FILENO)
    }

    /// The same, with what it printed in the error of a command that failed.
    public func runQuoting(with additions: [String: String] = [:]) async throws {
        // A file and no pipe: what the command leaves running must not hold this up.
        guard let file = tmpfile() else { throw HostError.last("no temporary file can be made") }
        defer { fclose(file) }
        do {
            try await run(additions, output: fileno(file))
        } catch let error as HostError {
            var bytes = [UInt8](repeating: 0, count: Self.quotedByteCountMax)
            let count = pread(fileno(file), &bytes, bytes.count, 0)
            let text = String(decoding: bytes[..<max(0, count)], as: UTF8.self)
                .split(separator: "\n").joined(separator: "; ")
            throw text.isEmpty ? error : HostError("\(error): \(text)")
        }
    }

    static let quotedByteCountMax = 2_000

    private func run(_ additions: [String: String], output: Int32) async throws {
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard null >= 0 else { throw HostError.last("/dev/null cannot be read") }
        defer { close(null) }
        let child = try ChildProcess(
            words[0], Array(words.dropFirst()),
            environment: ChildProcess.environment.merging(additions) { _, new in new },
            descriptors: [
                .init(0, from: null), .init(1, from: output), .init(2, from: output),
            ], ownSession: true)
        let leash = Leash(child.pid)
        // Tasks of their own, for a wait that is cancelled would leave the child behind; both are
        // awaited below.
        let end = Task {
            try await ChildProcess.waitForEnd(of: child.pid)
            leash.drop()
        }
        let watchdog = Task {
            try await Task.sleep(for: limit)
            leash.pull(.tookTooLong)
        }
        let ended = await withTaskCancellationHandler {
            await end.result
        } onCancel: {
            leash.pull(.cancelled)
        }
        watchdog.cancel()
        _ = await watchdog.result
        try ended.get()
        try judge(try await child.wait(), leash.reason)
    }

    private func judge(_ code: Int32, _ reason: Leash.Reason?) throws {
        switch reason {
        case .cancelled: throw CancellationError()
        case .tookTooLong:
            throw HostError("'\(words[0])' took longer than \(limit) and was ended")
        case nil: break
        }
        if code == 0 { return }
        let how = code < 0 ? "signal \(-code)" : "exit code \(code)"
        throw HostError("'\(words.joined(separator: " "))' ended with \(how)")
    }
}

/// Ends a process and its whole session, and never one that took its number afterwards.
private final class Leash: Sendable {
    enum Reason: Sendable { case tookTooLong, cancelled }

    private let pid: Int32
    private let state = Mutex((isOver: false, reason: Reason?.none))

    init(_ pid: Int32) { self.pid = pid }

    /// Why it was ended; `nil` when it ended by itself.
    var reason: Reason? { state.withLock { $0.reason } }

    /// The process has ended; it is not collected yet, so that its number is still its own.
    func drop() { state.withLock { $0.isOver = true } }

    func pull(_ reason: Reason) {
        let isFirst = state.withLock { state in
            if state.isOver || state.reason != nil { return false }
            state.reason = reason
            kill(-pid, SIGTERM)
            return true
        }
        guard isFirst else { return }
        let grace = Int(TimedCommand.grace.components.seconds)
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(grace)) { [self] in
            state.withLock { if !$0.isOver { kill(-pid, SIGKILL) } }
        }
    }
}
