import Statistics

/// The rule by which columns are compared: what chance explains at samples of these sizes is no drift,
/// and neither is what is too small to matter.
public struct DriftRule: Equatable, Sendable {
    /// The chance that any of the columns is flagged when nothing has changed, at most.
    public var alpha = 0.01
    /// The least PSI, Jensen–Shannon distance, gap of distribution functions, difference of shares, or
    /// shift in deviations that matters.
    public var smallestEffect = 0.1
    /// Of numbers, at the reference's quantiles.
    public var bins = 10

    /// Below so many values a side, asymptotic p-values are not believed.
    public static let countMin = 50
    /// No column has more tests; each gets an equal share of α (Bonferroni).
    static let testCountMax = 4

    public init() {}

    /// Compares what the reference has with what came in, column by column, in the reference's order.
    public func compare(reference: [Distribution], live: [Distribution]) -> [ColumnDrift] {
        let present = Dictionary(
            live.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let columnCount = reference.count { present[$0.name] != nil }
        let level = alpha / Double(max(1, Self.testCountMax * columnCount))
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
        let tests: [ColumnDrift.Test]
        switch (reference.content, live.content) {
        case (.numbers(let a, _, _, let errorA), .numbers(let b, _, _, let errorB)):
            tests = numberTests(a, errorA, b, errorB, level)
        case (.categories(let a), .categories(let b)):
            tests = categoryTests(a, b, level)
        case (.vector(let meanA, let varianceA, let n), .vector(let meanB, let varianceB, let m)):
            guard meanA.count == meanB.count else {
                return notComparable(
                    reference, live,
                    "the reference has \(meanA.count) dimensions, what came in \(meanB.count)")
            }
            tests = vectorTest((meanA, varianceA, n), (meanB, varianceB, m), level)
        case (.numbers, _), (.categories, _), (.vector, _):
            return notComparable(
                reference, live,
                "the reference has \(reference.kindName), what came in are \(live.kindName)")
        }
        return drift(reference, live, tests, missingTest(reference, live, level))
    }

    private func notComparable(
        _ reference: Distribution, _ live: Distribution?, _ why: String
    ) -> ColumnDrift {
        ColumnDrift(
            name: reference.name, verdict: .notComparable, why: why, change: "",
            referenceCount: reference.count, liveCount: live?.count ?? 0, tests: [])
    }

    private func drift(
        _ reference: Distribution, _ live: Distribution, _ ofValues: [ColumnDrift.Test],
        _ missing: ColumnDrift.Test?
    ) -> ColumnDrift {
        let tests = ofValues + [missing].compactMap(\.self)
        let flagged = tests.filter(\.isDrift)
        let verdict: ColumnDrift.Verdict
        let why: String
        if !flagged.isEmpty {
            verdict = .drift
            why = flagged.map(\.words).joined(separator: "; ")
        } else if ofValues.isEmpty {
            verdict = .insufficientData
            why = Self.whyInsufficient(reference, live)
        } else {
            verdict = .noDrift
            why = "nothing beyond chance that matters"
        }
        return ColumnDrift(
            name: reference.name, verdict: verdict, why: why,
            change: reference.change(to: live, isMissing: flagged.contains { $0.kind == .missing }),
            referenceCount: reference.count, liveCount: live.count, tests: tests)
    }

    private static func whyInsufficient(_ reference: Distribution, _ live: Distribution) -> String {
        if min(reference.count, live.count) >= countMin {
            return "it has more different names than are counted"
        }
        return
            "\(reference.count) values in the reference and \(live.count) that came in are too few "
            + "to tell; it takes \(countMin) on each side"
    }

    func test(
        _ kind: ColumnDrift.Kind, _ statistic: Double, p: Double, limit: Double? = nil,
        effect: Double, level: Double
    ) -> ColumnDrift.Test {
        ColumnDrift.Test(
            kind: kind, statistic: statistic, p: p, limit: limit, effect: effect,
            isDrift: p < level && effect >= smallestEffect)
    }
}
