import CairnCore
import Messages

/// How a router outside (HAProxy, NGINX) splits requests, and under which table: what it is given,
/// and what is read back from it.
public struct RouterSplit: Sendable, Equatable {
    /// Requests that go to one arm whatever the weight.
    public struct Pin: Sendable, Equatable {
        public enum Kind: String, Sendable, CaseIterable { case key, prefix, cohort }
        public let kind: Kind
        public let text: String
        /// `stable` or `candidate`.
        public let arm: String

        public init(_ kind: Kind, _ text: String, arm: String) {
            (self.kind, self.text, self.arm) = (kind, text, arm)
        }
    }

    public let target: TargetName
    public let epoch: UInt64
    public let fencingToken: UInt64
    /// 0 outside an attempt.
    public let attempt: UInt64
    /// Of the candidate.
    public let weight: BasisPoints
    /// Of the second copy of stable.
    public let baseline: BasisPoints
    /// `1.2.0`; empty where nothing stands.
    public let stable: String
    public let candidate: String
    /// Asked before the weight, in order.
    public let pins: [Pin]

    /// Before any table came: everything goes to stable. What a router is installed with.
    public init(installedFor target: TargetName) {
        (self.target, epoch, fencingToken, attempt) = (target, 0, 0, 0)
        (weight, baseline, stable, candidate, pins) = (.zero, .zero, "", "", [])
    }

    /// - Throws: `TableError` for what no router of this kind can do.
    public init(_ table: ServingTable) throws(TableError) {
        guard table.mirror == .zero else {
            throw TableError(
                "epoch \(table.epoch) mirrors \(table.mirror) of the requests, which only Cairn's own "
                    + "router can; this one splits them and answers each once")
        }
        (target, epoch, fencingToken) = (table.target, table.epoch, table.fencingToken)
        attempt = table.attempt
        (weight, baseline) = (table.candidate?.weight ?? .zero, table.baseline)
        (stable, candidate) = (table.stable?.number ?? "", table.candidate?.number ?? "")
        // As elsewhere: a pin to an arm where nothing stands leads nowhere.
        pins = table.pins.filter { table.route(to: $0.arm) != nil }.map(\.split)
    }

    /// Whether a router that has this must not be given `other`: epochs and fencing tokens of what
    /// one router has never fall.
    public func isNewer(than other: RouterSplit) -> Bool {
        epoch > other.epoch || fencingToken > other.fencingToken
    }
}

extension ServingTable.Pin {
    var split: RouterSplit.Pin {
        let arm = arm == .candidate ? "candidate" : "stable"
        if !message.key.isEmpty { return RouterSplit.Pin(.key, message.key, arm: arm) }
        if !message.prefix.isEmpty { return RouterSplit.Pin(.prefix, message.prefix, arm: arm) }
        return RouterSplit.Pin(.cohort, message.cohort, arm: arm)
    }
}

// MARK: As text

extension RouterSplit: CustomStringConvertible {
    /// One word without blanks, quotes or `$`: it stands in maps and configurations as it is.
    public var text: String {
        var parts = [
            "epoch=\(epoch)", "token=\(fencingToken)", "attempt=\(attempt)",
            "weight=\(weight.value)", "baseline=\(baseline.value)",
        ]
        if !stable.isEmpty { parts.append("stable=" + Self.escaped(stable)) }
        if !candidate.isEmpty { parts.append("candidate=" + Self.escaped(candidate)) }
        parts += pins.map { "pin=\($0.kind.rawValue):\($0.arm):\(Self.escaped($0.text))" }
        return parts.joined(separator: ",")
    }

    public var description: String {
        epoch == 0
            ? "no epoch" : "epoch \(epoch) with the candidate at \(weight)"
    }

    /// What `text` wrote.
    /// - Returns: `nil` for anything else.
    public init?(_ text: some StringProtocol, for target: TargetName) {
        var numbers: [String: UInt64] = [:]
        var names = ["stable": "", "candidate": ""]
        var pins: [Pin] = []
        for part in String(text).split(separator: ",", omittingEmptySubsequences: false) {
            guard let equals = part.firstIndex(of: "=") else { return nil }
            let (name, value) = (String(part[..<equals]), part[part.index(after: equals)...])
            switch name {
            case "epoch", "token", "attempt", "weight", "baseline":
                guard numbers[name] == nil, let number = UInt64(value) else { return nil }
                numbers[name] = number
            case "stable", "candidate":
                guard let version = Self.unescaped(value) else { return nil }
                names[name] = version
            case "pin":
                guard let pin = Self.pin(value) else { return nil }
                pins.append(pin)
            default: return nil
            }
        }
        guard let epoch = numbers["epoch"], let token = numbers["token"],
            let attempt = numbers["attempt"],
            let weight = numbers["weight"].flatMap({ BasisPoints(Int(clamping: $0)) }),
            let baseline = numbers["baseline"].flatMap({ BasisPoints(Int(clamping: $0)) })
        else { return nil }
        (self.target, self.epoch, fencingToken) = (target, epoch, token)
        (self.attempt, self.weight, self.baseline, self.pins) = (attempt, weight, baseline, pins)
        (stable, candidate) = (names["stable"] ?? "", names["candidate"] ?? "")
    }

    private static func pin(_ text: Substring) -> Pin? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let kind = Pin.Kind(rawValue: String(parts[0])),
            ["stable", "candidate"].contains(parts[1]), let value = unescaped(parts[2])
        else { return nil }
        return Pin(kind, value, arm: String(parts[1]))
    }

    /// Everything but letters, digits, `.`, `_`, `-` as `%` and two hexadecimal digits.
    static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95: bytes.append(byte)
            default: bytes += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func unescaped(_ text: some StringProtocol) -> String? {
        var (bytes, rest) = ([UInt8](), Array(text.utf8)[...])
        while let byte = rest.popFirst() {
            guard byte == 37 else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
