import CairnCore
import CommandTable
import LinuxHost
import YAMLFiles

/// A service's flags in a YAML file: the names of flags as keys.
enum ConfigFile {
    /// - Returns: nothing where `--config` is not given.
    static func values(_ words: [String], _ environment: [String: String], of command: Command)
        throws -> [String: [String]]
    {
        guard let path = path(words) ?? environment["CAIRN_CONFIG"], !path.isEmpty else {
            return [:]
        }
        guard let text = try Files.readText(path) else {
            throw UsageError("the configuration file \(path) is not there")
        }
        do {
            return try values(text, of: command)
        } catch {
            throw UsageError(error.text(in: path))
        }
    }

    static func values(_ text: String, of command: Command) throws(ConfigError) -> [String:
        [String]]
    {
        let known = command.flags.filter { !$0.isHidden && $0.name != "config" }.map(\.name)
        let map = try ConfigMap(try YAMLFile.value(of: text), "a configuration", keys: known)
        var values: [String: [String]] = [:]
        for key in map.keys {
            guard let value = map[key] else { continue }
            if case .list = value.content {
                values[key] = try value.texts()
            } else {
                values[key] = [try value.text()]
            }
        }
        return values
    }

    /// The parser reads the words once all sources are there; this looks for the one flag before.
    private static func path(_ words: [String]) -> String? {
        for (index, word) in words.enumerated() {
            if word == "--" { return nil }
            if word.hasPrefix("--config=") { return String(word.dropFirst(9)) }
            if word == "--config", index + 1 < words.count { return words[index + 1] }
        }
        return nil
    }
}
