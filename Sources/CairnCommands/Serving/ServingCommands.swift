import CairnCore
import CommandTable
import Messages
import Ports
import Rendering
import Specs

/// The verbs on a target.
enum ServingCommands {
    private static func target(_ context: CommandContext) -> String {
        context.arguments.operand("TARGET") ?? ""
    }

    static func deploy(_ context: CommandContext) async throws {
        let text = context.arguments.operand("VERSION") ?? ""
        let version = try await context.withLink(to: .ingest) {
            try await Versions(ingest: $0).resolve(text)
        }
        guard !version.number.isEmpty else {
            throw UsageError(
                "\(text) is a checkpoint without a version; only versions are deployed")
        }
        let name = target(context)
        let request = Deploy(
            target: name, number: version.number, manifestDigest: version.manifestDigest)
        let reply = try await context.withLink(to: .controller) { controller in
            try await VerbCommand(context: context) { link, expectation in
                var request = request
                request.expectation = expectation
                return try await link.call(ControllerMethods.deploy, request)
            }.run(over: controller)
        }
        guard reply != nil, context.arguments.has("watch") else { return }
        try await StatusWatch(context: context, target: name, untilSettled: true).run()
    }

    /// Promote, skip, goto, pause, resume, abort, retry: the same request under different names.
    static func verb(_ method: Method<Verb, VerbReply>) -> Handler {
        { context in
            let waits = context.knows("no-wait")
            let request = Verb(
                target: target(context), full: context.isSet("full"),
                keepGuards: context.isSet("keep-guards"), quarantine: context.isSet("quarantine"),
                toStep: try context.arguments.step())
            if request.keepGuards, !request.full {
                throw UsageError("--keep-guards goes with --full")
            }
            try await context.withLink(to: .controller) { controller in
                let reply = try await VerbCommand(context: context) { link, expectation in
                    var request = request
                    request.expectation = expectation
                    return try await link.call(method, request)
                }.run(over: controller)
                if waits, let reply { try await waitUntilBack(reply, controller, context) }
            }
        }
    }

    static func rollback(_ context: CommandContext) async throws {
        let number = try context.arguments.text("to").map { text in
            guard let number = VersionNumber(text) else {
                throw UsageError("'\(text)' is not a version number: expected one as v1.2.0")
            }
            return number.number
        }
        try await context.withLink(to: .controller) { controller in
            let reply = try await VerbCommand(context: context) { link, expectation in
                try await link.call(
                    ControllerMethods.rollback,
                    Rollback(
                        target: target(context), number: number ?? "", expectation: expectation,
                        fast: context.arguments.has("fast")))
            }.run(over: controller)
            if let reply { try await waitUntilBack(reply, controller, context) }
        }
    }

    /// A rollback is over when every router has acknowledged and the way back is verified.
    private static func waitUntilBack(
        _ reply: VerbReply, _ controller: Link, _ context: CommandContext
    ) async throws {
        if context.arguments.has("no-wait") { return }
        let name = target(context)
        let last = try await controller.stream(
            ControllerMethods.watchTargetStatus, GetTargetStatus(target: name)
        ) { statuses in
            while let status = try await statuses.next()?.body {
                if status.state != "rolling_back" { return status }
            }
            throw CommandError(
                "the controller ended the watch; the rollback goes on: `cairn status \(name)`")
        }
        if last.state == "failed_rollback" {
            throw CommandError(
                "the rollback is not done: \(last.why). The controller keeps trying; "
                    + "`cairn status \(name)` says who has not acknowledged.")
        }
        guard !context.wantsJSON, let record = last.lastRollback, reply.changed else { return }
        context.out.print(RollbackText.sentences(of: record).map { Painted($0) })
    }

    static func unquarantine(_ context: CommandContext) async throws {
        let text = context.arguments.operand("NUMBER") ?? ""
        guard let number = VersionNumber(text)?.number else {
            throw UsageError("'\(text)' is not a version number: expected one as v1.2.0")
        }
        try await context.withLink(to: .controller) { controller in
            let status = try await controller.call(
                ControllerMethods.getTargetStatus, GetTargetStatus(target: target(context)))
            guard let entry = status.quarantine.first(where: { $0.number == number }) else {
                let known = status.quarantine.map { "v" + $0.number }
                throw CommandError(
                    "v\(number) is not quarantined on \(status.target)"
                        + (known.isEmpty ? "" : "; these are: \(known.joined(separator: ", "))"))
            }
            _ = try await VerbCommand(context: context) { link, expectation in
                try await link.call(
                    ControllerMethods.unquarantine,
                    Unquarantine(
                        target: target(context), manifestDigest: entry.manifestDigest,
                        expectation: expectation))
            }.run(over: controller)
        }
    }
}

extension CommandContext {
    func knows(_ flag: String) -> Bool {
        arguments.command.flags.contains { $0.name == flag }
    }

    func isSet(_ flag: String) -> Bool { knows(flag) && arguments.has(flag) }
}

extension Arguments {
    /// The operand STEP, from 0; 0 for a command that takes none.
    fileprivate func step() throws -> UInt32 {
        guard command.operands.contains(where: { $0.name == "STEP" }) else { return 0 }
        let text = operand("STEP") ?? ""
        guard let step = UInt32(text), (1...64).contains(step) else {
            throw UsageError("'\(text)' is no step: expected a number from 1 to 64")
        }
        return step - 1
    }
}
