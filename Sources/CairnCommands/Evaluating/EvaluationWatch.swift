import CairnCore
import Glibc
import LinuxHost
import Messages
import Ports
import Rendering
import ServiceKit
import Terminal

/// Waits for evaluations and shows how far they are: bars on a terminal, else lines.
///
/// An evaluator that restarts is waited for; Ctrl-C ends the watch and not the evaluations.
struct EvaluationWatch: Sendable {
    let context: CommandContext
    let evaluator: Link
    /// Whether lines tell each tenth of a phase, and not only what the state is.
    let tellsTenths: Bool

    private enum Tick: Sendable { case record(Int, EvaluationRecord), away(String), clock, over }

    /// - Returns: the records when all are done, or wait for uploads, in the order given.
    func follow(_ started: [EvaluationRecord]) async throws -> [EvaluationRecord] {
        var records = started
        guard records.contains(where: { !Self.isSettled($0) }) else { return records }
        let begin = context.clock.now()
        let milliseconds = { (context.clock.now() - begin).wholeMilliseconds }
        return try await withTicks(started) { ticks in
            var paces = records.map { EvaluationPace($0, atMilliseconds: 0) }
            var block = ProgressBlock(on: context.notes)
            defer { block.clear() }
            if !context.notes.isTerminal {
                for pace in paces { tell(pace.changes(since: nil, tenths: tellsTenths)) }
            }
            var note = ""
            for try await tick in ticks {
                switch tick {
                case .record(let index, let record):
                    let before = paces[index]
                    paces[index].take(record, atMilliseconds: milliseconds())
                    (records[index], note) = (record, "")
                    if !context.notes.isTerminal {
                        tell(paces[index].changes(since: before, tenths: tellsTenths))
                    }
                case .away(let why):
                    if !context.notes.isTerminal, note != why { context.notes.print(why) }
                    note = why
                case .clock: break
                case .over:
                    block.clear()
                    throw CommandError(Self.farewell(records))
                }
                if records.allSatisfy(Self.isSettled) { return records }
                if context.notes.isTerminal {
                    let width = context.notes.columns - 1
                    let foot = note.isEmpty ? "Ctrl-C ends the watch, not the evaluation" : note
                    block.draw(
                        paces.map { $0.line(width: width, atMilliseconds: milliseconds()) }
                            + [Painted(foot, .faint)])
                }
            }
            throw CommandError("the evaluator ended the watch; `cairn eval` asks again")
        }
    }

    private func tell(_ lines: [String]) { for line in lines { context.notes.print(line) } }

    /// What waits for uploads does not end by itself; its reasons say what is missing.
    private static func isSettled(_ record: EvaluationRecord) -> Bool {
        ["done", "waiting"].contains(record.state)
    }

    private static func farewell(_ records: [EvaluationRecord]) -> String {
        let open = records.filter { !isSettled($0) }
        guard let first = open.first else { return "the watch was ended" }
        let version = "\(first.model)@\(Name.version(first.number))"
        let suites = open.map { "\($0.suite) (\($0.state))" }.joined(separator: ", ")
        let suite = open.count == 1 ? " --suite \(first.suite)" : ""
        return
            "the watch was ended; the evaluation of \(version) on \(suites) goes on. `cairn eval "
            + "\(version)\(suite)` waits for it again; `cairn cancel \(version)\(suite)` ends it."
    }

    /// Records, signals and seconds as one sequence.
    private func withTicks<Result: Sendable>(
        _ started: [EvaluationRecord],
        _ body: (AsyncThrowingStream<Tick, any Error>) async throws -> Result
    ) async throws -> Result {
        let (ticks, inbox) = AsyncThrowingStream.makeStream(of: Tick.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, record) in started.enumerated() where !Self.isSettled(record) {
                group.addTask {
                    do {
                        try await watch(record.evaluationId) { inbox.yield($0(index)) }
                    } catch {
                        inbox.finish(throwing: error)
                    }
                }
            }
            group.addTask {
                let signals = Signals([SIGINT, SIGTERM, SIGHUP])
                while await signals.next() != nil { inbox.yield(.over) }
            }
            if context.notes.isTerminal {
                group.addTask {
                    while true {
                        inbox.yield(.clock)
                        try await context.clock.sleep(
                            until: context.clock.now() + .milliseconds(500))
                    }
                }
            }
            let result = try await body(ticks)
            group.cancelAll()
            return result
        }
    }

    /// Hands on every record to the end, across restarts of the evaluator that are shorter than the
    /// command's deadline.
    private func watch(
        _ id: [UInt8], _ give: @Sendable (@Sendable (Int) -> Tick) -> Void
    ) async throws {
        var (random, failures) = (SystemRandomNumberGenerator(), 0)
        let policy = RetryPolicy(first: .milliseconds(100), most: .seconds(3))
        var heard = context.clock.now()
        while true {
            var failure: (any Error)?
            do {
                let isSettled = try await evaluator.stream(
                    EvaluatorMethods.watchEvaluation, GetEvaluation(evaluationId: id)
                ) { records in
                    while let record = try await records.next()?.body {
                        (heard, failures) = (context.clock.now(), 0)
                        give { .record($0, record) }
                        if Self.isSettled(record) { return true }
                    }
                    return false
                }
                if isSettled { return }
            } catch let error as CommandError {
                failure = error
            }
            guard context.clock.now() - heard < evaluator.deadline else {
                throw failure
                    ?? CommandError("the evaluator ended the watch; `cairn eval` asks again")
            }
            give { _ in .away("the evaluator does not answer; trying again") }
            failures += 1
            let wait = policy.wait(after: min(failures, 6), using: &random)
            try await context.clock.sleep(until: context.clock.now() + wait)
        }
    }
}
