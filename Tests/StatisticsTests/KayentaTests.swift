import CairnTestKit
import Testing

@testable import Statistics

/// The facts of Kayenta's own unit tests, in `kayenta-judge.json`.
@Suite struct KayentaTests {
    private let facts: JSONValue

    init() throws { facts = try Vectors.load("kayenta-judge.json") }

    @Test func theJudgeReproducesEveryClass() throws {
        let known = try #require(facts["classifier"]?.array)
        for fact in known {
            let name = fact["name"]?.string ?? "(no name)"
            let expected = try #require(fact["expect"]?.object)
            if fact["classifier"]?.string == "mean_inequality" {
                let metricClass = MeanInequality.classify(
                    candidate: try fact.numbers("canary"), baseline: try fact.numbers("baseline"),
                    direction: try direction(of: fact))
                #expect(try metricClass == Self.metricClass(expected["class"]), "\(name)")
                continue
            }
            let judgement = try judge(fact)
            if let metricClass = try Self.metricClass(expected["class"]) {
                #expect(judgement.metricClass == metricClass, "\(name)")
            }
            if let isCritical = expected["critical"]?.bool {
                #expect(judgement.isCritical == isCritical, "\(name)")
            }
            if let deviation = expected["deviation"]?.double {
                let effect = judgement.effect ?? .nan
                #expect(Vectors.agree(effect, deviation, relative: 1e-9), "\(name): \(effect)")
            }
            if expected["reason_present"]?.bool == true {
                #expect(!judgement.reason.isEmpty, "\(name)")
            }
        }
        #expect(!known.isEmpty)
    }

    /// The one miss is zero-inflated: its true interval is [0, 0], and Kayenta reaches its class
    /// only through the residue of its root solver.
    @Test func theExactShiftRuleDiffersInOneClassOnly() throws {
        let known = try #require(facts["classifier"]?.array)
        let misses = try known.filter { fact in
            guard fact["classifier"]?.string == "mann_whitney",
                let metricClass = try Self.metricClass(fact["expect"]?["class"])
            else { return false }
            return try judge(fact).shiftRuleClass != metricClass
        }
        #expect(misses.count <= 1, "\(misses.map { $0["name"]?.string ?? "" })")
    }

