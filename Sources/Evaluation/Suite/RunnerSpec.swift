/// How a suite gets predictions from a version: a command, and what it may use.
public struct RunnerSpec: Equatable, Sendable {
    /// The words that stand for paths in a command.
    public enum Placeholder: String, CaseIterable, Sendable {
        case checkpoint = "{checkpoint}"
        case dataset = "{dataset}"
        case predictions = "{predictions}"
    }

    public enum Limits {
        public static let wordCount = 256
        public static let commandByteCount = 65_536
        public static let environmentCount = 64
        public static let timeLimit = Duration.seconds(7 * 86_400)
        public static let outputByteCount: UInt64 = 16 << 30
    }

    /// Command and arguments; placeholders may stand anywhere in a word.
    public let command: [String]
    public let timeLimit: Duration
    /// Sorted by name; names are unique.
    public let environment: [Variable]
    /// Of the predictions and of the log, each.
    public let outputByteCountMax: UInt64
    /// Of the address space of each of its processes; 0: no limit.
    public let memoryByteCountMax: UInt64
    /// The user it runs as; empty: as the evaluator is set.
    public let user: String
    /// What `{predictions}` ends in; its ending says the format.
    public let predictionsFile: String

    public static let usualPredictionsFile = "predictions.jsonl"

    public struct Variable: Hashable, Sendable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
    }

    /// - Parameters:
    ///   - timeLimit: zero stands for ten minutes.
    ///   - outputByteCountMax: 0 stands for 256 MiB.
    ///   - predictionsFile: empty stands for `predictions.jsonl`.
    public init(
        command: [String], timeLimit: Duration = .zero, environment: [Variable] = [],
        outputByteCountMax: UInt64 = 0, memoryByteCountMax: UInt64 = 0, user: String = "",
        predictionsFile: String = ""
    ) throws(SuiteError) {
        self.command = command
        self.timeLimit = timeLimit == .zero ? .seconds(600) : timeLimit
        self.environment = environment.sorted { $0.name < $1.name }
        self.outputByteCountMax = outputByteCountMax == 0 ? 256 << 20 : outputByteCountMax
        (self.memoryByteCountMax, self.user) = (memoryByteCountMax, user)
        self.predictionsFile =
            predictionsFile.isEmpty ? Self.usualPredictionsFile : predictionsFile
        try check()
    }

    private func check() throws(SuiteError) {
        guard let program = command.first, !program.isEmpty else {
            throw SuiteError("the runner has no command")
        }
        let byteCount = command.reduce(0) { $0 + $1.utf8.count + 1 }
        guard command.count <= Limits.wordCount, byteCount <= Limits.commandByteCount else {
            throw SuiteError(
                "the runner's command has \(command.count) words of \(byteCount) bytes; at most "
                    + "\(Limits.wordCount) of \(Limits.commandByteCount) are allowed")
        }
        guard command.contains(where: { $0.contains(Placeholder.predictions.rawValue) }) else {
            throw SuiteError(
                "the runner's command names no {predictions}: the path that it shall write to")
        }
        guard timeLimit > .zero, timeLimit <= Limits.timeLimit else {
            throw SuiteError("the runner's time limit is \(timeLimit); expected up to 7 days")
        }
        guard outputByteCountMax <= Limits.outputByteCount else {
            throw SuiteError(
                "the runner may write \(outputByteCountMax) bytes; expected at most "
                    + "\(Limits.outputByteCount)")
        }
        try checkEnvironment()
        try checkUser()
        try checkPredictionsFile()
    }

    private func checkUser() throws(SuiteError) {
        let isName =
            user.utf8.count <= 32 && !user.hasPrefix("-")
            && user.allSatisfy {
                $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == ".")
            }
        guard isName else { throw SuiteError("'\(user.prefix(40))' is no name of a user") }
    }

    private func checkPredictionsFile() throws(SuiteError) {
        let name = predictionsFile.utf8
        let isPlain =
            name.count <= 255 && !name.contains(UInt8(ascii: "/"))
            && !name.contains { $0 < 0x20 || $0 == 0x7F } && !predictionsFile.hasPrefix(".")
        guard isPlain, RowFormat(fileName: predictionsFile) != nil else {
            throw SuiteError(
                "'\(predictionsFile.prefix(60))' is no name of a predictions file: expected one "
                    + "that ends in \(RowFormat.endingsText)")
        }
    }

    private func checkEnvironment() throws(SuiteError) {
        guard environment.count <= Limits.environmentCount else {
            throw SuiteError("the runner's environment has more than 64 variables")
        }
        for (index, variable) in environment.enumerated() {
            let isName =
                !variable.name.isEmpty && !variable.name.utf8.contains(UInt8(ascii: "="))
                && !variable.name.utf8.contains(0) && !variable.value.utf8.contains(0)
            guard isName else {
                throw SuiteError("'\(variable.name)' is no name of an environment variable")
            }
            guard index == 0 || environment[index - 1].name != variable.name else {
                throw SuiteError("the runner's environment sets \(variable.name) twice")
            }
        }
    }

    var hasLaterFields: Bool {
        memoryByteCountMax > 0 || !user.isEmpty || predictionsFile != Self.usualPredictionsFile
    }

    /// The command with paths in place of the placeholders.
    public func words(checkpoint: String, dataset: String, predictions: String) -> [String] {
        command.map { word in
            var word = word
            for placeholder in Placeholder.allCases {
                let path =
                    switch placeholder {
                    case .checkpoint: checkpoint
                    case .dataset: dataset
                    case .predictions: predictions
                    }
                word = word.replacing(placeholder.rawValue, with: path)
            }
            return word
        }
    }
}
