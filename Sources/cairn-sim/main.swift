import Glibc
import Simulation

/// `cairn-sim --seed N --events M [--seeds K]`: histories under seeds, each checked after every event.
func number(_ name: String, or standard: Int) throws -> Int {
    let words = CommandLine.arguments
    guard let index = words.firstIndex(of: "--" + name) else { return standard }
    guard index + 1 < words.count, let number = Int(words[index + 1]), number >= 0 else {
        throw UsageMistake("--\(name) needs a whole number")
    }
    return number
}

struct UsageMistake: Error {
    let text: String
    init(_ text: String) { self.text = text }
}

func complain(_ text: String, code: Int32) -> Never {
    let line = "cairn-sim: \(text)\n"
    write(2, line, line.utf8.count)
    exit(code)
}

do {
    let known: Set = ["--seed", "--events", "--seeds"]
    for word in CommandLine.arguments.dropFirst()
    where word.hasPrefix("-") && !known.contains(word) {
        throw UsageMistake("usage: cairn-sim [--seed N] [--events M] [--seeds K]")
    }
    let first = try number("seed", or: 1)
    let (events, seeds) = (try number("events", or: 100_000), try number("seeds", or: 1))
    var total = 0
    for seed in first..<first + seeds {
        let report = try World(.init(seed: UInt64(seed), eventCount: events)).run()
        total += report.handledCount
        if let violation = report.violation {
            for line in report.trace { print("  \(line)") }
            print("seed \(seed), event \(report.handledCount): \(violation)")
            print("again: cairn-sim --seed \(seed) --events \(events)")
            exit(1)
        }
        print(
            "seed \(seed): \(report.handledCount) events, \(report.versionCount) versions, "
                + "\(report.attemptCount) attempts, \(report.crashCount) crashes, trace "
                + report.digest.short)
    }
    print("\(total) events under \(seeds) seeds, every rule held")
} catch let error as UsageMistake {
    complain(error.text, code: 2)
} catch {
    complain("\(error)", code: 1)
}
