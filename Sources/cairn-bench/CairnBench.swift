import Glibc

/// The programs that `scripts/bench-*.sh` run against each other.
@main enum CairnBench {
    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        do {
            try await run(words)
        } catch {
            fail("cairn-bench: \(error)", code: 1)
        }
    }

    private static func run(_ words: [String]) async throws {
        let options = try BenchOptions(words.dropFirst())
        switch words.first {
        case "rpc-serve": try await RPCBenchServer.run(options)
        case "rpc-call": try await RPCBenchClient.call(options)
        case "rpc-bulk": try await RPCBenchClient.upload(options)
        case "rpc-idle": try await RPCBenchClient.idle(options)
        case "watchers": try await WatchersBench.run(options)
        case "outcomes": try await OutcomesBench(options).run()
        case "rollback": try await RollbackBench(options).run()
        case "stall": try await StallBench.run(options)
        case "codec": try CodecBench.run(options)
        case "metrics": try MetricsBench.run(options)
        case "read-predictions": try ReadingBench.run(options)
        case "measuring": try MeasuringBench.run(options)
        case "detectors": try DetectorBench(options).run()
        case "rollout-rules":
            let (text, plots) = try RolloutComparison(options).page()
            print(text)
            let folder = options.text("plots", or: "")
            if !folder.isEmpty {
                for plot in plots { try save(plot.svg, "\(folder)/\(plot.name)") }
            }
        case "watch-detectors": print(try WatchComparison(options).page())
        case "null-rollouts": try NullRollouts(options).run()
        case "rpc-report":
            let report = try RPCReport()
            print(report.table, "", report.floor, separator: "\n")
        default:
            fail(
                """
                cairn-bench rpc-serve --listen ADDRESS [--loops N]
                cairn-bench rpc-call  --to ADDRESS --depth N --connections N --calls N
                cairn-bench rpc-bulk  --to ADDRESS --count N --bytes N
                cairn-bench rpc-idle  --to ADDRESS --connections N --server PID
                cairn-bench rollback  --to CONTROLLER --participants N --rounds N
                cairn-bench outcomes  --to CONTROLLER --server PID [--targets N] [--live N]
                                      [--events N] [--reports N] [--seconds N] [--breaches N]
                                      [--watchers N]
                cairn-bench watchers  --to unix:CONTROLLER --count N --server PID
                cairn-bench stall     --to INGEST --mib N --rounds N [--idle 1]
                cairn-bench codec     --file F --parent F --dtype BF16 [--rounds N]
                cairn-bench metrics   --case NAME --inputs FOLDER [--rounds N] [--workers N]
                                      [--level N]
                cairn-bench measuring [--rows N] [--metrics NAMES] [--rounds N] [--workers N]
                                      [--reference 1]
                cairn-bench read-predictions --predictions F --dataset F --task T [--metrics NAMES]
                                      [--threads N] [--rounds N]
                cairn-bench detectors [--values N] [--rounds N]
                cairn-bench rollout-rules [--rollouts N] [--power N] [--seed N] [--plots FOLDER]
                cairn-bench watch-detectors [--streams N] [--seed N]
                cairn-bench null-rollouts [--rollouts N] [--power N] [--seed N]
                cairn-bench rpc-report < MEASUREMENTS
                """, code: 2)
        }
    }

    private static func save(_ text: String, _ path: String) throws {
        guard let file = fopen(path, "w") else { throw BenchError("\(path) cannot be written") }
        defer { fclose(file) }
        guard fputs(text, file) >= 0 else { throw BenchError("\(path) was not written") }
    }

    static func fail(_ text: String, code: Int32) -> Never {
        write(2, text + "\n", text.utf8.count + 1)
        exit(code)
    }
}

/// `--name value` pairs.
struct BenchOptions: Sendable {
    private var values: [String: String] = [:]

    init(_ words: some Sequence<String>) throws {
        var name: String?
        for word in words {
            if let known = name.take() {
                values[known] = word
            } else if word.hasPrefix("--") {
                name = String(word.dropFirst(2))
            } else {
                throw BenchError("'\(word)' is not a flag")
            }
        }
        if let name { throw BenchError("--\(name) needs a value") }
    }

    func text(_ name: String) throws -> String {
        guard let value = values[name] else { throw BenchError("--\(name) is missing") }
        return value
    }

    func text(_ name: String, or standard: String) -> String { values[name] ?? standard }

    func number(_ name: String, or standard: Int? = nil) throws -> Int {
        guard let value = values[name] else {
            guard let standard else { throw BenchError("--\(name) is missing") }
            return standard
        }
        guard let number = Int(value) else { throw BenchError("--\(name) is no number: \(value)") }
        return number
    }
}

struct BenchError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
