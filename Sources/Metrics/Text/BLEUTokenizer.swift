/// How text becomes the tokens of BLEU.
///
/// Source: sacreBLEU 2.6, `tokenizer_13a`, `_re`, `_char`, `_zh`, `_intl`.
public enum BLEUTokenizer: Sendable, CaseIterable {
    /// That of the mteval-v13a script.
    case mteval13a
    /// Every character but white space.
    case characters
    /// Words between white space.
    case none
    /// Chinese characters one by one, the rest as 13a.
    case chinese
    /// Punctuation and symbols of all scripts.
    case international

    public func tokens(of text: String) -> [String] {
        let tokenizing = BLEUTokenizing(self, isLowercase: false)
        var line = Line()
        var words = WordList()
        var text = text
        text.withUTF8 { tokenizing.tokenize($0, &line, &words) }
        return (0..<words.count).map { words.string($0, of: line) }
    }
}

/// A tokenizer, ready for many texts.
struct BLEUTokenizing: ~Copyable {
    private let tokenizer: BLEUTokenizer
    private let isLowercase: Bool
    private let splitter: TokenSplitter

    init(_ tokenizer: BLEUTokenizer, isLowercase: Bool) {
        (self.tokenizer, self.isLowercase) = (tokenizer, isLowercase)
        switch tokenizer {
        case .mteval13a, .characters, .none: splitter = TokenSplitter(.init())
        case .chinese:
            splitter = TokenSplitter(
                .init(classOfOthers: { Self.isChinese($0) ? .sign : .letter }, hasPaddedEnds: false)
            )
        case .international:
            splitter = TokenSplitter(
                .init(classOfOthers: Self.category, hasPaddedEnds: false, partsHyphens: false),
                classOfASCII: { Self.category(UInt32($0)) })
        }
    }

    /// - Parameters:
    ///   - line: becomes the text, in lower case if that is asked for, markup mended.
    ///   - words: become its tokens.
    func tokenize(_ text: TextBytes, _ line: inout Line, _ words: inout WordList) {
        let text = Characters.stripped(text, atBothEnds: tokenizer == .chinese)
        if isLowercase { line.setLowercase(text) } else { line.set(text) }
        words.removeAll()
        switch tokenizer {
        case .mteval13a:
            line.mendMarkup()
            splitter.appendTokens(of: line, to: &words)
        case .chinese, .international: splitter.appendTokens(of: line, to: &words)
        case .none: words.appendWords(of: line)
        case .characters: words.appendCharacters(of: line)
        }
    }

    private static func isChinese(_ scalar: UInt32) -> Bool {
        switch scalar {
        // sacreBLEU writes two ranges beyond U+FFFF with four digits; the first is what they match.
        case 0x2001...0x2A6D, 0x2E80...0x2FDF, 0x2FF0...0x303F, 0x3100...0x312F, 0x31A0...0x31BF,
            0x31C0...0x31EF, 0x3200...0x4DB5, 0x4E00...0x9FBB, 0xF900...0xFA2D, 0xFA30...0xFA6A,
            0xFA70...0xFAD9, 0xFE10...0xFE1F, 0xFE30...0xFE4F, 0xFF00...0xFFEF:
            true
        default: false
        }
    }

    private static func category(_ scalar: UInt32) -> TokenSplitter.Class {
        if PythonText.isSpace(scalar) { return .space }
        guard let scalar = Unicode.Scalar(scalar) else { return .letter }
        switch scalar.properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber: return .digit
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation:
            return .stop
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: return .sign
        default: return .letter
        }
    }
}

extension WordList {
    /// Adds all characters but white space.
    mutating func appendCharacters(of line: borrowing Line) {
        var at = 0
        while at < line.count {
            let length = Characters.length(line.base[at])
            if Characters.spaceLength(line.base + at) == 0 {
                append(Word(line.base, at, length))
            }
            at += length
        }
    }
}
