import CairnTestKit
import CairnCore
import CommandTable
import Testing

private let program = Program(
    "stone", "piles stones", version: "1.0",
    commands: [
        Command(
            "push", "pushes", section: "A",
            operands: [Operand("FILE", "Files", .atLeastOne)],
            flags: [
                Flag(
                    "model", .text("M"), "The model", isRequired: true, environment: "STONE_MODEL"),
                Flag("metric", .pair, "A metric", isRepeated: true),
                Flag("step", .number("N", 0...100), "The step", standard: "7"),
                Flag("rate", .decimal("R"), "The rate"),
                Flag("mode", .choice(["fast", "slow"]), "The mode"),
                Flag("json", "JSON"),
            ]),
        Command("run start", "starts", section: "A"),
        Command("run finish", "ends", section: "A", operands: [Operand("RUN", "Its id")]),
    ])

private func arguments(_ line: String, _ surroundings: Surroundings = Surroundings()) throws
    -> Arguments
{
    guard case .run(let arguments) = try program.parse(words(line), in: surroundings) else {
        throw UsageError("not a command")
    }
    return arguments
}

private func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

@Suite struct ParsingTests {
    @Test func bothFormsOfAFlagAreTheSame() throws {
        let a = try arguments("push --model m a.bin --step 3 --metric x=1 --metric y=2=3 --json")
        let b = try arguments("push a.bin --json --metric=x=1 --metric=y=2=3 --step=3 --model=m")
        for parsed in [a, b] {
            #expect(parsed.text("model") == "m")
            #expect(parsed.number("step") == 3)
            #expect(parsed.pairs("metric").map(\.key) == ["x", "y"])
            #expect(parsed.pairs("metric").map(\.value) == ["1", "2=3"])
            #expect(parsed.has("json"))
            #expect(parsed.operands("FILE") == ["a.bin"])
        }
    }

    @Test func theCommandLineOutranksEnvironmentFileAndTable() throws {
        let around = Surroundings(
            environment: ["STONE_MODEL": "env"],
            file: ["model": ["file"], "step": ["9"], "metric": ["a=1", "b=2"], "json": ["true"]])
        #expect(try arguments("push f --model typed", around).text("model") == "typed")
        let parsed = try arguments("push f", around)
        #expect(parsed.text("model") == "env")
        #expect(parsed.number("step") == 9)
        #expect(parsed.texts("metric") == ["a=1", "b=2"])
        #expect(parsed.has("json"))
        #expect(!parsed.wasTyped("model"))
        #expect(try arguments("push f --model m").number("step") == 7)
    }

    @Test func afterTwoHyphensThereAreOnlyOperands() throws {
        #expect(
            try arguments("push --model m -- --json -x").operands("FILE") == ["--json", "-x"])
    }

    @Test func negativeNumbersAreNotFlags() throws {
        #expect(try arguments("push --model m --rate -0.5 -3 f").decimal("rate") == -0.5)
    }

    @Test func helpOutranksWhatIsMissing() throws {
        #expect(try program.parse(["push", "--help"]) == .help(["push"]))
        #expect(try program.parse(["run", "--help"]) == .help(["run"]))
        #expect(try program.parse(["help", "run", "finish"]) == .help(["run", "finish"]))
        #expect(try program.parse([]) == .help([]))
        #expect(try program.parse(["help", "--man"]) == .manual)
        #expect(try program.parse(["--version"]) == .version)
    }

    @Test func errorsNameTheNearestRightWord() throws {
        let lines = [
            "pusg f", "frobnicate", "run", "run strat", "run go", "push f", "push --model m",
            "push f --model m --modle x", "push f --model m --zzzz", "push f --model m --step x",
            "push f --model m --step 101", "push f --model m --json=yes",
            "push f --model m --metric x",
            "push f --model m --metric =1", "push f --model m --mode fats",
            "push f --model m --rate nan",
            "push f --model", "push f --model a --model b", "run finish", "run finish a b",
            "--json push",
            "help pusj",
        ]
        var transcript = ""
        for line in lines {
            do {
                transcript += "$ stone \(line)\n\(try program.parse(words(line)))\n"
            } catch {
                transcript += "$ stone \(line)\n\(error)\n"
            }
        }
        let bad = Surroundings(environment: ["STONE_MODEL": "m"], file: ["step": ["many"]])
        #expect(throws: UsageError.self) { try arguments("push f", bad) }
        #expect(try Golden.difference(transcript, from: "errors.txt") == nil)
    }
}

@Suite struct NearestTests {
    @Test func slipsAreFoundAndStrangersAreNot() {
        let words = ["status", "push", "pull", "promote", "rollback", "v1.2.0", "v1.3.0"]
        #expect(Nearest.word(to: "stauts", among: words) == "status")
        #expect(Nearest.word(to: "pul", among: words) == "pull")
        #expect(Nearest.word(to: "roll", among: words) == "rollback")
        #expect(Nearest.word(to: "v1.2", among: words) == "v1.2.0")
        #expect(Nearest.word(to: "elephant", among: words) == nil)
        #expect(Nearest.word(to: "x", among: []) == nil)
    }
}
