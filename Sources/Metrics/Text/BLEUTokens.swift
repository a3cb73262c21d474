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
