import CairnCore
import CommandTable
import Messages
import Ports
import Rendering

/// `cairn audit verdict`: what guards decided, computed again.
enum VerdictCommand {
    static func run(_ context: CommandContext) async throws {
        let target = context.arguments.operand("TARGET") ?? ""
        let request = GetVerdicts(
            target: target, attempt: UInt64(context.arguments.number("attempt") ?? 0))
        let list = try await context.withLink(to: .controller) {
            try await $0.call(ControllerMethods.getVerdicts, request)
        }
        if context.wantsJSON {
            context.out.print(JSONText(list).pretty)
        } else if list.verdicts.isEmpty {
            context.out.print(
                "no guard broke in \(Quantity.count(list.recordCount, of: "record")) of \(target)")
        } else {
            context.out.print(VerdictText.lines(list))
        }
        let doubtful = list.verdicts.count { !$0.confirmed }
        if doubtful > 0 {
            throw CommandError(
                "\(Quantity.count(doubtful, of: "verdict")) of \(target) did not come out again")
        }
    }
}
