import CommandTable
import Statistics

extension StatTool {
    private static let current = StatRole("a", "The current values' column")
    private static let reference = StatRole("b", "The reference's column")

    static let drift: [StatTool] = [
        StatTool(
            "psi", "the population stability index of two samples", .drift,
            details: [
                "Bins of equal shares of the reference, or --edges; names with --categories. Drift "
                    + "is more than chance explains at the level, and at least --smallest-effect: a "
                    + "fixed limit alone cries wolf in small samples."
            ], need: .numbersOrNames([current, reference]),
            flags: [
                StatFlags.bins, Flag("edges", .text("X,X"), "Edges of the bins, rising"),
                StatFlags.categories,
                Flag("epsilon", .decimal("E"), "In place of an empty share; 0.0001 unless given"),
                Flag("smallest-effect", .decimal("X"), "0.1 unless given"), StatFlags.strictAlpha,
                StatFlags.nan,
            ], examples: ["cairn stats psi today.txt reference.txt"], work: .whole(psi)),
        StatTool(
            "jensen-shannon", "how far two distributions are apart, from 0 to 1", .drift,
            details: [
                "Of samples in bins of equal shares of b, of names with --categories, or of given "
                    + "weights with --weights. It has no threshold of its own: --permutations gives a "
                    + "p-value."
            ], need: .numbersOrNames([current, reference]),
            flags: [
                StatFlags.bins, StatFlags.categories,
                Flag("weights", "Rows are bins, and the columns their weights"),
                Flag("limit", .decimal("X"), "A distance that counts as drift; 0.1 unless given"),
                Flag("permutations", .number("N", 1...1_000_000), "Relabellings for a p-value"),
                StatFlags.seed, StatFlags.alpha, StatFlags.nan,
            ], examples: ["cairn stats jensen-shannon today.txt reference.txt --permutations 999"],
            work: .whole(jensenShannon)),
        StatTool(
            "mmd", "whether two sets of vectors come from one distribution", .drift,
            details: [
                "The maximum mean discrepancy with a Gaussian kernel, p by permutation: for "
                    + "embeddings. Time grows with the square of the rows: some thousands."
            ], need: .vectors([current, reference]),
            flags: [StatFlags.permutations, StatFlags.seed, StatFlags.alpha],
            examples: ["cairn stats mmd today.csv reference.csv"], work: .whole(mmd)),
    ]

    private static func psi(_ data: StatData, _ settings: StatSettings) throws(StatError)
        -> StatAnswer
    {
        let alpha = try settings.alpha(or: 0.01)
        let epsilon = try settings.number("epsilon", or: 1e-4)
        let effect = try settings.number("smallest-effect", or: 0.1)
        let names = settings.has("categories") ? CategoryCounts(data) : nil
        let test: PopulationStability
        if let names {
            test = PopulationStability(
                referenceCounts: names.b, currentCounts: names.a, epsilon: epsilon)
        } else if let edges = try settings.numbers("edges") {
            test = PopulationStability(
                reference: data.b, current: data.a, edges: edges, epsilon: epsilon,
                nanPolicy: settings.nanPolicy)
        } else {
            test = PopulationStability(
                reference: data.b, current: data.a, bins: try settings.count("bins", or: 10),
                epsilon: epsilon, nanPolicy: settings.nanPolicy)
        }
        guard let index = test.index else {
            return .undecided(
                "population stability index", test.status,
                needs: "values on both sides, rising edges, and --epsilon between 0 and 1")
        }
        let isDrift = test.isDrift(alpha: alpha, smallestEffect: effect)
        let labels = names?.names ?? binLabels(test.edges)
        return StatAnswer(
            "population stability index", status: test.status,
            outcome: isDrift ? .rejected : .kept,
            figures: [
                .number("psi", "index", index),
                .number(
                    "null_threshold", "chance explains", test.nullThreshold(alpha: alpha),
                    note: "at level \(Wording.plain(alpha))"),
                .number("smallest_effect", "smallest that matters", effect),
                StatFigure("edges", "", .numbers(test.edges)),
            ],
            rows: labels.indices.map {
                [
                    .text("bin", "bin", labels[$0]),
                    .count("counts_current", "a", test.currentCounts[$0]),
                    .count("counts_reference", "b", test.referenceCounts[$0]),
                ]
            },
            verdict: isDrift
                ? "drift: the index is more than chance explains, and large enough to matter"
                : "no drift: the index is "
                    + (index >= effect ? "no more than chance explains" : "too small to matter"),
            notes: [
                test.isCalibrated ? nil : "fewer than ten values a bin: the threshold is rough",
                data.sample(0).missingNote, data.sample(1).missingNote,
            ])
    }

