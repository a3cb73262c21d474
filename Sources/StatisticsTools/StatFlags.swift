import CommandTable

/// Flags that several tools share, each one record.
enum StatFlags {
    static let alpha = Flag("alpha", .decimal("P"), "The test's level; 0.05 unless given")
    static let strictAlpha = Flag("alpha", .decimal("P"), "The test's level; 0.01 unless given")
    static let alternative = Flag(
        "alternative", .choice(StatAlternative.allCases.map(\.rawValue)),
        "Which difference counts: any, a larger, or a smaller", standard: "two-sided")
    static let nan = Flag(
        "nan", .choice(["reject", "omit"]),
        "What a value that is missing or NaN means: an error, or a row to leave out",
        standard: "reject")
    static let paired = Flag("paired", "Rows belong together: a and b of one example")
    static let lowerIsBetter = Flag("lower-is-better", "Small values are the good ones")
    static let seed = Flag(
        "seed", .number("N", 0...Int64.max), "The same seed gives the same numbers", standard: "1")
    static let permutations = Flag(
        "permutations", .number("N", 1...1_000_000), "How many relabellings to draw",
        standard: "999")
    static let bins = Flag(
        "bins", .number("N", 2...1_000), "How many bins, of equal shares of b", standard: "10")
    static let categories = Flag("categories", "The values are names, not numbers")
}

extension StatTool {
    /// The flags that say how the data are read, for this tool's need.
    public var readingFlags: [Flag] {
        let format = Flag(
            "format", .choice(["csv", "jsonl", "plain"]),
            "How the data are written; plain is without a header")
        let columns = { (roles: [StatRole]) in
            roles.map { Flag($0.name, .text("COLUMN"), $0.help) }
        }
        let by = [
            Flag(
                "by", .text("COLUMN"),
                "The column that says whose value a row has: --a and --b are then two of its values"
            ),
            Flag("value", .text("COLUMN"), "With --by: the column of values"),
        ]
        switch need {
        case .nothing: return []
        case .samples(let roles, let optional):
            return columns(roles + optional) + (roles.count + optional.count > 1 ? by : [])
                + [format]
        case .rows(let roles, let optional): return columns(roles + optional) + [format]
        case .numbersOrNames(let roles): return columns(roles) + by + [format]
        case .names(let roles, _): return columns(roles) + [format]
        case .orFlags(let roles, let areRows, _):
            return columns(roles) + (areRows || roles.count < 2 ? [] : by) + [format]
        case .vectors:
            return [
                Flag("by", .text("COLUMN"), "The column that says whose vector a row is"),
                Flag("a", .text("VALUE"), "With --by: the candidate's value of it"),
                Flag("b", .text("VALUE"), "With --by: the baseline's value of it"), format,
            ]
        }
    }
}
