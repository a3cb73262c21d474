import CairnCore
import Synchronization

/// What serves now, for gates against stable.
public protocol StableVersions: Sendable {
    /// - Returns: `nil` where nothing serves on the target yet.
    /// - Throws: where nobody can say now: the controller is away, or knows no such target.
    func stable(on target: TargetName) async throws -> StableVersion?
}

public struct StableVersion: Sendable, Equatable {
    public let model: ModelName
    public let number: VersionNumber
    public let manifest: Digest

    public init(model: ModelName, number: VersionNumber, manifest: Digest) {
        (self.model, self.number, self.manifest) = (model, number, manifest)
    }
}

/// What somebody said serves, for simulations and tests.
public final class InMemoryStableVersions: StableVersions {
    private let state = Mutex<(serving: [TargetName: StableVersion], outage: RPCError?)>(([:], nil))

    public init() {}

    public func serve(_ version: StableVersion?, on target: TargetName) {
        state.withLock { $0.serving[target] = version }
    }

    /// - Parameter error: of every question until `nil` is set.
    public func fail(with error: RPCError?) { state.withLock { $0.outage = error } }

    public func stable(on target: TargetName) throws -> StableVersion? {
        try state.withLock { state in
            if let outage = state.outage { throw outage }
            return state.serving[target]
        }
    }
}
