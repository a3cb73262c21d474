/// The predictions of one repeat, as a file of the evaluation.
public struct PredictionsFile: Hashable, Sendable {
    /// Inside the evaluation's folder. Its ending says the format, and the rest is the writer's alone:
    /// whoever lost his lease, or uploads at the same time, writes another file.
    public let name: String
    /// Bad rows are counted and left out; else the first one is an error.
    public let skipsInvalid: Bool

    public static let byteCountMax = 128

    /// - Returns: `nil` when the name is no plain one of letters, digits, `-`, `_` and `.`.
    public init?(named name: String, skipsInvalid: Bool = false) {
        let isPlain =
            (1...Self.byteCountMax).contains(name.utf8.count) && !name.hasPrefix(".")
            && name.utf8.allSatisfy(Self.isPlain)
        guard isPlain else { return nil }
        (self.name, self.skipsInvalid) = (name, skipsInvalid)
    }

    /// - Parameters:
    ///   - writer: what no other writer of the evaluation has: letters and digits.
    ///   - ending: of the format, without a dot: "jsonl".
    ///   - origin: the name under which somebody sent it, kept as far as it is plain; for errors.
    public init(
        repeatIndex: Int, writer: String, ending: String, origin: String = "", skipsInvalid: Bool
    ) {
        let base =
            origin.utf8.count > ending.utf8.count + 1 ? origin.dropLast(ending.count + 1) : ""
        let kept = base.utf8.prefix(48).map { Self.isPlain($0) ? $0 : UInt8(ascii: "_") }
        let own = kept.isEmpty ? "" : String(decoding: kept, as: UTF8.self) + "."
        let name = "predictions-\(repeatIndex)-\(writer).\(own)\(ending)"
        precondition(name.utf8.allSatisfy(Self.isPlain), "'\(name)' is no plain name")
        (self.name, self.skipsInvalid) = (name, skipsInvalid)
    }

    /// The name under which it was sent: "b.jsonl"; `nil` of what a runner wrote.
    public var origin: String? {
        guard let dot = name.firstIndex(of: "."), dot != name.lastIndex(of: ".") else { return nil }
        return String(name[name.index(after: dot)...])
    }

    /// From the last dot on, without it: "jsonl".
    public var ending: String { Self.ending(of: name) }

    /// From the last dot on, without it and in lower case; `jsonl` where there is no name at all.
    public static func ending(of name: String) -> String {
        if name.isEmpty { return "jsonl" }
        guard let dot = name.lastIndex(of: ".") else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
}
