/// Key-value pairs on one line, as logfmt: `level=info msg="two words" count=3`.
public enum LogLine {
    public static func text(_ pairs: [(String, String)]) -> String {
        pairs.map { "\($0)=\(quoted($1))" }.joined(separator: " ")
    }

    /// In quotes where the value is empty or holds a space, a quote, '=' or a control character.
    private static func quoted(_ value: String) -> String {
        let isPlain = value.unicodeScalars.allSatisfy {
            $0.value > 0x20 && $0.value != 0x7F && $0 != "\"" && $0 != "=" && $0 != "\\"
        }
        return isPlain && !value.isEmpty ? value : JSONText.string(value).compact
    }
}
