import CairnCore
import CommandTable
import Messages
import Ports

/// Keeps a version out of a target.
enum QuarantineCommand {
    static func run(_ context: CommandContext) async throws {
        let text = context.arguments.operand("VERSION") ?? ""
        let target = context.arguments.operand("TARGET") ?? ""
        let release = try await release(text, on: target, context)
        try await context.withLink(to: .controller) { controller in
            _ = try await VerbCommand(context: context) { link, expectation in
                try await link.call(
                    ControllerMethods.quarantine,
                    Quarantine(
                        target: target, number: release.number, manifestDigest: release.manifest,
                        expectation: expectation))
            }.run(over: controller)
        }
    }

    /// What the target shows needs nobody else: at night ingest may be away.
    private static func release(
        _ text: String, on target: String, _ context: CommandContext
    ) async throws -> (number: String, manifest: [UInt8]) {
        if let number = VersionNumber(text)?.number {
            let status = try await context.withLink(to: .controller) {
                try await $0.call(
                    ControllerMethods.getTargetStatus, GetTargetStatus(target: target))
            }
            let shown = [status.candidate, status.stable].compactMap { $0 }
            guard let arm = shown.first(where: { $0.number == number }) else {
                throw UsageError(
                    "\(target) does not show v\(number); name it with its model, as "
                        + "\(status.model.isEmpty ? "chat" : status.model)@v\(number)")
            }
            return (arm.number, arm.manifestDigest)
        }
        let version = try await context.withLink(to: .ingest) {
            try await Versions(ingest: $0).resolve(text)
        }
        guard !version.number.isEmpty else {
            throw UsageError(
                "\(text) is a checkpoint without a version; only versions are deployed")
        }
        return (version.number, version.manifestDigest)
    }
}
