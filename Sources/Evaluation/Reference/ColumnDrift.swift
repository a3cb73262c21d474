import Statistics

/// What a comparison of one column with its reference says.
public struct ColumnDrift: Equatable, Sendable {
    public enum Verdict: String, Equatable, Sendable, CaseIterable {
        /// More than chance explains, and as much as matters.
        case drift
        /// Nothing that both chance does not explain and matters.
        case noDrift = "no_drift"
        /// Too few values to say.
        case tooFew = "too_few"
        /// The column is on one side only, or is of two kinds.
        case notComparable = "not_comparable"
    }

    /// One test of the column.
    public struct Test: Equatable, Sendable {
        /// "PSI", "KS", "χ²", "means", "missing".
        public let name: String
        /// In the test's own measure.
        public let statistic: Double
        /// The chance of such data without a change; of PSI `nil`: it has a limit instead.
        public let p: Double?
        /// What `statistic` is above when chance does not explain it, for PSI.
        public let limit: Double?
        /// From 0; from 0.1 on it matters.
        public let effect: Double
        /// Whether chance does not explain it and it matters.
        public let isDrift: Bool
    }

    public let name: String
    public let verdict: Verdict
    /// In a sentence.
    public let why: String
    public let referenceCount: Int
    public let liveCount: Int
    public let tests: [Test]
    /// √ of the Jensen–Shannon divergence in bits, from 0 to 1: shown, and no test.
    public let jensenShannon: Double?
}

/// The rule by which columns are compared: calibrated limits at a shared level, and an effect of 0.1.
public struct DriftRule: Equatable, Sendable {
    /// The chance that any of the columns is flagged when nothing has changed.
    public var alpha = 0.01
    /// The least PSI, gap of distribution functions, difference of shares, or shift in deviations
    /// that matters.
    public var smallestEffect = 0.1
    /// Of PSI, at the reference's quantiles.
    public var bins = 10

    public init() {}

    /// Compares what the reference has with what came in, column by column, in the reference's order.
    public func compare(reference: [Distribution], live: [Distribution]) -> [ColumnDrift] {
        let present = Dictionary(
            live.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        // Each column has up to three tests; all columns share alpha.
        let level = alpha / Double(max(1, 3 * reference.filter { present[$0.name] != nil }.count))
        return reference.map { column in
            guard let other = present[column.name] else {
                return notComparable(column, nil, "it did not come in")
            }
            return compare(column, other, level)
        }
    }

    private func compare(
        _ reference: Distribution, _ live: Distribution, _ level: Double
    ) -> ColumnDrift {
        let missing = missingTest(reference, live, level)
        switch (reference.content, live.content) {
        case (.numbers(let a, _, _, let errorA), .numbers(let b, _, _, let errorB)):
            return drift(reference, live, numberTests(a, errorA, b, errorB, level), missing)
        case (.categories(let a, let othersA), .categories(let b, let othersB)):
            return drift(
                reference, live, categoryTests(a, othersA, b, othersB, level), missing)
        case (.vector(let meanA, let varianceA, let n), .vector(let meanB, let varianceB, let m)):
            guard meanA.count == meanB.count else {
                return notComparable(
                    reference, live,
                    "the reference has \(meanA.count) dimensions, what came in \(meanB.count)")
            }
            let test = vectorTest(
                (meanA, varianceA, n), (meanB, varianceB, m), level)
            return drift(reference, live, ([test].compactMap(\.self), nil), missing)
        case (.numbers, _), (.categories, _), (.vector, _):
            return notComparable(
                reference, live,
                "the reference has \(reference.kindName), what came in are \(live.kindName)")
        }
    }

    private func notComparable(
        _ reference: Distribution, _ live: Distribution?, _ why: String
    ) -> ColumnDrift {
        ColumnDrift(
            name: reference.name, verdict: .notComparable, why: why,
            referenceCount: reference.count, liveCount: live?.count ?? 0, tests: [],
            jensenShannon: nil)
    }

    private func drift(
        _ reference: Distribution, _ live: Distribution,
        _ found: (tests: [ColumnDrift.Test], jensenShannon: Double?), _ missing: ColumnDrift.Test?
    ) -> ColumnDrift {
        let tests = found.tests + [missing].compactMap(\.self)
        let flagged = tests.filter(\.isDrift)
        let verdict: ColumnDrift.Verdict
        let why: String
        if !flagged.isEmpty {
            verdict = .drift
            why = flagged.map(\.words).joined(separator: "; ")
        } else if found.tests.isEmpty {
            verdict = .tooFew
            why =
                "\(reference.count) values in the reference and \(live.count) that came in are too "
                + "few to tell"
        } else {
            verdict = .noDrift
            why = "nothing beyond chance that matters"
        }
        return ColumnDrift(
            name: reference.name, verdict: verdict, why: why, referenceCount: reference.count,
            liveCount: live.count, tests: tests, jensenShannon: found.jensenShannon)
    }
}

extension ColumnDrift.Test {
    var words: String {
        switch name {
        case "PSI":
            "PSI \(statistic.text(digits: 3)), where chance reaches \((limit ?? 0).text(digits: 3))"
        case "KS":
            "the distribution functions are \(effect.text(digits: 3)) apart (p \((p ?? 1).text(digits: 2)))"
        case "χ²":
            "other shares: χ² p \((p ?? 1).text(digits: 2)), PSI \(effect.text(digits: 3))"
        case "means":
            "the means are \(effect.text(digits: 3)) deviations apart (p \((p ?? 1).text(digits: 2)))"
        default:
            "the share of missing values changed by \(effect.text(digits: 3)) (p \((p ?? 1).text(digits: 2)))"
        }
    }
}
