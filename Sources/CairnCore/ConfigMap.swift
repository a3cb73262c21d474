/// A map of a configuration file whose keys are all known: reading starts by refusing the others.
public struct ConfigMap: Sendable {
    /// What the map describes, for errors: "a suite".
    public let subject: String
    public let place: ConfigPlace
    private let entries: [ConfigValue.Entry]

    /// - Throws: when `value` is no map, or has a key that is not in `keys`.
    public init(_ value: ConfigValue, _ subject: String, keys: [String]) throws(ConfigError) {
        guard case .map(let entries) = value.content else {
            throw ConfigError(
                "expected \(subject), as keys with values, and not \(value.kind)", at: value.place)
        }
        for entry in entries where !keys.contains(entry.key) {
            let hint = Nearest.word(to: entry.key, among: keys).map { "; did you mean '\($0)'?" }
            throw ConfigError(
                "unknown key '\(entry.key)' in \(subject)\(hint ?? "")"
                    + (hint == nil ? "; known are \(keys.joined(separator: ", "))" : ""),
                at: entry.place)
        }
        (self.subject, self.place, self.entries) = (subject, value.place, entries)
    }

    /// The keys that are there, in the file's order.
    public var keys: [String] { entries.map(\.key) }

    /// The value of `key`, where it is there and not null.
    public subscript(key: String) -> ConfigValue? {
        let value = entries.first { $0.key == key }?.value
        return value?.content == .null ? nil : value
    }

    /// Where `key` stands, for errors about it.
    public func place(of key: String) -> ConfigPlace {
        entries.first { $0.key == key }?.place ?? place
    }

    public func required(_ key: String) throws(ConfigError) -> ConfigValue {
        guard let value = self[key] else {
            throw ConfigError("\(subject) needs '\(key)'", at: place)
        }
        return value
    }

    /// Reads the value of `key` with `read`, where it is there.
    public func optional<Value>(
        _ key: String, _ read: (ConfigValue) throws(ConfigError) -> Value
    ) throws(ConfigError) -> Value? {
        guard let value = self[key] else { return nil }
        return try read(value)
    }
}
