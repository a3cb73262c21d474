import Exposition
import Testing

@Suite struct ExpositionTests {
    @Test func pagesReadAsPrometheusWritesThem() {
        let families = [
            MetricFamily.counter("cairn_rpc_calls_total", "Calls answered.", 12),
            MetricFamily(
                "cairn_build_info", .gauge, "Which build this is.\nIts \\ version.",
                [.init(1, [("version", "0.1.0"), ("note", "a \"b\" \\ \n c")]), .init(.infinity)]),
            MetricFamily.gauge("process_cpu_seconds_total", "CPU time.", 0.25),
        ]
        #expect(
            families.exposition == #"""
                # HELP cairn_rpc_calls_total Calls answered.
                # TYPE cairn_rpc_calls_total counter
                cairn_rpc_calls_total 12
                # HELP cairn_build_info Which build this is.\nIts \\ version.
                # TYPE cairn_build_info gauge
                cairn_build_info{version="0.1.0",note="a \"b\" \\ \n c"} 1
                cairn_build_info +Inf
                # HELP process_cpu_seconds_total CPU time.
                # TYPE process_cpu_seconds_total gauge
                process_cpu_seconds_total 0.25

                """#)
    }
}
