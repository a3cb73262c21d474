import CairnCore
import CommandTable
import LinuxHost
import Specs
import YAMLFiles

/// A file of YAML that says what something shall be; errors point at its lines, and are exit code 2.
enum SpecFile {
    static func read<Value>(
        _ path: String, _ read: (ConfigValue) throws(ConfigError) -> Value
    ) throws -> Value {
        guard let bytes = try Files.read(path, byteCountMax: YAMLFile.Limits.byteCount) else {
            throw UsageError("\(path) is not there")
        }
        return try explaining(path) { () throws(ConfigError) in try read(YAMLFile.value(of: bytes))
        }
    }

    static func explaining<Value>(_ path: String, _ body: () throws(ConfigError) -> Value)
        throws(UsageError) -> Value
    {
        do {
            return try body()
        } catch {
            throw UsageError(error.text(in: path))
        }
    }
}
