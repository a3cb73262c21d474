/// What a part of a line stands for; a terminal with colours shows it, everything else drops it.
public enum Ink: Equatable, Sendable {
    case plain, strong, faint, good, warning, bad

    /// The SGR parameter of ECMA-48; `nil` for what is left as it is.
    var code: String? {
        switch self {
        case .plain: nil
        case .strong: "1"
        case .faint: "2"
        case .good: "32"
        case .warning: "33"
        case .bad: "31"
        }
    }
}

/// A line of text whose letters know their ink, so that it can be measured, cut and wrapped before
/// anything becomes an escape sequence.
public struct Painted: Equatable, Sendable, ExpressibleByStringInterpolation {
    var letters: [(character: Character, ink: Ink)] = []

    public init(_ text: String = "", _ ink: Ink = .plain) {
        // A control character from a name or a reason must never reach a terminal.
        letters = text.map { ($0.isControl ? "\u{FFFD}" : $0, ink) }
    }

    public init(stringLiteral text: String) { self.init(text) }

    public var count: Int { letters.count }
    public var isEmpty: Bool { letters.isEmpty }
    public var text: String { String(letters.map(\.character)) }

    public static func + (a: Painted, b: Painted) -> Painted {
        var sum = a
        sum.letters += b.letters
        return sum
    }

    public static func += (a: inout Painted, b: Painted) { a.letters += b.letters }

    public static func == (a: Painted, b: Painted) -> Bool {
        a.letters.elementsEqual(b.letters) { $0 == $1 }
    }

    /// Filled up with spaces, behind or before the text.
    public func padded(_ width: Int, toRight: Bool = false) -> Painted {
        let space = Painted(String(repeating: " ", count: max(0, width - count)))
        return toRight ? space + self : self + space
    }

    /// Without the spaces at the end.
    var trimmed: Painted {
        let end = letters.lastIndex { $0.character != " " }.map { $0 + 1 } ?? 0
        return Painted(letters: letters[..<end])
    }

    /// At most `width` letters, the last one `…` where some are missing.
    public func cut(_ width: Int) -> Painted {
        guard count > width else { return self }
        var cut = Painted()
        cut.letters = Array(letters.prefix(max(0, width - 1)))
        return width > 0 ? cut + Painted("…", letters[width - 1].ink) : cut
    }

    /// Lines of at most `width` letters, broken at spaces where there are any.
    public func wrapped(_ width: Int) -> [Painted] {
        var (lines, rest) = ([Painted](), letters[...])
        while rest.count > max(1, width) {
            let room = rest.prefix(max(1, width) + 1)
            let space = room.lastIndex { $0.character == " " } ?? room.startIndex
            let end = space > rest.startIndex ? space : rest.startIndex + max(1, width)
            lines.append(Painted(letters: rest[..<end]))
            rest = rest[end...].drop { $0.character == " " }
        }
        return lines + (rest.isEmpty && !lines.isEmpty ? [] : [Painted(letters: rest)])
    }

    private init(letters: ArraySlice<(character: Character, ink: Ink)>) {
        self.letters = Array(letters)
    }

    /// The text for a terminal, or plain.
    public func text(inColor: Bool) -> String {
        guard inColor else { return text }
        var (line, ink) = ("", Ink.plain)
        for letter in letters {
            if letter.ink != ink {
                if ink != .plain { line += "\u{1B}[0m" }
                if let code = letter.ink.code { line += "\u{1B}[\(code)m" }
                ink = letter.ink
            }
            line.append(letter.character)
        }
        return ink == .plain ? line : line + "\u{1B}[0m"
    }
}

extension Painted {
    public struct StringInterpolation: StringInterpolationProtocol {
        var painted = Painted()
        public init(literalCapacity: Int, interpolationCount: Int) {}
        public mutating func appendLiteral(_ text: String) { painted += Painted(text) }
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            painted += Painted(value.description)
        }
        public mutating func appendInterpolation(_ part: Painted) { painted += part }
        public mutating func appendInterpolation(_ value: some CustomStringConvertible, _ ink: Ink)
        {
            painted += Painted(value.description, ink)
        }
    }

    public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.painted }
}

extension Character {
    fileprivate var isControl: Bool {
        unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
    }
}
