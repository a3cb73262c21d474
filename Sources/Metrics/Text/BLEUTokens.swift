/// How text becomes the tokens of BLEU.
///
/// Source: sacreBLEU 2.6, `tokenizer_13a`, `tokenizer_re`, `tokenizer_char`.
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
        switch self {
        case .mteval13a:
            var text = text.replacing("<skipped>", with: "").replacing("-\n", with: "")
                .replacing("\n", with: " ")
            if text.contains("&") {
                for (name, sign) in [
                    ("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"),
                ] {
                    text = text.replacing(name, with: sign)
                }
            }
            return PythonText.words(Self.parted(" \(text) "))
        case .characters:
            return text.unicodeScalars.filter { !PythonText.isSpace($0) }.map { String($0) }
        case .none: return PythonText.words(text)
        case .chinese:
            let apart: [Unicode.Scalar] = PythonText.stripped(text).flatMap {
                isChinese($0) ? [" ", $0, " "] : [$0]
            }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: apart)
            return PythonText.words(Self.parted(String(view)))
        case .international:
            return PythonText.words(Self.partedByCategory(text))
        }
    }

    /// The four substitutions, one after the other; none looks at a character twice.
    private static func parted(_ text: String) -> String {
        var scalars = Array(text.unicodeScalars)
        scalars = scalars.flatMap { isSign($0) ? [" ", $0, " "] : [$0] }
        scalars = pairs(scalars) { first, second in
            !isDigit(first) && isStop(second) ? [first, " ", second, " "] : nil
        }
        scalars = pairs(scalars) { first, second in
            isStop(first) && !isDigit(second) ? [" ", first, " ", second] : nil
        }
        scalars = pairs(scalars) { first, second in
            isDigit(first) && second == "-" ? [first, " ", second, " "] : nil
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private func isChinese(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // sacreBLEU writes two ranges beyond U+FFFF with four digits; this is what they match.
        case 0x2001...0x2A6D, 0x2E80...0x2FDF, 0x2FF0...0x303F, 0x3100...0x312F, 0x31A0...0x31BF,
            0x31C0...0x31EF, 0x3200...0x4DB5, 0x4E00...0x9FBB, 0xF900...0xFA2D, 0xFA30...0xFA6A,
            0xFA70...0xFAD9, 0xFE10...0xFE1F, 0xFE30...0xFE4F, 0xFF00...0xFFEF:
            true
        default: false
        }
    }

    private static func partedByCategory(_ text: String) -> String {
        func category(_ scalar: Unicode.Scalar) -> Unicode.GeneralCategory {
            scalar.properties.generalCategory
        }
        var scalars = Array(text.unicodeScalars)
        scalars = pairs(scalars) { first, second in
            !category(first).isNumber && category(second).isPunctuation
                ? [first, " ", second, " "] : nil
        }
        scalars = pairs(scalars) { first, second in
            category(first).isPunctuation && !category(second).isNumber
                ? [" ", first, " ", second] : nil
        }
        scalars = scalars.flatMap { category($0).isSymbol ? [" ", $0, " "] : [$0] }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func pairs(
        _ scalars: [Unicode.Scalar],
        _ replacement: (Unicode.Scalar, Unicode.Scalar) -> [Unicode.Scalar]?
    ) -> [Unicode.Scalar] {
        var (out, at) = ([Unicode.Scalar](), 0)
        while at < scalars.count {
            if at + 1 < scalars.count, let new = replacement(scalars[at], scalars[at + 1]) {
                out += new
                at += 2
            } else {
                out.append(scalars[at])
                at += 1
            }
        }
        return out
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isStop(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "," }

    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x26, 0x28...0x2B, 0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}

extension Unicode.GeneralCategory {
    var isNumber: Bool {
        switch self {
        case .decimalNumber, .letterNumber, .otherNumber: true
        default: false
        }
    }
    var isPunctuation: Bool {
        switch self {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation:
            true
        default: false
        }
    }
    var isSymbol: Bool {
        switch self {
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: true
        default: false
        }
    }
}
