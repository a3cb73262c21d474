import CairnCore
import Exposition
import LinuxHost
import TCPTransport

/// The figures that every service shows.
enum CommonMetrics {
    static func families(of service: String, server: TCPServer, isReady: Bool) async
        -> [MetricFamily]
    {
        let calls = await server.statistics()
        let process = ProcessFigures()
        return [
            MetricFamily(
                "cairn_build_info", .gauge, "Which build of which service this is; always 1.",
                [.init(1, [("service", service), ("version", Build.version)])]),
            .gauge("cairn_ready", "Whether calls are taken.", isReady ? 1 : 0),
            .gauge("cairn_rpc_connections", "Open connections.", calls.connectionCount),
            .gauge("cairn_rpc_running_calls", "Calls that have not ended.", calls.runningCount),
            .counter("cairn_rpc_calls_total", "Calls since the start.", calls.callCount),
            MetricFamily(
                "process_cpu_seconds_total", .counter, "CPU time used, user and system.",
                [.init(process.cpuSeconds)]),
            .gauge("process_resident_memory_bytes", "Memory in RAM.", process.residentByteCount),
            .gauge("process_open_fds", "Open file descriptors.", process.openDescriptorCount),
            .gauge("process_threads", "Threads.", process.threadCount),
            .gauge(
                "process_start_time_seconds", "When the process started, in Unix time.",
                process.startedUnixSeconds),
        ]
    }
}
