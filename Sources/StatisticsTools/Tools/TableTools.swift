import CommandTable
import Statistics

extension StatTool {
    private static let table = Flag(
        "table", .text("ROWS"), "Counts, with semicolons between the rows: \"12 5; 3 9\"")

    private static let groups = [
        StatRole("a", "Per row: the first grouping's name"),
        StatRole("b", "Per row: the second grouping's name"),
    ]

    static let tables: [StatTool] = [
        StatTool(
            "fisher", "whether two success rates differ, exactly: for small counts", .counts,
            details: [
                "Of a table of two rows and two columns, or of columns of 1 and 0. Use it where an "
                    + "expected count is below 5."
            ], need: .orFlags([.candidate, .baseline], areRows: false, instead: ["table"]),
            flags: [table, StatFlags.alternative, StatFlags.alpha, StatFlags.nan],
            examples: ["cairn stats fisher --table \"20 380; 25 365\""], work: .whole(fisher)),
        StatTool(
            "chi-square", "whether counts fit shares, or groupings are independent",
            .counts,
            details: [
                "With --counts: against the shares of --expected, or equal ones. With --table, or "
                    + "with two columns of names: whether rows and columns are independent."
            ], need: .names(groups, instead: ["counts", "table"]),
            flags: [
                Flag("counts", .text("N,N"), "Counts of each group"),
                Flag("expected", .text("P,P"), "With --counts: the share of each, which sum to 1"),
                table, Flag("yates", "Corrects a table of two by two for continuity"),
                StatFlags.alpha,
            ],
            examples: [
                "cairn stats chi-square --counts 24,16",
                "cairn stats chi-square answers.csv --a version --b answer",
            ], work: .whole(chiSquare)),
    ]

    private static func fisher(_ data: StatData, _ settings: StatSettings) throws(StatError)
        -> StatAnswer
    {
        let alpha = try settings.alpha()
        var table: [[Int]]
        if let given = try settings.table("table") {
            table = given
        } else {
            let (a, b) = (try data.sample(0).successes(), try data.sample(1).successes())
            table = [
                [a.successes, a.trials - a.successes], [b.successes, b.trials - b.successes],
            ]
        }
        let test = FisherExactTest(table)
        guard let tails = test.p else {
            return .undecided(
                "Fisher's exact test", test.status,
                needs: "two rows of two counts, as in --table \"12 5; 3 9\"")
        }
        let share = { (row: [Int]) in
            row[0] + row[1] == 0 ? 0 : Double(row[0]) / Double(row[0] + row[1])
        }
        let (a, b) = (share(table[0]), share(table[1]))
        let (outcome, verdict) = Wording.difference(
            "the rates", p: settings.alternative.p(of: tails), alpha: alpha, aIsLarger: a > b)
        return StatAnswer(
            "Fisher's exact test", status: test.status, outcome: outcome,
            figures: [
                .number(
                    "rate_a", "rate of a", a, note: "\(table[0][0]) of \(table[0][0] + table[0][1])"
                ),
                .number(
                    "rate_b", "rate of b", b, note: "\(table[1][0]) of \(table[1][0] + table[1][1])"
                ),
            ] + StatFigure.tails(tails, settings.alternative) + [
                .number("odds_ratio", "odds ratio", oddsRatio(table))
            ], verdict: verdict)
    }

    /// ad/bc; `nil` where a cell of the denominator is 0.
    private static func oddsRatio(_ table: [[Int]]) -> Double? {
        let denominator = Double(table[0][1]) * Double(table[1][0])
        return denominator == 0
            ? nil : Double(table[0][0]) * Double(table[1][1]) / denominator
    }

    private static func chiSquare(_ data: StatData, _ settings: StatSettings) throws(StatError)
        -> StatAnswer
    {
        let alpha = try settings.alpha()
        if let counts = try settings.counts("counts") {
            let shares =
                try settings.numbers("expected")
                ?? counts.map { _ in 1 / Double(counts.count) }
            let test = ChiSquareTest.goodnessOfFit(observed: counts, probabilities: shares)
            let expected = shares.map { $0 * counts.reduce(0.0) { $0 + Double($1) } }
            return answer(
                test, alpha, expected, fits: "the counts fit the shares",
                needs: "two counts or more, and as many shares above 0 that sum to 1")
        }
        let given = try settings.table("table")
        let names = given == nil ? CrossTable(data.sample(0).names, data.sample(1).names) : nil
        let table = given ?? names?.counts ?? []
        let test = ChiSquareTest.contingency(table, yates: settings.has("yates"))
        var result = answer(
            test, alpha, expectations(table), fits: "rows and columns are independent",
            needs: "two rows and two columns with counts in each")
        if let names, test.status.isDecided {
            result = StatAnswer(
                result.title, status: result.status, outcome: result.outcome,
                figures: result.figures, rows: names.figures, verdict: result.verdict,
                notes: result.notes)
        }
        return result
    }

    private static func answer(
        _ test: ChiSquareTest, _ alpha: Double, _ expected: [Double], fits: String, needs: String
    ) -> StatAnswer {
        guard let p = test.p else {
            return .undecided("chi-square test", test.status, needs: needs)
        }
        let isRejected = p <= alpha
        let level = "at level \(Wording.plain(alpha))"
        return StatAnswer(
            "chi-square test", status: test.status, outcome: isRejected ? .rejected : .kept,
            figures: [
                .number("chi2", "chi-square", test.statistic),
                test.degreesOfFreedom.map { .count("df", "  df", $0) }, .number("p", "p", p),
            ],
            verdict: isRejected
                ? "rejected \(level): that \(fits)" : "nothing speaks against it \(level): \(fits)",
            notes: [
                expected.contains { $0 < 5 }
                    ? "an expected count is below 5: the p-value is rough" : nil
            ])
    }

    private static func expectations(_ table: [[Int]]) -> [Double] {
        let total = table.joined().reduce(0.0) { $0 + Double($1) }
        guard total > 0, let width = table.first?.count else { return [] }
        let columns = (0..<width).map { column in table.reduce(0.0) { $0 + Double($1[column]) } }
        return table.flatMap { row in
            let sum = row.reduce(0.0) { $0 + Double($1) }
            return columns.map { sum * $0 / total }
        }
    }
}

/// How often each pair of two groupings' names occurs, in the order in which they first do.
private struct CrossTable {
    private var rows: [String] = []
    private var columns: [String] = []
    private(set) var counts: [[Int]] = []

    init(_ a: [String], _ b: [String]) {
        var (rowPlaces, columnPlaces) = ([String: Int](), [String: Int]())
        for (a, b) in zip(a, b) {
            let row = rowPlaces[a] ?? rows.count
            if row == rows.count {
                rowPlaces[a] = row
                rows.append(a)
                counts.append(columns.map { _ in 0 })
            }
            let column = columnPlaces[b] ?? columns.count
            if column == columns.count {
                columnPlaces[b] = column
                columns.append(b)
                for index in counts.indices { counts[index].append(0) }
            }
            counts[row][column] += 1
        }
    }

    var figures: [[StatFigure?]] {
        rows.indices.map { row in
            [StatFigure.text("group", "group", rows[row])]
                + columns.indices.map { .count(columns[$0], columns[$0], counts[row][$0]) }
        }
    }
}
