import CommandTable

/// One test or detector of `Statistics`, as a person with a file asks for it.
///
/// Knows nothing of files: it is given what was read, and answers with figures and words.
public struct StatTool: Sendable {
    /// How a tool works on what it reads.
    public enum Work: Sendable {
        /// On all of it together.
        case whole(@Sendable (StatData, StatSettings) throws(StatError) -> StatAnswer)
        /// On one row after the other, answering while they arrive.
        case stream(@Sendable (StatSettings) throws(StatError) -> any StatStream)
    }

    /// As it is typed: `mann-whitney`.
    public let name: String
    /// One line, without a full stop.
    public let summary: String
    public let group: StatGroup
    /// Paragraphs for its help.
    public let details: [String]
    public let need: StatNeed
    /// Those that say how the data are read not among them: they follow from `need`.
    public let flags: [Flag]
    /// Behind `cairn stats`.
    public let examples: [String]
    public let work: Work

    init(
        _ name: String, _ summary: String, _ group: StatGroup, details: [String], need: StatNeed,
        flags: [Flag] = [], examples: [String], work: Work
    ) {
        (self.name, self.summary, self.group, self.details) = (name, summary, group, details)
        (self.need, self.flags, self.examples, self.work) = (need, flags, examples, work)
    }

    /// Every tool there is, in the order of the groups.
    public static let all: [StatTool] =
        means + ranks + counts + multiple + resampling + descriptions + sequential + detectors
        + drift + canary
}

/// What tools have in common, for lists.
public enum StatGroup: String, Sendable, CaseIterable {
    case means = "Means"
    case ranks = "Ranks"
    case counts = "Counts and rates"
    case multiple = "Many tests at once"
    case resampling = "Resampling"
    case descriptions = "Descriptions"
    case sequential = "Sequential tests, for data that still arrive"
    case detectors = "Change detectors, for streams"
    case drift = "Drift between two samples"
    case canary = "Canary analysis"
}

/// What a tool reads.
public enum StatNeed: Sendable, Equatable {
    /// Flags say it all.
    case nothing
    /// Columns of numbers, each of its own length; those in `optional` may be missing.
    case samples([StatRole], optional: [StatRole] = [])
    /// Columns of numbers whose rows belong together.
    case rows([StatRole], optional: [StatRole] = [])
    /// Two samples of numbers, or of names with `--categories`.
    case numbersOrNames([StatRole])
    /// Two sets of vectors: every column is a dimension.
    case vectors([StatRole])
    /// Columns whose rows belong together, as names; not read where `instead` are given.
    case names([StatRole], instead: [String])
    /// Columns of numbers, not read where the flags `instead` are given.
    case orFlags([StatRole], areRows: Bool, instead: [String])
}

/// A column and the flag that names it.
public struct StatRole: Sendable, Equatable {
    /// `a`: also its flag.
    public let name: String
    /// "The candidate's column", for help.
    public let help: String

    public init(_ name: String, _ help: String) { (self.name, self.help) = (name, help) }

    static let candidate = StatRole("a", "The candidate's column, by name or by number from 1")
    static let baseline = StatRole("b", "The baseline's column, by name or by number from 1")
    static let value = StatRole("value", "The column of values, by name or by number from 1")
}

/// A tool at work on rows that arrive.
public protocol StatStream {
    /// Takes the next row's numbers, in the order of the roles; those of optional roles that are
    /// not there are left out at the end.
    /// - Returns: what is to be told at once; `nil` for most rows.
    mutating func add(_ row: [Double]) throws(StatError) -> StatEvent?
    /// What all rows so far say.
    func answer() -> StatAnswer
}

/// What a tool says about one row of a stream.
public struct StatEvent: Sendable, Equatable {
    /// "drift up", "warning", "rejected".
    public let signal: String
    public let figures: [StatFigure]
    /// Whether it is what the tool looks for, and not only a warning.
    public let isHit: Bool

    public init(_ signal: String, _ figures: [StatFigure] = [], isHit: Bool = true) {
        (self.signal, self.figures, self.isHit) = (signal, figures, isHit)
    }
}

/// Data or settings that a tool cannot work with: what stands there, what was expected, what to do.
public struct StatError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
