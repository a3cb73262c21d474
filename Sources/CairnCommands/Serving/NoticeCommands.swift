import CairnCore
import CommandTable
import Messages
import Ports
import Rendering

/// What people are told, and whether it reached them.
enum NoticeCommands {
    static func list(_ context: CommandContext) async throws {
        let request = ListNotices(
            limit: UInt32(context.arguments.number("limit") ?? 0),
            undelivered: context.arguments.has("undelivered"))
        let list = try await context.withLink(to: .controller) {
            try await $0.call(ControllerMethods.listNotices, request)
        }
        if context.wantsJSON { return context.out.print(JSONText(list).pretty) }
        if list.notices.isEmpty {
            context.out.print("no notices")
        } else {
            context.out.print(NoticeText.table(list.notices))
        }
        guard !list.endpoints.isEmpty else {
            return context.out.print(
                "nobody is told: the controller was started without --notify FILE")
        }
        context.out.print(NoticeText.table(list.endpoints))
    }

    static func test(_ context: CommandContext) async throws {
        let endpoint = context.arguments.operand("ENDPOINT") ?? ""
        let request = TestNotice(endpoint: endpoint, actor: VerbCommand.actor(context))
        try await context.withLink(to: .controller) { controller in
            let sent = try await controller.call(ControllerMethods.testNotice, request)
            let ended =
                context.arguments.has("no-wait")
                ? sent : try await outcome(of: sent, controller, context)
            if context.wantsJSON { return context.out.print(JSONText(ended).pretty) }
            guard let delivery = ended.deliveries.first else { return }
            guard delivery.state == "delivered" || context.arguments.has("no-wait") else {
                throw CommandError(
                    "\(endpoint) did not take it: "
                        + (delivery.error.isEmpty ? "no answer yet" : delivery.error)
                        + ". It is tried again for a day; `cairn notify list` shows how it goes")
            }
            context.out.print("notice \(ended.id): \(NoticeText.sentence(delivery))")
        }
    }

    /// Looks until the first try has ended, at most for the command's own time.
    private static func outcome(
        of sent: NoticeRecord, _ controller: Link, _ context: CommandContext
    ) async throws -> NoticeRecord {
        var last = sent
        let end = context.clock.now() + .seconds(20)
        while context.clock.now() < end {
            let list = try await controller.call(
                ControllerMethods.listNotices, ListNotices(limit: 200))
            last = list.notices.first { $0.id == sent.id } ?? last
            if last.deliveries.contains(where: { $0.tries > 0 }) { return last }
            try await context.clock.sleep(until: context.clock.now() + .milliseconds(50))
        }
        return last
    }
}
