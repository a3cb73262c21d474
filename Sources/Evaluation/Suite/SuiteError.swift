/// A suite breaks a rule; nothing of it was applied.
public struct SuiteError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
