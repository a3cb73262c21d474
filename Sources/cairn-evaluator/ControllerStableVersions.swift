import CairnCore
import Messages
import Ports

/// Asks the deployment controller what serves.
struct ControllerStableVersions: StableVersions {
    let channel: any RPCChannel

    /// A verdict does not wait long for a controller that is away.
    private static let patience = Duration.seconds(5)

    func stable(on target: TargetName) async throws -> StableVersion? {
        let status = try await channel.call(
            ControllerMethods.getTargetStatus, GetTargetStatus(target: target.description),
            CallOptions(deadline: Self.patience))
        guard let stable = status.stable, !stable.number.isEmpty else { return nil }
        guard let number = VersionNumber(stable.number),
            let manifest = Digest(bytes: stable.manifestDigest)
        else {
            throw RPCError(
                .internal,
                "the controller says that '\(stable.number.prefix(40))' serves on \(target), which "
                    + "is no version")
        }
        return StableVersion(
            model: try ModelName(status.model), number: number, manifest: manifest)
    }
}
