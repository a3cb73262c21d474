import CairnCore
import CommandTable
import Glibc
import Messages
import Ports
import Rendering

/// What changes traffic: says what it will do, does it, says what it did.
struct VerbCommand: Sendable {
    let context: CommandContext
    /// Makes the call on the understanding given.
    let call: @Sendable (Link, Expectation) async throws -> VerbReply

    /// - Returns: `nil` when `--plan` stopped before anything was done.
    func run(over controller: Link) async throws -> VerbReply? {
        let plan = try await call(controller, expectation(planOnly: true))
        if context.arguments.has("plan") {
            if context.wantsJSON {
                context.out.print(JSONText(plan).pretty)
            } else {
                context.out.print("would: \(plan.text)")
                if let status = plan.status {
                    context.out.print(TargetText.afterwards(status).map { Painted($0) })
                }
            }
            return nil
        }
        if !context.wantsJSON { context.out.print("will: \(plan.text)") }
        let reply = try await call(controller, expectation(planOnly: false))
        if context.wantsJSON {
            context.out.print(JSONText(reply).pretty)
        } else {
            context.out.print(reply.changed ? "done: \(reply.text)" : "unchanged: \(reply.text)")
        }
        return reply
    }

    private func expectation(planOnly: Bool) -> Expectation {
        let arguments = context.arguments
        var random = SystemRandomNumberGenerator()
        let step = arguments.number("expect-step")
        return Expectation(
            actor: Self.actor(context), reason: arguments.text("reason") ?? "",
            revision: UInt64(arguments.number("expect-revision") ?? 0),
            attempt: UInt64(arguments.number("attempt") ?? 0), hasStep: step != nil,
            step: UInt32((step ?? 1) - 1), planOnly: planOnly,
            requestId: planOnly ? [] : EventID(at: context.clock.now(), using: &random).bytes)
    }

    /// Who the audit log names: the flag, else the user, else the user's number.
    static func actor(_ context: CommandContext) -> String {
        context.arguments.text("actor") ?? context.environment["USER"]
            ?? context.environment["LOGNAME"] ?? "uid \(getuid())"
    }
}
