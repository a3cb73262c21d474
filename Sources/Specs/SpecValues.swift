import CairnCore

/// A number between 0 and 1, both excluded.
enum Probability {
    static func read(_ value: ConfigValue) throws(ConfigError) -> Double {
        let number = try value.number()
        guard number > 0, number < 1 else {
            throw ConfigError(
                "expected a number between 0 and 1 and not \(number)", at: value.place)
        }
        return number
    }
}

/// A duration for a field `…_ms`, where 0 stands for the default and cannot be written.
enum Milliseconds {
    static func read(_ value: ConfigValue) throws(ConfigError) -> UInt32 {
        let milliseconds = try read64(value)
        guard let short = UInt32(exactly: milliseconds) else {
            throw ConfigError("expected at most 49 days", at: value.place)
        }
        return short
    }

    static func read64(_ value: ConfigValue) throws(ConfigError) -> UInt64 {
        let milliseconds = try value.duration().wholeMilliseconds
        guard milliseconds > 0 else {
            throw ConfigError("expected a duration over zero", at: value.place)
        }
        return UInt64(milliseconds)
    }
}

/// A share of requests from 0 to 1: `0.05` or `5%`.
enum Rate {
    static func read(_ value: ConfigValue) throws(ConfigError) -> Double {
        let number = try value.number()
        guard (0...1).contains(number) else {
            throw ConfigError("expected a rate from 0 to 1 and not \(number)", at: value.place)
        }
        return number
    }
}

extension ConfigMap {
    func choice(_ key: String, _ words: [String]) throws(ConfigError) -> String {
        try optional(key) { value throws(ConfigError) in try value.choice(words) } ?? ""
    }

    /// Empty where there is none.
    func text(_ key: String) throws(ConfigError) -> String {
        try optional(key) { value throws(ConfigError) in try value.text() } ?? ""
    }

    func flag(_ key: String) throws(ConfigError) -> Bool {
        try optional(key) { value throws(ConfigError) in try value.bool() } ?? false
    }

    func count(_ key: String) throws(ConfigError) -> UInt64 {
        try optional(key) { value throws(ConfigError) in try value.integer() } ?? 0
    }
}

extension ConfigValue {
    func modelName() throws(ConfigError) -> String {
        try checked { text throws(NameError) in try ModelName(text).description }
    }

    func targetName() throws(ConfigError) -> String {
        try checked { text throws(NameError) in try TargetName(text).description }
    }

    private func checked(_ check: (String) throws(NameError) -> String) throws(ConfigError)
        -> String
    {
        let text = try text()
        do {
            return try check(text)
        } catch {
            throw ConfigError(error.description, at: place)
        }
    }
}
