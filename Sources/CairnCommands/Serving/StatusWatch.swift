import CairnCore
import Glibc
import LinuxHost
import Messages
import Ports
import Rendering
import ServiceKit
import Terminal

/// `status TARGET --watch`: a live tree on a terminal, a line for each change elsewhere.
///
/// A controller that restarts is waited for; Ctrl-C ends the watch and gives the terminal back.
struct StatusWatch: Sendable {
    let context: CommandContext
    let target: String
    /// Ends when no attempt is live.
    let untilSettled: Bool

    private enum Tick: Sendable { case status(TargetStatus), away(String), clock, over }

    func run() async throws {
        let last = context.out.isTerminal ? try await drawTree() : try await printChanges()
        guard untilSettled, let last else { return }
        let bad = ["rolled_back", "aborted", "rejected", "superseded", "failed_rollback"]
        if bad.contains(last.state) {
            throw CommandError("\(target) is \(TargetState(last)): \(last.why)")
        }
    }

    private func printChanges() async throws -> TargetStatus? {
        try await withTicks(everySecond: false) { ticks in
            var before: TargetStatus?
            for try await tick in ticks {
                switch tick {
                case .status(let status):
                    for line in TargetChanges.lines(from: before, to: status) {
                        context.out.print(line)
                    }
                    before = status
                    if isSettled(status) { return status }
                case .away(let why): context.notes.print(why)
                case .clock: break
                case .over: return before
                }
            }
            return before
        }
    }

    private func drawTree() async throws -> TargetStatus? {
        let last = try await withTicks(everySecond: true) { ticks in
            let view = LiveView(on: context.out)
            var (status, seen, note) = (nil as TargetStatus?, context.clock.now(), "")
            for try await tick in ticks {
                switch tick {
                case .status(let new): (status, seen, note) = (new, context.clock.now(), "")
                case .away(let why): note = why
                case .clock: break
                case .over: return status
                }
                guard let status else { continue }
                let age = (context.clock.now() - seen).wholeMilliseconds
                let tree = TargetTree(status, ageMilliseconds: age)
                let foot = Painted(note.isEmpty ? "Ctrl-C ends the watch" : note, .faint)
                view.draw(tree.lines(width: context.out.columns) + ["", foot])
                if isSettled(status) { return status }
            }
            return status
        }
        if let last { context.out.print(TargetTree(last).lines(width: context.out.columns)) }
        return last
    }

    private func isSettled(_ status: TargetStatus) -> Bool {
        untilSettled && !TargetState.isLive(status)
    }

    /// Statuses, signals and seconds as one sequence.
    private func withTicks<Result: Sendable>(
        everySecond: Bool, _ body: (AsyncThrowingStream<Tick, any Error>) async throws -> Result
    ) async throws -> Result {
        let (ticks, inbox) = AsyncThrowingStream.makeStream(
            of: Tick.self, bufferingPolicy: .bufferingNewest(64))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await follow(inbox) } catch { inbox.finish(throwing: error) }
            }
            group.addTask {
                let signals = Signals([SIGINT, SIGTERM, SIGHUP, SIGWINCH])
                while let signal = await signals.next() {
                    inbox.yield(signal == SIGWINCH ? .clock : .over)
                }
            }
            if everySecond {
                group.addTask {
                    while true {
                        try await context.clock.sleep(until: context.clock.now() + .seconds(1))
                        inbox.yield(.clock)
                    }
                }
            }
            let result = try await body(ticks)
            group.cancelAll()
            return result
        }
    }

    /// Hands on every status, across restarts of the controller.
    private func follow(_ inbox: AsyncThrowingStream<Tick, any Error>.Continuation) async throws {
        var (random, failures) = (SystemRandomNumberGenerator(), 0)
        let policy = RetryPolicy(first: .milliseconds(100), most: .seconds(3))
        while true {
            do {
                try await context.withLink(to: .controller) { controller in
                    let request = GetTargetStatus(target: target)
                    try await controller.channel.stream(
                        ControllerMethods.watchTargetStatus, request, .endless
                    ) { statuses in
                        while let status = try await statuses.next()?.body {
                            inbox.yield(.status(status))
                        }
                    }
                }
            } catch let error as RPCError where [.notFound, .invalidArgument].contains(error.code) {
                throw error
            } catch let error as RPCError {
                try Task.checkCancellation()
                inbox.yield(.away("the controller does not answer (\(error.text)); trying again"))
            }
            failures += 1
            let wait = policy.wait(after: min(failures, 6), using: &random)
            try await context.clock.sleep(until: context.clock.now() + wait)
        }
    }
}
