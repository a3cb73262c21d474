import CairnCore
import CommandTable

/// What `cairn-demo` takes: the demo, and its parts, which it starts as processes of their own.
enum DemoTable {
    static let program = Program(
        "cairn-demo", "Plays Cairn's main job on real data", version: Build.version,
        commands: [
            Command(
                "run", "trains, judges, brings out by canary, rolls back, and checks every promise",
                section: "The demo",
                details: [
                    "Writes DIR/report.html and DIR/report.json; ends with 0 when all promises held."
                ],
                flags: [
                    required("out", "DIR", "Made anew; a folder that no demo made is refused"),
                    data,
                ]),
            Command(
                "train", "trains one version and pushes it", section: "Its parts, started by run",
                flags: [
                    portBase, data, required("version", "NUMBER", "The version that it becomes"),
                    Flag("parent", .text("NUMBER"), "The version before it"),
                    Flag(
                        "recipe", .choice(Recipe.allCases.map(\.rawValue)), "What it is shown",
                        isRequired: true),
                    Flag(
                        "epochs", .number("N", 1...1_000), "Passes over the data", isRequired: true),
                ]),
            Command(
                "predict", "predicts a data set: the evaluator's runner",
                section: "Its parts, started by run",
                operands: [
                    Operand("CHECKPOINT", "The version's folder"),
                    Operand("DATASET", "The digits, with ids"),
                    Operand("PREDICTIONS", "Where to write to"),
                ]),
            Command(
                "serve", "answers requests from a model folder",
                section: "Its parts, started by run", flags: [folder, port("port")]),
            Command(
                "reload", "has a serving program load its folder again",
                section: "Its parts, started by run", flags: [port("port")]),
            Command(
                "camera", "sends live traffic and learns its labels later",
                section: "Its parts, started by run",
                flags: [portBase, data, folder, port("first"), port("second")]),
        ])

    private static func required(_ name: String, _ value: String, _ help: String) -> Flag {
        Flag(name, .text(value), help, isRequired: true)
    }

    private static func port(_ name: String) -> Flag {
        Flag(name, .number("N", 1...65_535), "Of a serving program", isRequired: true)
    }

    private static let data = required("data", "FILE", "digits.csv")
    private static let folder = required("dir", "DIR", "Where it works")
    private static let portBase = Flag(
        "port-base", .number("N", 1...65_533), "Of the first of the three services",
        isRequired: true)
}

extension Arguments {
    /// Of a flag that the table requires.
    func required(_ flag: String) throws -> String {
        guard let text = text(flag) else { throw UsageError("--\(flag) is missing") }
        return text
    }

    /// Of a flag whose range the table states.
    func port(_ flag: String) throws -> UInt16 {
        guard let port = number(flag).flatMap({ UInt16(exactly: $0) }) else {
            throw UsageError("--\(flag) is no port")
        }
        return port
    }
}
