import CairnCore
import CommandTable
import Messages
import Ports

/// Freezes by hand, and windows of time.
enum FreezeCommands {
    static func run(_ adds: Bool) -> Handler {
        { context in
            let target = context.arguments.operand("TARGET") ?? ""
            let window = try window(context, adds)
            try await context.withLink(to: .controller) { controller in
                _ = try await VerbCommand(context: context) { link, expectation in
                    guard let window else {
                        return try await link.call(
                            ControllerMethods.setFreeze,
                            SetFreeze(target: target, frozen: adds, expectation: expectation))
                    }
                    return try await link.call(
                        ControllerMethods.setFreezeWindow,
                        SetFreezeWindow(
                            target: target, window: window, remove: !adds,
                            expectation: expectation))
                }.run(over: controller)
            }
        }
    }

    /// `nil`: by hand.
    private static func window(_ context: CommandContext, _ adds: Bool) throws -> FreezeWindow? {
        let arguments = context.arguments
        guard let name = arguments.text("window") else {
            if adds, arguments.has("from") || arguments.has("until") || arguments.has("every") {
                throw UsageError("--from, --until and --every are of a --window with a name")
            }
            return nil
        }
        guard adds else { return FreezeWindow(name: name) }
        return FreezeWindow(
            name: name, fromUnixMs: try time("from", arguments).milliseconds,
            untilUnixMs: try time("until", arguments).milliseconds,
            everyMs: try arguments.text("every").map(duration) ?? 0)
    }

    private static func time(_ flag: String, _ arguments: Arguments) throws -> Timestamp {
        guard let text = arguments.text(flag) else {
            throw UsageError("a window needs --from and --until")
        }
        guard let time = Timestamp(text) else {
            throw UsageError("--\(flag) '\(text)' is no time in UTC: expected 2026-12-24T18:00Z")
        }
        return time
    }

    private static func duration(_ text: String) throws -> UInt64 {
        guard let duration = Duration(written: text), duration > .zero else {
            throw UsageError("--every '\(text)' is no duration: expected one as 24h or 168h")
        }
        return UInt64(duration.wholeMilliseconds)
    }
}
