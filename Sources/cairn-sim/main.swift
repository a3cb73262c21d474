import CairnCore
import CommandTable
import Glibc
import Simulation

// Histories under seeds, each checked after every event.
let program = Program(
    "cairn-sim", "Tries to break Cairn under a seed", version: Build.version,
    commands: [
        Command(
            "", "Tries to break Cairn under a seed",
            details: [
                "Runs the decision cores of the three services in one thread under a virtual clock "
                    + "and a bad network; the first rule that does not hold ends it with 1."
            ],
            flags: [
                Flag("seed", .number("N", 0...Int64.max), "The first seed", standard: "1"),
                Flag("events", .number("M", 1...Int64.max), "For each seed", standard: "100000"),
                Flag(
                    "seeds", .number("K", 1...1_000_000), "How many, one after the other",
                    standard: "1"),
            ], examples: ["cairn-sim --seed 1 --events 100000 --seeds 10"])
    ])

/// - Returns: the exit code.
func simulate(_ arguments: Arguments) throws -> Int32 {
    let first = UInt64(arguments.number("seed") ?? 1)
    let events = Int(arguments.number("events") ?? 1)
    let seeds = UInt64(arguments.number("seeds") ?? 1)
    var total = 0
    for seed in first..<first + seeds {
        let report = try World(.init(seed: seed, eventCount: events)).run()
        total += report.handledCount
        if let violation = report.violation {
            for line in report.trace { print("  \(line)") }
            print("seed \(seed), event \(report.handledCount): \(violation)")
            print("again: cairn-sim --seed \(seed) --events \(events)")
            return 1
        }
        print(
            "seed \(seed): \(report.handledCount) events, \(report.versionCount) versions, "
                + "\(report.attemptCount) attempts, \(report.crashCount) crashes, trace "
                + report.digest.short)
    }
    print("\(total) events under \(seeds) seeds, every rule held")
    return 0
}

func complain(_ text: String, code: Int32) -> Never {
    let line = text + "\n"
    write(2, line, line.utf8.count)
    exit(code)
}

/// - Returns: the exit code.
func start() throws -> Int32 {
    switch try program.parse(Array(CommandLine.arguments.dropFirst())) {
    case .help: print(program.help(), terminator: "")
    case .manual: print(program.manual(), terminator: "")
    case .version: print("\(program.name) \(program.version)")
    case .run(let arguments): return try simulate(arguments)
    }
    return 0
}

do {
    exit(try start())
} catch let error as UsageError {
    complain("\(error)", code: 2)
} catch {
    complain("cairn-sim: \(error)", code: 1)
}
