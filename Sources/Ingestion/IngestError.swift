/// Ingest will not do what it was asked. Nothing was changed.
public struct IngestError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        /// Asked wrongly: the same never succeeds.
        case invalid
        case notFound
        /// The version number is taken.
        case taken
        /// What stands differs from what the caller expects.
        case conflict
        /// Not possible now.
        case refused
    }
    public let code: Code
    /// What happened, what was expected, what to do now.
    public let description: String
    /// The values that a program would switch on.
    public let facts: [String: String]

    public init(_ code: Code, _ description: String, facts: [String: String] = [:]) {
        (self.code, self.description, self.facts) = (code, description, facts)
    }
}
