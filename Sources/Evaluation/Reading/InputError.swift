/// A data set or a predictions file cannot be used: where, what stands there, what was expected.
public struct InputError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Where in the file; all numbers count from 1.
    public enum Place: Sendable, Equatable {
        /// The file as a whole.
        case file
        /// Of a text file; columns are bytes of the line.
        case line(Int, column: Int? = nil)
        /// Of a file of columns, or of one of its parts: "scores.npy".
        case row(Int, part: String? = nil)
        /// A part as a whole.
        case part(String)

        /// Of a text file.
        public var line: Int? { if case .line(let line, _) = self { line } else { nil } }

        /// Of a file of columns.
        public var row: Int? { if case .row(let row, _) = self { row } else { nil } }

        /// "line 3", "scores.npy, row 7"; empty for a file as a whole.
        public var words: String {
            switch self {
            case .file: ""
            case .line(let line, nil): "line \(line)"
            case .line(let line, let column?): "line \(line), column \(column)"
            case .row(let row, nil): "row \(row)"
            case .row(let row, let part?): "\(part), row \(row)"
            case .part(let part): part
            }
        }
    }

    public let place: Place
    public let text: String

    public init(_ place: Place, _ text: String) { (self.place, self.text) = (place, text) }

    public init(line: Int? = nil, _ text: String) {
        self.init(line.map { .line($0) } ?? .file, text)
    }

    /// `nil` where no line of text is meant.
    public var line: Int? { place.line }

    public var description: String { place == .file ? text : "\(place.words): \(text)" }
}

extension InputError {
    /// The same, so many lines further down.
    func moved(by lines: Int) -> InputError {
        if case .line(let line, let column) = place {
            InputError(.line(line + lines, column: column), text)
        } else {
            self
        }
    }

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
