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
                Flag("without", .text("WORDS"), "Leaves out what is named, with commas between"),
                Flag("keep", .text("FILE"), "Adds a seed that failed to this file"),
            ], examples: ["cairn-sim --seed 1 --events 100000 --seeds 10"])
    ])

/// - Returns: the exit code.
func simulate(_ arguments: Arguments) throws -> Int32 {
    let first = UInt64(arguments.number("seed") ?? 1)
    let events = Int(arguments.number("events") ?? 1)
    let seeds = UInt64(arguments.number("seeds") ?? 1)
    var total = 0
    let without = try ingredients(arguments.text("without") ?? "")
    for seed in first..<first + seeds {
        let settings = World.Settings(seed: seed, eventCount: events, without: without)
        let report = try World(settings).run()
        total += report.handledCount
        if let violation = report.violation {
            try show(violation, of: settings, keptIn: arguments.text("keep"))
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

func ingredients(_ text: String) throws -> Set<Ingredient> {
    try Set(
        text.split(separator: ",").map { word in
            guard let ingredient = Ingredient(rawValue: String(word)) else {
                let all = Ingredient.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageError("--without '\(word)': expected some of \(all)")
            }
            return ingredient
        })
}

/// Prints the smallest history that breaks the rule, and how to see it again.
func show(_ violation: String, of settings: World.Settings, keptIn file: String?) throws {
    print("seed \(settings.seed): \(violation); leaving out what it does not need")
    let (smaller, report) = try World.minimized(settings, violation: violation)
    for line in report.trace { print("  \(line)") }
    print("seed \(settings.seed), event \(report.handledCount): \(report.violation ?? violation)")
    let words = smaller.without.map(\.rawValue).sorted().joined(separator: ",")
    print(
        "again: cairn-sim --seed \(smaller.seed) --events \(smaller.eventCount)"
            + (words.isEmpty ? "" : " --without \(words)"))
    guard let file else { return }
    let line =
        "\(smaller.seed) events \(smaller.eventCount) without \(words.isEmpty ? "-" : words): "
        + "\(report.violation ?? violation)\n"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    guard descriptor >= 0 else { complain("cairn-sim: \(file) cannot be written", code: 1) }
    defer { close(descriptor) }
    guard write(descriptor, line, line.utf8.count) == line.utf8.count else {
        complain("cairn-sim: \(file) was not written whole", code: 1)
    }
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
