import CairnCore
import Messages

/// Where one request goes, and under which table that was decided.
public struct Route: Sendable, Hashable {
    public let arm: ArmKind
    public let number: String
    public let manifest: Digest
    public let epoch: UInt64
    public let attempt: UInt64
    /// By a pin and not by its weight: what comes of it is no evidence about arms.
    public let isPinned: Bool

    public init(
        arm: ArmKind, number: String, manifest: Digest, epoch: UInt64, attempt: UInt64,
        isPinned: Bool = false
    ) {
        (self.arm, self.number, self.manifest) = (arm, number, manifest)
        (self.epoch, self.attempt, self.isPinned) = (epoch, attempt, isPinned)
    }
}

extension ServingTable {
    /// The route of a request that goes to `kind`; `nil` when nothing stands there.
    public func route(to kind: ArmKind, isPinned: Bool = false) -> Route? {
        let arm =
            switch kind {
            case .stable, .baseline: stable
            case .candidate, .mirror: candidate
            }
        return arm.map {
            Route(
                arm: kind, number: $0.number, manifest: $0.manifest, epoch: epoch, attempt: attempt,
                isPinned: isPinned)
        }
    }
}
