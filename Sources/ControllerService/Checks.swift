import CairnCore
import Deployment
import Messages
import Ports
import ServiceKit

/// What comes over the wire, checked once: afterwards nobody doubts it again.
enum Checks {
    static func target(_ text: String) throws -> TargetName {
        do throws(NameError) {
            return try TargetName(text)
        } catch { throw RPCError(.invalidArgument, error.description) }
    }

    static func model(_ text: String) throws -> ModelName {
        do throws(NameError) {
            return try ModelName(text)
        } catch { throw RPCError(.invalidArgument, error.description) }
    }

    static func optionalDigest(_ bytes: [UInt8], _ field: String) throws -> Digest? {
        bytes.isEmpty ? nil : try WireChecks.digest(bytes, field)
    }

    /// Who joins or reports: shown to people, so without control characters.
    static func participant(_ name: String) throws -> String {
        guard (1...128).contains(name.utf8.count), !name.utf8.contains(where: { $0 < 0x20 }) else {
            throw RPCError(
                .invalidArgument,
                "a participant's name has 1 to 128 bytes and no control characters, not "
                    + "\(name.utf8.count) bytes")
        }
        return name
    }

    static func text(_ text: String, atMost limit: Int, _ field: String) throws -> String {
        guard text.utf8.count <= limit else {
            throw RPCError(
                .invalidArgument, "\(field) has \(text.utf8.count) bytes; at most \(limit)")
        }
        return text
    }

    /// - Parameter limit: so low that sums of what anybody may send stay numbers.
    static func count(_ count: UInt64, atMost limit: UInt64 = 1_000_000_000, _ field: String)
        throws -> Int
    {
        guard count <= limit else {
            throw RPCError(.invalidArgument, "\(field) is \(count); at most \(limit)")
        }
        return Int(count)
    }

    /// Who asks, on what understanding.
    static func request(_ expectation: Expectation?) throws -> Event.Request {
        guard let expectation, !expectation.actor.isEmpty else {
            throw RPCError(
                .invalidArgument, "the request does not say who asks: the log needs an actor")
        }
        return Event.Request(
            actor: try text(expectation.actor, atMost: 256, "actor"),
            reason: try text(expectation.reason, atMost: 4_096, "reason"),
            revision: expectation.revision == 0 ? nil : expectation.revision,
            attempt: expectation.attempt == 0 ? nil : expectation.attempt,
            step: expectation.hasStep ? Int(expectation.step) : nil)
    }
}