    /// Kayenta writes "NodataFail" where Cairn writes "nodata_fail"; `nil` where no class is named.
    private static func metricClass(_ name: JSONValue?) throws -> CanaryJudgement.Class? {
        guard let name = name?.string?.lowercased() else { return nil }
        return try #require(
            CanaryJudgement.Class(rawValue: name == "nodatafail" ? "nodata_fail" : name), "\(name)")
    }

    private func judge(_ fact: JSONValue) throws -> CanaryJudgement {
        CanaryJudgement(
            candidate: try fact.numbers("canary"), baseline: try fact.numbers("baseline"),
            rule: try rule(of: fact))
    }

    private func rule(of fact: JSONValue) throws -> CanaryRule {
        let defaults = try #require(facts["defaults"])
        let option = { (name: String) in fact[name] ?? defaults[name] }
        var rule = CanaryRule()
        rule.direction = try direction(of: fact)
        rule.confidence = try #require(option("confidence")?.double)
        rule.tolerance = try #require(option("tolerance")?.double)
        rule.effectMeasure = option("effect_measure")?.string == "cles" ? .a12 : .meanRatio
        rule.allowedIncrease = try #require(option("effect_high")?.double)
        rule.allowedDecrease = try #require(option("effect_low")?.double)
        rule.criticalIncrease = try #require(option("critical_high")?.double)
        rule.criticalDecrease = try #require(option("critical_low")?.double)
        rule.isCritical = option("critical")?.bool == true
        rule.requiresData = option("data_required")?.bool == true
        rule.nanHandling = try #require(
            CanaryRule.NaNHandling(rawValue: option("nan_strategy")?.string ?? ""))
        rule.minimumCount = 1
        return rule
    }

    private func direction(of fact: JSONValue) throws -> CanaryRule.Direction {
        try #require(CanaryRule.Direction(rawValue: fact["direction"]?.string ?? "either"))
    }

    /// Kayenta and R solve a step function to 1e-4, so theirs are up to about that far off.
    @Test func theShiftIntervalsAgree() throws {
        for fact in try #require(facts["mann_whitney_interval"]?.array) {
            let name = fact["name"]?.string ?? "(no name)"
            let (a, b) = (try fact.numbers("canary"), try fact.numbers("baseline"))
            let confidence = try fact.number("confidence")
            let shift = try #require(ShiftInterval(a, b, confidence: confidence))
            let expected = try #require(fact["expect"])
            let bounds = [
                "low": shift.low, "estimate": shift.estimate, "high": shift.high,
            ]
            for (field, got) in bounds {
                let want = try expected.number(field)
                #expect(
                    Vectors.agree(got, want, relative: 0, absolute: 2e-4),
                    "\(name), \(field): \(got)"
                )
            }
            try expectIntermediates(of: expected, a, b, confidence, name)
        }
    }

    private func expectIntermediates(
        of expected: JSONValue, _ a: [Double], _ b: [Double], _ confidence: Double, _ name: String
    ) throws {
        guard expected["mu_min"] != nil else { return }
        let differences = try #require(PairwiseDifferences(a, b))
        let ends = ["min": differences.smallest(1), "max": differences.smallest(differences.count)]
        let z = NormalDistribution.upperQuantile((1 - confidence) / 2)
        for (end, shift) in ends {
            #expect(Vectors.agree(shift, try expected.number("mu_\(end)"), relative: 1e-12))
            let ranks = RankSums(a.map { $0 - shift }, b)
            let gap = ranks.u1 - ranks.pairs / 2
            let score = (gap - (gap > 0 ? 0.5 : -0.5)) / ranks.deviation
            for (sign, quantile) in [("minus", z), ("plus", -z)] {
                let want = try expected.number("f_at_\(end)_\(sign)_zq")
                let got = score - quantile
                #expect(Vectors.agree(got, want, relative: 1e-9), "\(name): \(got), \(want)")
            }
        }
    }

    @Test func theScoresAgree() throws {
        for fact in try #require(facts["scorer"]?.array) {
            let name = fact["name"]?.string ?? "(no name)"
            let metrics = try #require(fact["metrics"]?.array).map { metric in
                return CanaryScore.Metric(
                    group: try #require(metric["group"]?.string),
                    metricClass: try #require(try Self.metricClass(metric["class"])),
                    isCritical: metric["critical"]?.bool ?? false)
            }
            let weights = (fact["group_weights"]?.object ?? [:]).compactMapValues(\.double)
            let score = try #require(CanaryScore(metrics, groupWeights: weights), "\(name)")
            let want = try #require(fact["expect"]?["summary_score"]?.double)
            #expect(score.value == want, "\(name)")
        }
    }

    @Test func theSummaryStatisticsAgree() throws {
        for fact in try #require(facts["statistics"]?.array) {
            let name = fact["name"]?.string ?? "(no name)"
            let got: Double?
            switch fact["kind"]?.string {
            case "percentile_type7":
                got = SortedSample(try fact.numbers("x"))?.quantile(try fact.number("p") / 100)
            case "mean_ratio":
                got =
                    EffectSize.meanRatio(try fact.numbers("canary"), try fact.numbers("baseline"))
                    ?? .nan
            case "cohens_d":
                got = EffectSize(try fact.numbers("canary"), try fact.numbers("baseline")).cohensD
            case "cles":
                got = EffectSize(try fact.numbers("canary"), try fact.numbers("baseline")).a12
            case let other: throw UnknownOption(name: "kind \(other ?? "(none)")")
            }
            let (want, tolerance) = (try fact.number("expect"), try fact.number("abs_tol"))
            let value = try #require(got, "\(name)")
            #expect(
                Vectors.agree(value, want, relative: 0, absolute: tolerance), "\(name): \(value)")
        }
    }

    @Test func theOutliersAgree() throws {
        for fact in try #require(facts["outliers"]?.array) {
            let values = try fact.numbers("x")
            let fences = try fences(of: fact, values, isSigma: fact["kind"]?.string == "ksigma")
            let got = values.map { fences?.isOutside($0) ?? false }
            #expect(
                got == fact["expect"]?.array?.compactMap(\.bool), "\(fact["name"]?.string ?? "")")
        }
    }

    @Test func theTransformsAgree() throws {
        for fact in try #require(facts["transforms"]?.array) {
            var rule = CanaryRule()
            switch fact["op"]?.string {
            case "remove_nan": rule.nanHandling = .remove
            case "replace_nan": rule.nanHandling = .replaceWithZero
            case "remove_outliers_iqr":
                rule.outlierHandling = .removeInterquartile(
                    factor: try fact.number("factor"), reduced: false)
            case "remove_outliers_ksigma":
                rule.outlierHandling = .removeSigma(factor: try fact.number("factor"))
            case let other: throw UnknownOption(name: "op \(other ?? "(none)")")
            }
            let got = rule.cleaned(try fact.numbers("x"))
            #expect(got == fact["expect"]?.doubles, "\(fact["name"]?.string ?? "")")
        }
    }

    private func fences(
        of fact: JSONValue, _ values: [Double], isSigma: Bool
    ) throws -> OutlierFences? {
        let factor = try fact.number("factor")
        return isSigma
            ? OutlierFences.sigma(values, factor: factor)
            : OutlierFences.interquartile(values, factor: factor)
    }
}
