import CairnCore
import Messages

/// The state of a target in a few words.
public struct TargetState: Equatable, Sendable, CustomStringConvertible {
    public let description: String
    let ink: Ink

    public init(_ status: TargetStatus) {
        switch status.state {
        case "step":
            let index = Int(status.step)
            let sub = status.steps.indices.contains(index) ? status.steps[index].state : ""
            description =
                "step \(index + 1) of \(status.steps.count)" + (sub.isEmpty ? "" : ", \(sub)")
            ink = .warning
        case let state:
            description = state.split(separator: "_").joined(separator: " ")
            ink =
                switch state {
                case "idle", "promoted": .good
                case "rolling_back", "rolled_back", "failed_rollback", "rejected": .bad
                default: .warning
                }
        }
    }

    var painted: Painted { Painted(description, ink) }

    /// Whether an attempt is under way that can still change what serves.
    public static func isLive(_ status: TargetStatus) -> Bool {
        ["queued", "preflight", "step", "watching", "rolling_back", "failed_rollback"]
            .contains(status.state)
    }
}

/// Names as people read them.
public enum Name {
    /// `v1.2.0` for `1.2.0`; `–` for none.
    public static func version(_ number: String) -> String {
        number.isEmpty ? "–" : (number.first == "v" ? number : "v" + number)
    }

    /// The first twelve digits of a digest or id.
    public static func short(_ bytes: [UInt8]) -> String {
        bytes.isEmpty ? "–" : String(Hexadecimal.text(of: bytes).prefix(12))
    }
}

/// The last rollback, timed.
public enum RollbackText {
    public static func sentences(of record: RollbackRecord) -> [String] {
        var first =
            "attempt \(record.attempt): \(Name.version(record.fromNumber)) → "
            + "\(Name.version(record.toNumber)) at \(Quantity.time(unixMilliseconds: record.startedUnixMs))"
        if !record.cause.isEmpty { first += ": \(record.cause)" }
        var sentences = [first]
        if record.ackedUnixMs > 0 {
            let acked = Quantity.figure(record.startedToAckedMs, digits: 3)
            var second = "weight 0 acknowledged by every router after \(acked) ms"
            if record.verifiedUnixMs > 0 {
                second +=
                    ", verified after \(Quantity.figure(record.startedToVerifiedMs, digits: 4)) ms"
            }
            sentences.append(second)
        }
        if record.checks.isEmpty {
            if !record.verification.isEmpty { sentences.append(record.verification) }
        } else {
            sentences += ProofText.lines(record).map { $0.text(inColor: false) }
        }
        return sentences
    }
}
