/// A value of a configuration file with where it stands, so that an error can point at it.
///
/// Knows nothing of the file's format. Plain words keep their text: whoever reads one says whether
/// it is a number or a name, so that a version `1.10` or a country `no` is never guessed away.
public struct ConfigValue: Sendable, Equatable {
    public enum Content: Sendable, Equatable {
        case null
        case scalar(String, isQuoted: Bool)
        case list([ConfigValue])
        /// In the file's order; keys are unique.
        case map([Entry])
    }

    public struct Entry: Sendable, Equatable {
        public let key: String
        public let place: ConfigPlace
        public let value: ConfigValue

        public init(key: String, at place: ConfigPlace, _ value: ConfigValue) {
            (self.key, self.place, self.value) = (key, place, value)
        }
    }

    public let content: Content
    public let place: ConfigPlace

    public init(_ content: Content, at place: ConfigPlace) {
        (self.content, self.place) = (content, place)
    }
}

/// A position in a text, both counted from 1.
public struct ConfigPlace: Sendable, Hashable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) { (self.line, self.column) = (line, column) }
}

/// A configuration file does not say what it should: where, what stands there, what was expected.
public struct ConfigError: Error, Sendable, Equatable, CustomStringConvertible {
    public let place: ConfigPlace
    public let text: String

    public init(_ text: String, at place: ConfigPlace) { (self.text, self.place) = (text, place) }

    public var description: String { "line \(place.line), column \(place.column): \(text)" }

    /// As compilers write it, so that editors jump there: `suite.yaml:7:3: unknown key …`.
    public func text(in file: String) -> String { "\(file):\(place.line):\(place.column): \(text)" }
}
