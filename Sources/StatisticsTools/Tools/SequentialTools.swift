import CommandTable
import Statistics

extension StatTool {
    static let sequential: [StatTool] = [
        StatTool(
            "msprt", "whether two means differ, looked at as often as one likes", .sequential,
            details: [
                "The mixture sequential probability ratio test on pairs a, b that arrive one by one. "
                    + "Needs the variance of one outcome; where it is an estimate, start after 50 "
                    + "pairs."
            ], need: .rows([.candidate, .baseline]),
            flags: [
                Flag("variance", .decimal("V"), "Of one outcome", isRequired: true),
                Flag("smallest-effect", .decimal("X"), "The smallest difference that matters"),
                Flag(
                    "mixing-variance", .decimal("V"),
                    "In place of --smallest-effect: the square of it"), StatFlags.alpha,
                StatFlags.nan,
            ],
            examples: ["tail -f pairs.csv | cairn stats msprt --variance 1 --smallest-effect 0.2"],
            work: .stream { (settings) throws(StatError) in try MixtureStream(settings) }),
        StatTool(
            "beta-mixture", "whether a rate is not the given one, at any time",
            .sequential,
            details: [
                "A stream of 1 and 0. With --rate 0.5 and one row for each example on which two "
                    + "versions disagree it is a McNemar test that may be watched."
            ], need: .rows([.value]),
            flags: [
                Flag("rate", .decimal("P"), "The rate to hold against; 0.5 unless given"),
                Flag("prior-a", .decimal("A"), "Shape of the mixture; 0.5 unless given"),
                Flag("prior-b", .decimal("B"), "Shape of the mixture; 0.5 unless given"),
                StatFlags.alpha, StatFlags.nan,
            ], examples: ["cairn stats beta-mixture wins.txt --rate 0.5"],
            work: .stream { (settings) throws(StatError) in try BetaStream(settings) }),
        StatTool(
            "arm-eprocess", "whether the candidate fails more, from failures alone",
            .sequential,
            details: [
                "The guard of rollouts: one row for each failed request, 1 where the candidate had "
                    + "served it and 0 where the stable version had, with the candidate's share of "
                    + "traffic at that moment."
            ],
            need: .rows(
                [StatRole("arm", "The column of 1 (candidate) and 0 (stable)")],
                optional: [StatRole("weight", "The column of the candidate's share, 0 to 1")]),
            flags: [
                Flag("share", .decimal("P"), "The candidate's share, where no column has it"),
                Flag("grid", .text("R,R"), "Relative risks", standard: "1.25,1.5,2,3,5,10"),
                StatFlags.strictAlpha,
            ], examples: ["tail -f failures.csv | cairn stats arm-eprocess --share 0.05"],
            work: .stream { (settings) throws(StatError) in try ArmStream(settings) }),
        StatTool(
            "group-sequential", "the boundaries of a test with a few planned looks", .sequential,
            details: [
                "At which |z| each look rejects, when alpha is spent over the information gathered. "
                    + "With --z also what the looks so far say."
            ], need: .nothing,
            flags: [
                Flag(
                    "fractions", .text("T,T"), "The share of the data at each look, ending in 1",
                    isRequired: true),
                Flag(
                    "spending", .choice(["obrien-fleming", "pocock"]), "How alpha is spent",
                    standard: "obrien-fleming"),
                Flag("z", .text("Z,Z"), "The z seen at the looks so far"), StatFlags.alpha,
            ], examples: ["cairn stats group-sequential --fractions 0.25,0.5,0.75,1 --z 1.1,2.4"],
            work: .whole(groupSequential)),
    ]

    private static func groupSequential(_ data: StatData, _ settings: StatSettings)
        throws(StatError) -> StatAnswer
    {
        let alpha = try settings.alpha()
        let fractions = try settings.numbers("fractions") ?? []
        let name = settings.text("spending") ?? "obrien-fleming"
        let spending: GroupSequentialTest.Spending = name == "pocock" ? .pocock : .obrienFleming
        let seen = try settings.numbers("z") ?? []
        guard seen.count <= fractions.count else {
            throw StatError("--z has \(seen.count) values, but --fractions only \(fractions.count)")
        }
        guard
            let boundaries = GroupSequentialTest.boundaries(
                informationFractions: fractions, alpha: alpha, spending: spending),
            let test = GroupSequentialTest(alpha: alpha, spending: spending), !boundaries.isEmpty
        else { throw StatError("--fractions rise from above 0, as in 0.25,0.5,0.75,1") }
        let crossed = seen.indices.first { seen[$0].magnitude >= boundaries[$0] }
        let rows: [[StatFigure?]] = fractions.indices.map { look in
            [
                .count("look", "look", look + 1),
                .number("fraction", "information", fractions[look]),
                .number("z_boundary", "boundary |z|", boundaries[look]),
                .number("p_boundary", "boundary p", 2 * NormalDistribution.sf(boundaries[look])),
                .number("alpha_spent", "alpha spent", test.spent(at: fractions[look])),
                look < seen.count ? .number("z", "z", seen[look]) : nil,
            ]
        }
        let verdict =
            if let crossed {
                "rejected at look \(crossed + 1): |z| \(Wording.short(seen[crossed].magnitude)) "
                    + "reaches \(Wording.short(boundaries[crossed]))"
            } else if seen.isEmpty {
                ""
            } else {
                "not rejected at the \(seen.count == 1 ? "first look" : "\(seen.count) looks") so far"
            }
        return StatAnswer(
            "group-sequential test",
            outcome: crossed != nil ? .rejected : seen.isEmpty ? .none : .kept,
            figures: [.number("alpha", "level", alpha), .text("spending", "spending", name)],
            rows: rows, verdict: verdict)
    }
}