    private static func binLabels(_ edges: [Double]) -> [String] {
        guard let first = edges.first, let last = edges.last else { return ["all"] }
        let inner = zip(edges, edges.dropFirst()).map {
            "over \(Wording.short($0)) to \(Wording.short($1))"
        }
        return ["to \(Wording.short(first))"] + inner + ["over \(Wording.short(last))"]
    }

    private static func jensenShannon(_ data: StatData, _ settings: StatSettings)
        throws(StatError) -> StatAnswer
    {
        let alpha = try settings.alpha()
        let limit = try settings.number("limit", or: 0.1)
        let binned =
            settings.has("weights") ? nil : try BinnedSamples(data, settings)
        let weights = binned?.weights ?? (data.a, data.b)
        let test = JensenShannon(weights.0, weights.1)
        guard let distance = test.distance else {
            return .undecided(
                "Jensen-Shannon divergence", test.status,
                needs: "weights from 0 up on both sides, not all 0")
        }
        var p: Double?
        if let permutations = try settings.count("permutations") {
            guard let binned else {
                throw StatError("--permutations needs the samples themselves, not --weights")
            }
            p = binned.permutationP(permutations, seed: try settings.seed())
        }
        let isDrift = p.map { $0 <= alpha } ?? (distance > limit)
        return StatAnswer(
            "Jensen-Shannon divergence", status: test.status,
            outcome: isDrift ? .rejected : .kept,
            figures: [
                .number("divergence_bits", "divergence", test.bits, note: "bits"),
                .number("divergence_nats", "", test.nats),
                .number("distance_base2", "distance", distance, note: "its root, from 0 to 1"),
                .number("p", "p", p, note: "by permutation"),
            ],
            verdict: p != nil
                ? (isDrift
                    ? "the distributions differ" : "no difference of the distributions shown")
                    + " at level \(Wording.plain(alpha))"
                : isDrift
                    ? "drift: the distance is over \(Wording.plain(limit))"
                    : "no drift: the distance is not over \(Wording.plain(limit))",
            notes: [data.sample(0).missingNote, data.sample(1).missingNote])
    }

    private static func mmd(_ data: StatData, _ settings: StatSettings) throws(StatError)
        -> StatAnswer
    {
        let alpha = try settings.alpha()
        let (a, b) = (data.sample(0).vectors, data.sample(1).vectors)
        guard a.count + b.count <= 20_000 else {
            throw StatError(
                "\(a.count + b.count) vectors; the test compares all with all, and takes at most "
                    + "20000. Draw a sample first, as with `shuf -n 2000`")
        }
        let test = MaximumMeanDiscrepancy(
            a, b, permutations: try settings.count("permutations", or: 999),
            seed: try settings.seed())
        guard let p = test.p else {
            return .undecided(
                "maximum mean discrepancy", test.status,
                needs: "two finite vectors a side, all of one length")
        }
        let isDrift = p <= alpha
        return StatAnswer(
            "maximum mean discrepancy", status: test.status, outcome: isDrift ? .rejected : .kept,
            figures: [
                .count("n_a", "vectors of a", a.count), .count("n_b", "vectors of b", b.count),
                .count("dimensions", "dimensions", a.first?.count ?? 0),
                .number("mmd2", "MMD squared", test.squared),
                .number("p", "p", p, note: "by permutation"),
            ],
            verdict: (isDrift ? "the distributions differ" : "no difference shown")
                + " at level \(Wording.plain(alpha))")
    }
}
