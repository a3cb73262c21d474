import CairnCore
import CommandTable
import LinuxHost
import Ports
import ServiceProgram
import Specs
import YAMLFiles

/// Whom the controller tells, from the file that `--notify` names.
enum NoticeEndpoints {
    static func read(_ environment: ServiceEnvironment) throws -> [NoticeEndpoint] {
        guard let path = environment.arguments.text("notify"), !path.isEmpty else { return [] }
        guard let bytes = try Files.read(path, byteCountMax: YAMLFile.Limits.byteCount) else {
            throw UsageError("--notify: \(path) is not there")
        }
        do {
            return try NoticeFile.endpoints(try YAMLFile.value(of: bytes))
        } catch { throw UsageError(error.text(in: path)) }
    }
}
