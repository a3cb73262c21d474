import CairnCore
import Messages

/// Route tables for tests: versions are letters, their manifests the digests of the letters unless
/// others are given.
public struct Tables: Sendable {
    public var target = "prod/chat"
    public var digests: [String: Digest] = [:]

    public init() {}

    public func digest(_ name: String) -> Digest { digests[name] ?? Digest(of: Array(name.utf8)) }

    public func callAsFunction(
        _ epoch: UInt64, stable: String?, candidate: String? = nil, weight: Int = 0,
        keep: [String] = [], attempt: UInt64 = 0, token: UInt64 = 1
    ) -> RouteTable {
        func arm(_ name: String, _ weight: Int) -> Arm {
            Arm(
                number: "1.0.0-\(name)", manifestDigest: digest(name).bytes,
                weightBp: UInt32(weight))
        }
        return RouteTable(
            target: target, model: "chat", epoch: epoch, fencingToken: token, attempt: attempt,
            stable: stable.map { arm($0, 10_000 - weight) },
            candidate: candidate.map { arm($0, weight) },
            keepDigests: keep.map { digest($0).bytes })
    }
}
