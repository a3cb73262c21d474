/// A request that is not possible now. Nothing was changed.
public struct Refusal: Error, Equatable, CustomStringConvertible {
    public enum Code: String, Equatable, Sendable { case invalid, conflict, refused, notFound }

    /// What stands against it, for programs.
    public enum Reason: String, Equatable, Sendable, CaseIterable {
        case malformed, otherModel = "other_model", noPlan = "no_plan"
        case otherRevision = "other_revision", otherAttempt = "other_attempt"
        case otherStep = "other_step"
        /// The state has no such move.
        case wrongState = "wrong_state"
        case busy, frozen, quarantined
        case guardBroke = "guard_broke"
        case notProven = "not_proven"
        case unknown
        case reasonMissing = "reason_missing"
    }

    public let code: Code
    public let reason: Reason
    /// What stands against it, and what to do now.
    public let text: String
    /// The target as it stands, unchanged.
    public private(set) var present = ""

    public init(_ code: Code, _ reason: Reason, _ text: String) {
        (self.code, self.reason, self.text) = (code, reason, text)
    }

    /// The present state, unless the text shows it already.
    public var description: String {
        present.isEmpty || text.contains(present) ? text : "\(text). Now: \(present)"
    }

    func showing(_ target: Target) -> Refusal {
        var refusal = self
        refusal.present = target.stateSummary
        return refusal
    }
}
