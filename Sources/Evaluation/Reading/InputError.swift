/// A data set or a predictions file cannot be used: where, what stands there, what was expected.
public struct InputError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Counted from 1; `nil` where the file as a whole is meant.
    public let line: Int?
    public let text: String

    public init(line: Int? = nil, _ text: String) { (self.line, self.text) = (line, text) }

    public var description: String { line.map { "line \($0): \(text)" } ?? text }
}

extension InputError {
    /// A piece of somebody's file, short enough and safe to print.
    static func excerpt(_ text: some StringProtocol) -> String {
        let kept = text.prefix(40).map { character in
            character.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
                ? character : "?"
        }
        return "'\(String(kept))\(text.count > 40 ? "…" : "")'"
    }

    /// The first few of many names, for errors.
    static func list(_ names: some Collection<String>) -> String {
        names.prefix(8).map { excerpt($0) }.joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    }
}
