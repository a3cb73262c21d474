import CairnCore

/// What `cairn router config` was asked for: a target's place in somebody's configuration.
public struct RouterInstallation: Sendable, Equatable {
    public var target: TargetName
    public var key: RequestKey
    /// Where a request says its cohorts, separated by commas; `nil`: it has none.
    public var cohorts: RequestKey?
    /// Where the files lie that the agent keeps.
    public var folder: String
    /// Backends of HAProxy, upstreams of NGINX.
    public var stable: String
    public var candidate: String
    /// Of an experiment's second copy of stable; `nil`: `stable`.
    public var baseline: String?

    public init(
        target: TargetName, key: RequestKey, cohorts: RequestKey? = nil, folder: String,
        stable: String, candidate: String, baseline: String? = nil
    ) {
        (self.target, self.key, self.cohorts, self.folder) = (target, key, cohorts, folder)
        (self.stable, self.candidate, self.baseline) = (stable, candidate, baseline)
    }

    /// `prod-chat`, as files are named.
    public static func fileName(of target: TargetName) -> String {
        "\(target.environment)-\(target.name)"
    }

    /// `prod_chat`, as variables are named: letters, digits and `_`.
    public static func word(of target: TargetName) -> String {
        String(
            fileName(of: target).map { ($0.isLetter || $0.isNumber) && $0.isASCII ? $0 : "_" })
    }
}
