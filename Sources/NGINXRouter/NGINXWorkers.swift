import Glibc
import Ports

/// NGINX's processes, as Linux shows them.
public enum NGINXWorkers {
    /// Workers of the master that `pidFile` names, those that are shutting down left out: they have
    /// closed their doors and only finish what they have.
    ///
    /// Blocks for a few small reads of /proc.
    public static func taking(pidFile: String) throws -> Set<Int32> {
        guard let text = contents(pidFile), let master = Int32(text.prefix { $0.isNumber }) else {
            throw RouterError(
                "\(pidFile) names no NGINX: it is not running, or has another `pid` file")
        }
        guard let children = contents("/proc/\(master)/task/\(master)/children") else {
            throw RouterError("NGINX's master process \(master), which \(pidFile) names, is gone")
        }
        let workers = children.split(separator: " ").compactMap { Int32($0) }.filter { child in
            // A process that is gone by now takes nothing.
            guard let title = contents("/proc/\(child)/cmdline") else { return false }
            return title.hasPrefix("nginx: worker process") && !title.contains("shutting down")
        }
        return Set(workers)
    }

    private static func contents(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var (bytes, part) = ([UInt8](), [UInt8](repeating: 0, count: 4_096))
        while bytes.count < 1 << 20 {
            let count = read(descriptor, &part, part.count)
            if count <= 0 { break }
            bytes += part[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
