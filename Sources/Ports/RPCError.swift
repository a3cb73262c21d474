import Deployment
import Messages

/// A call did not succeed: what both sides of the wire throw.
public struct RPCError: Error, Sendable, Equatable, CustomStringConvertible {
    public let code: ErrorCode
    /// What happened, what was expected, what to do now.
    public let text: String
    /// The values that a program would switch on.
    public let facts: [String: String]
    /// The same call may succeed later.
    public let canRetry: Bool
    /// Of a refusal: what stands against it. `nil` too where the other side knows a reason that is
    /// unknown here.
    public let reason: Refusal.Reason?

    public init(
        _ code: ErrorCode, _ text: String, facts: [String: String] = [:], canRetry: Bool? = nil,
        reason: Refusal.Reason? = nil
    ) {
        (self.code, self.text, self.facts, self.reason) = (code, text, facts, reason)
        self.canRetry = canRetry ?? [.unavailable, .resourceExhausted].contains(code)
    }

    public var description: String { text }

    public init(_ message: CallError) {
        self.init(
            message.code, message.text,
            facts: Dictionary(message.facts.map { ($0.key, $0.value) }) { first, _ in first },
            canRetry: message.canRetry, reason: Refusal.Reason(rawValue: message.reason))
    }

    /// For the wire; texts over the limits of `CallError` are cut.
    public var message: CallError {
        CallError(
            code: code, text: String(text.prefix(1_000)),
            facts: facts.sorted { $0.key < $1.key }.prefix(64).map {
                KeyValue(key: $0.key, value: String($0.value.prefix(1_000)))
            },
            canRetry: canRetry, reason: reason?.rawValue ?? "")
    }

    /// What a handler threw, as its caller shall see it: an error that is not an `RPCError` is a
    /// bug, and its text goes to the log and not over the wire.
    public static func from(_ error: any Error) -> RPCError {
        switch error {
        case let error as RPCError: error
        case is CancellationError: RPCError(.cancelled, "the call was cancelled")
        case let error as MessageError: RPCError(.invalidArgument, error.description)
        default: RPCError(.internal, "the service failed on this call; its log says why")
        }
    }
}
