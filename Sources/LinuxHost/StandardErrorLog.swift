import CairnCore
import Glibc
import Ports

/// Structured lines on standard error, one write each: `time=… level=info service=… msg="…" key=v`.
public struct StandardErrorLog: Sendable {
    private let service: String
    private let clock: any WallClock

    public init(service: String, clock: any WallClock) {
        (self.service, self.clock) = (service, clock)
    }

    public func info(_ message: String, _ facts: KeyValuePairs<String, String> = [:]) {
        write("info", message, facts)
    }

    public func warning(_ message: String, _ facts: KeyValuePairs<String, String> = [:]) {
        write("warning", message, facts)
    }

    public func error(_ message: String, _ facts: KeyValuePairs<String, String> = [:]) {
        write("error", message, facts)
    }

    private func write(_ level: String, _ message: String, _ facts: KeyValuePairs<String, String>) {
        let pairs: [(String, String)] =
            [
                ("time", clock.now().description), ("level", level), ("service", service),
                ("msg", message),
            ] + facts.map { ($0.key, $0.value) }
        // A log that cannot be written must not end the service.
        Files.writeAll(LogLine.text(pairs) + "\n", to: STDERR_FILENO)
    }
}
