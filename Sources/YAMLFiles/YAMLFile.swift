import CYAML
import CairnCore

/// Reads one YAML document into a `ConfigValue`.
///
/// What is meant for programs and not for people is refused by name: anchors and aliases (a few
/// lines of which can unfold to gigabytes), tags, several documents, keys that are no plain text,
/// keys that stand twice.
public enum YAMLFile {
    public enum Limits {
        public static let byteCount = 1 << 20
        public static let depth = 32
    }

    public static func value(of text: String) throws(ConfigError) -> ConfigValue {
        try value(of: Array(text.utf8))
    }

    public static func value(of bytes: [UInt8]) throws(ConfigError) -> ConfigValue {
        guard bytes.count <= Limits.byteCount else {
            throw ConfigError(
                "\(bytes.count) bytes are more than the \(Limits.byteCount) of such a file",
                at: ConfigPlace(line: 1, column: 1))
        }
        // A closure that throws a typed error loses its type in `withUnsafeBytes` of arrays.
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(ConfigError) in
                var composer = YAMLComposer(events: YAMLEvents(reading: buffer))
                return try composer.document()
            }
        }
        return try result.get()
    }
}

/// Builds the tree from libyaml's events by recursive descent.
private struct YAMLComposer: ~Copyable {
    let events: YAMLEvents

    mutating func document() throws(ConfigError) -> ConfigValue {
        _ = try events.next()  // The start of the stream.
        let start = try events.next()
        guard case .documentStart = start.kind else {
            throw ConfigError("the file is empty", at: ConfigPlace(line: 1, column: 1))
        }
        let value = try value(of: try events.next(), depth: 0)
        _ = try events.next()  // The end of the document.
        let end = try events.next()
        guard case .streamEnd = end.kind else {
            throw ConfigError("a second document starts here; one is expected", at: end.place)
        }
        return value
    }

    private func value(of event: YAMLEvent, depth: Int) throws(ConfigError) -> ConfigValue {
        guard depth < YAMLFile.Limits.depth else {
            throw ConfigError("more than \(YAMLFile.Limits.depth) levels deep", at: event.place)
        }
        switch event.kind {
        case .scalar(let text, let isQuoted):
            let isNull = !isQuoted && ["", "~", "null"].contains(text)
            return ConfigValue(
                isNull ? .null : .scalar(text, isQuoted: isQuoted), at: event.place)
        case .listStart: return ConfigValue(.list(try items(depth: depth)), at: event.place)
        case .mapStart: return ConfigValue(.map(try entries(depth: depth)), at: event.place)
        case .documentStart, .documentEnd, .listEnd, .mapEnd, .streamStart, .streamEnd:
            throw ConfigError("expected a value", at: event.place)
        }
    }

    private func items(depth: Int) throws(ConfigError) -> [ConfigValue] {
        var items: [ConfigValue] = []
        while true {
            let event = try events.next()
            if case .listEnd = event.kind { return items }
            items.append(try value(of: event, depth: depth + 1))
        }
    }

    private func entries(depth: Int) throws(ConfigError) -> [ConfigValue.Entry] {
        var entries: [ConfigValue.Entry] = []
        var lines: [String: Int] = [:]
        while true {
            let event = try events.next()
            if case .mapEnd = event.kind { return entries }
            guard case .scalar(let key, _) = event.kind else {
                throw ConfigError("expected a plain text as key", at: event.place)
            }
            if let line = lines.updateValue(event.place.line, forKey: key) {
                throw ConfigError(
                    "the key '\(key)' stands already in line \(line)", at: event.place)
            }
            let value = try value(of: try events.next(), depth: depth + 1)
            entries.append(ConfigValue.Entry(key: key, at: event.place, value))
        }
    }
}
