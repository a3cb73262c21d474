import Glibc

/// Medians of what `scripts/bench-rpc.sh` measured, their ratios, and the goals they are held to.
struct RPCReport {
    /// A line of the table: what is compared with what, and how far it shall go.
    fileprivate struct Goal {
        let text: String
        let measure: String
        let against: String
        let limit: Double
        let atLeast: Bool
    }

    private static let goals = [
        Goal("calls/s, 1 connection, depth 64", "d64.calls_per_second", .grpc, atLeast: 10),
        Goal("calls/s, 64 connections, depth 1", "c64.calls_per_second", .grpc, atLeast: 5),
        Goal("p50, 1 connection, depth 1", "d1.p50_us", .grpc, atMost: 0.35),
        Goal("p99, 1 connection, depth 1", "d1.p99_us", .grpc, atMost: 0.5),
        Goal("p99, 1 connection, depth 64", "d64.p99_us", .grpc, atMost: 0.15),
        Goal("server CPU per call, depth 64", "d64.server_cpu_us_per_call", .grpc, atMost: 0.15),
        Goal("bulk, 1 MiB pieces", "bulk.gigabytes_per_second", .raw, atLeast: 0.9),
        Goal("bulk, 1 MiB pieces", "bulk.gigabytes_per_second", .grpc, atLeast: 2),
    ]

    private static let limits: [(text: String, measure: String, most: Double, unit: String)] = [
        ("memory per idle connection", "idle.bytes_per_connection", 1024, "B"),
        ("memory per idle watcher", "idle.bytes_per_watcher", 6144, "B"),
        ("publish to the last of 10,000 watchers", "idle.publish_ms_median", 150, "ms"),
    ]

    private var values: [String: [Double]] = [:]

    /// Reads lines of `peer.measure=value` from standard input.
    init() throws {
        while let line = readLine() {
            let halves = line.split(separator: "=")
            guard halves.count == 2, let value = Double(halves[1]) else {
                throw BenchError("not a measurement: \(line)")
            }
            values[String(halves[0]), default: []].append(value)
        }
    }

    private func median(_ peer: String, _ measure: String) -> Double? {
        guard let sorted = values["\(peer).\(measure)"]?.sorted() else { return nil }
        return sorted[sorted.count / 2]
    }

    /// A table in Markdown. The last column says whether the goal is met.
    var table: String {
        var lines = [
            "| measure | Cairn | peer | ratio | goal | |", "| --- | --- | --- | --- | --- | --- |",
        ]
        for goal in Self.goals { lines.append(line(goal)) }
        for limit in Self.limits {
            guard let value = median("cairn", limit.measure) else { continue }
            lines.append(
                "| \(limit.text) | \(short(value)) \(limit.unit) | | | "
                    + "≤ \(short(limit.most)) \(limit.unit) | \(mark(value <= limit.most)) |")
        }
        return lines.joined(separator: "\n")
    }

    private func line(_ goal: Goal) -> String {
        guard let ours = median("cairn", goal.measure),
            let theirs = median(goal.against, goal.measure)
        else { return "| \(goal.text) | not measured | | | | |" }
        let ratio = ours / theirs
        let isMet = goal.atLeast ? ratio >= goal.limit : ratio <= goal.limit
        return "| \(goal.text) | \(short(ours)) | \(short(theirs)) \(goal.against) | "
            + "\(short(ratio)) | \(goal.atLeast ? "≥" : "≤") \(short(goal.limit)) | \(mark(isMet)) |"
    }

    /// The same measures of a loop in C that does nothing but send and receive.
    var floor: String {
        var lines = ["| measure | Cairn | bare C | ratio |", "| --- | --- | --- | --- |"]
        for (text, measure) in [
            ("p50, 1 connection, depth 1, µs", "d1.p50_us"),
            ("calls/s, 64 connections, depth 1", "c64.calls_per_second"),
            ("bulk, GB/s", "bulk.gigabytes_per_second"),
        ] {
            guard let ours = median("cairn", measure), let bare = median("raw", measure) else {
                continue
            }
            let grpc = median("grpc", measure).map { short(bare / $0) } ?? "–"
            lines.append(
                "| \(text) | \(short(ours)) | \(short(bare)) | \(short(ours / bare)) (bare C is "
                    + "\(grpc) × gRPC) |")
        }
        return lines.joined(separator: "\n")
    }

    private func mark(_ isMet: Bool) -> String { isMet ? "met" : "**not met**" }

    private func short(_ value: Double) -> String {
        let digits = value.magnitude >= 100 ? 0 : (value.magnitude >= 10 ? 1 : 2)
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        return digits == 0 ? grouped(Int(rounded)) : "\(rounded)"
    }

    private func grouped(_ value: Int) -> String {
        let text = String(value)
        guard text.count > 4 else { return text }
        return text.dropLast(3) + "," + text.suffix(3)
    }
}

extension String {
    fileprivate static let grpc = "grpc"
    fileprivate static let raw = "raw"
}

extension RPCReport.Goal {
    fileprivate init(_ text: String, _ measure: String, _ against: String, atLeast limit: Double) {
        self.init(text: text, measure: measure, against: against, limit: limit, atLeast: true)
    }

    fileprivate init(_ text: String, _ measure: String, _ against: String, atMost limit: Double) {
        self.init(text: text, measure: measure, against: against, limit: limit, atLeast: false)
    }
}
