import CairnCore
import CommandTable
import Messages
import Ports
import Rendering
import Terminal

/// `cairn runner log`: what a runner printed, byte by byte into a pipe, readable on a terminal.
enum RunnerLogCommand {
    static func run(_ context: CommandContext) async throws {
        let wanted = try await evaluation(context)
        try await context.withLink(to: .evaluator) { evaluator in
            try await evaluator.stream(EvaluatorMethods.getRunnerLog, wanted) { parts in
                var lines = LogLines()
                while let part = try await parts.next() {
                    guard let bytes = part.attachment?.bytes else { continue }
                    if context.out.isTerminal {
                        context.out.print(lines.take(bytes))
                    } else {
                        context.out.write(bytes: bytes)
                    }
                }
                if context.out.isTerminal { context.out.print(lines.rest()) }
            }
        }
    }

    private static func evaluation(_ context: CommandContext) async throws -> GetEvaluation {
        let text = context.arguments.operand("EVALUATION|VERSION") ?? ""
        let suite = context.arguments.text("suite") ?? ""
        if let id = EvaluationID(text) {
            if !suite.isEmpty { throw UsageError("--suite goes with a version") }
            return GetEvaluation(evaluationId: id.bytes)
        }
        guard text.contains("@") else {
            throw UsageError(
                "'\(text)' is neither an evaluation (32 hexadecimal digits) nor a version "
                    + "(chat@v1.2.0)")
        }
        let (model, number) = try await EvaluationCommands.version(text, context)
        return GetEvaluation(model: model, number: number, suite: suite)
    }
}

/// Lines out of parts that end anywhere. A line that is longer than any screen is cut into several.
struct LogLines {
    private static let lineByteCountMax = 1 << 16

    private var open: [UInt8] = []

    mutating func take(_ bytes: [UInt8]) -> [Painted] {
        var lines: [Painted] = []
        for byte in bytes {
            if byte == 0x0A || open.count == Self.lineByteCountMax { lines += rest(isWhole: true) }
            if byte != 0x0A { open.append(byte) }
        }
        return lines
    }

    /// What stands behind the last end of a line.
    mutating func rest() -> [Painted] { rest(isWhole: false) }

    private mutating func rest(isWhole: Bool) -> [Painted] {
        defer { open = [] }
        return open.isEmpty && !isWhole ? [] : [Painted(String(decoding: open, as: UTF8.self))]
    }
}
