import CairnCore
import CommandTable
import Messages
import Ports
import Rendering

/// Rehearsals of the way back, and the proofs of real ones.
enum DrillCommands {
    private static func target(_ context: CommandContext) -> String {
        context.arguments.operand("TARGET") ?? ""
    }

    static func rollback(_ context: CommandContext) async throws {
        let name = target(context)
        try await context.withLink(to: .controller) { controller in
            let reply = try await VerbCommand(context: context) { link, expectation in
                try await link.call(
                    ControllerMethods.drill, Verb(target: name, expectation: expectation))
            }.run(over: controller)
            guard let reply, !context.arguments.has("no-wait") else { return }
            let number = reply.status?.drill?.present ?? 0
            guard number > 0 else { return }
            let ended = try await waitForEnd(of: number, name, controller)
            if !context.wantsJSON { context.out.print(DrillText.table([ended])) }
            guard ended.result == "passed" else {
                throw CommandError("drill \(number) of \(name) \(ended.result): \(ended.why)")
            }
        }
    }

    private static func waitForEnd(
        of number: UInt64, _ name: String, _ controller: Link
    ) async throws -> DrillRecord {
        try await controller.stream(
            ControllerMethods.watchTargetStatus, GetTargetStatus(target: name)
        ) { statuses in
            while let status = try await statuses.next()?.body {
                if let last = status.drill?.drills.last, last.number == number { return last }
            }
            throw CommandError(
                "the controller ended the watch; the drill goes on: `cairn drill list \(name)`")
        }
    }

    static func list(_ context: CommandContext) async throws {
        let name = target(context)
        let list = try await context.withLink(to: .controller) {
            try await $0.call(ControllerMethods.getDrills, GetDrills(target: name))
        }
        if context.wantsJSON { return context.out.print(JSONText(list).pretty) }
        if !name.isEmpty, let drills = list.targets.first?.drills, !drills.isEmpty {
            return context.out.print(DrillText.table(drills))
        }
        let shown = list.targets.filter { $0.count > 0 || $0.everyMs > 0 || !name.isEmpty }
        if shown.isEmpty {
            return context.out.print(
                "no target has had a drill, or a schedule of drills in its plan")
        }
        context.out.print(
            DrillText.table(shown, now: context.clock.now().milliseconds))
    }

    static func proofs(_ context: CommandContext) async throws {
        let name = target(context)
        let list = try await context.withLink(to: .controller) {
            try await $0.call(ControllerMethods.getProofs, GetProofs(target: name))
        }
        if context.wantsJSON { return context.out.print(JSONText(list).pretty) }
        if list.rollbacks.isEmpty {
            return context.out.print(
                "nothing went back in \(Quantity.count(list.recordCount, of: "record")) of \(name)")
        }
        context.out.print(ProofText.lines(list))
    }
}
