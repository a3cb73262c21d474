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
                Flag("events", .number("M", 1...Int64.max), "For each seed", standard: "10000"),
                Flag(
                    "seeds", .number("K", 1...1_000_000), "How many", standard: "1"),
                Flag("jobs", .number("J", 1...256), "Seeds at one time", standard: "1"),
                Flag(
                    "model-check", .number("DEPTH", 1...20),
                    "Takes every order of events of one target to this depth instead"),
                Flag("without", .text("WORDS"), "Leaves out what is named, with commas between"),
                Flag("keep", .text("FILE"), "Adds a seed that failed to this file"),
            ], examples: ["cairn-sim --seeds 10000 --events 10000 --jobs 2"])
    ])

/// - Returns: the exit code.
func simulate(_ arguments: Arguments) throws -> Int32 {
    if let depth = arguments.number("model-check") {
        return try checkModel(depth: Int(depth), jobs: Int(arguments.number("jobs") ?? 1))
    }
    let first = UInt64(arguments.number("seed") ?? 1)
    let without = try ingredients(arguments.text("without") ?? "")
    let fleet = Fleet(
        seeds: first..<first + UInt64(arguments.number("seeds") ?? 1),
        eventCount: Int(arguments.number("events") ?? 1), without: without,
        jobs: Int(arguments.number("jobs") ?? 1))
    if let (settings, violation) = try fleet.run() {
        try show(violation, of: settings, keptIn: arguments.text("keep"))
        return 1
    }
    return 0
}

/// - Returns: the exit code.
func checkModel(depth: Int, jobs: Int) throws -> Int32 {
    let report = try ModelCheck.run(depth: depth, jobs: jobs) { print($0) }
    for phase in ModelCheck.phases { print("  \(phase): \(report.phases[phase] ?? 0)") }
    for text in report.broken { print("broken: \(text)") }
    for text in report.stuck { print("stuck: \(text)") }
    for phase in report.unreached { print("not reached: \(phase)") }
    print(
        "depth \(report.depth): \(report.stateCount) states by \(report.moveCount) moves, "
            + "\(report.pairs.count) pairs of state and move, \(report.unreached.count) states "
            + "not reached, \(report.stuck.count) stuck, \(report.broken.count) broken")
    return report.stuck.isEmpty && report.broken.isEmpty ? 0 : 1
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
