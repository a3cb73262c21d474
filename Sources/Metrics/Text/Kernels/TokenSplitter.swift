/// Cuts a line into tokens: at white space, around signs, around stops that are not in numbers.
///
/// What the substitutions of mteval-v13a do one after the other, in one pass. In those, a stop is
/// parted from what is before it unless that is a digit, then from what is behind it unless that is
/// a digit; of neighbouring stops every second one is taken as what is before the next.
struct TokenSplitter: ~Copyable {
    enum Class: UInt8 {
        case letter, space, digit, stop, sign, hyphen, apostrophe
    }

    /// What tells tokenizers apart.
    struct Rules {
        /// Of a character that is not ASCII and not white space.
        var classOfOthers: (UInt32) -> Class = { _ in .letter }
        /// Before the first character and behind the last is a space.
        var hasPaddedEnds = true
        /// A hyphen behind a digit is a token.
        var partsHyphens = true
        /// `'s` before a space or a sign begins a token.
        var partsPossessives = false
    }

    private let rules: Rules
    private let classes = Room<Class>(128)

    /// - Parameter classOfASCII: letters are `.letter`.
    init(_ rules: Rules, classOfASCII: (UInt8) -> Class = Self.westernClass) {
        self.rules = rules
        for byte in 0..<UInt8(128) { classes.base[Int(byte)] = classOfASCII(byte) }
    }

    static func westernClass(_ byte: UInt8) -> Class {
        switch byte {
        case 0x2E, 0x2C: .stop
        case 0x2D: .hyphen
        case 0x27: .apostrophe
        case 0x30...0x39: .digit
        case 0x21...0x7E:
            PythonText.isPunctuation(byte) ? .sign : .letter
        default: Characters.isASCIISpace(byte) ? .space : .letter
        }
    }

    @inline(__always) private func classOf(_ at: UnsafePointer<UInt8>) -> Class {
        if at[0] < 0x80 { return classes.base[Int(at[0])] }
        let scalar = Characters.scalar(at)
        return PythonText.isSpace(scalar) ? .space : rules.classOfOthers(scalar)
    }

    func appendTokens(of line: borrowing Line, to words: inout WordList) {
        let (base, end) = (line.base, line.count)
        let edge = rules.hasPaddedEnds ? Class.space : .digit
        // No digit is before the text, whatever a stop there takes it for: it parts no hyphen.
        var (at, previous) = (0, Class.space)
        // A stop here would be parted from what is before it.
        var parts = edge != .digit
        // Where the token begins that is not ended yet.
        var start: Int?
        @inline(__always) func endToken() {
            if let begin = start { words.append(Word(base, begin, at - begin)) }
            start = nil
        }
        while at < end {
            // Most of a text; the line's margin ends the last.
            let letters = Characters.letterCount(base + at)
            if letters > 0 {
                start = start ?? at
                at += letters
                (parts, previous) = (true, .letter)
                continue
            }
            let length = Characters.length(base[at])
            let kind = classOf(base + at)
            let isAlone: Bool
            switch kind {
            case .letter, .digit: isAlone = false
            case .space, .sign: isAlone = true
            case .hyphen: isAlone = rules.partsHyphens && previous == .digit
            case .apostrophe:
                isAlone = false
                if rules.partsPossessives && beginsPossessive(base + at) { endToken() }
            case .stop:
                let next = at + length < end ? classOf(base + at + length) : edge
                isAlone = parts || next != .digit
            }
            if isAlone {
                endToken()
                if kind != .space { words.append(Word(base, at, length)) }
            } else if start == nil {
                start = at
            }
            parts = kind == .stop ? !parts : kind != .digit
            (at, previous) = (at + length, kind)
        }
        endToken()
    }

    /// The line's margin makes the end of the text a space.
    private func beginsPossessive(_ at: UnsafePointer<UInt8>) -> Bool {
        guard at[1] == UInt8(ascii: "s") else { return false }
        return at[2] == 0x20 || at[2] < 0x80 && classOf(at + 2) == .sign
    }
}
