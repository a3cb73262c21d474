import Messages

import func Glibc.exp

/// Verdicts of guards with all that they were decided by, for people.
public enum VerdictText {
    public static func lines(_ list: VerdictList) -> [Painted] {
        Array(list.verdicts.map(lines).joined(separator: [""]))
    }

    private static func lines(_ verdict: VerdictRecord) -> [Painted] {
        let measure = GuardMeasure(verdict.kind)
        let figure = { (value: Double) in
            if measure.isShare { return Quantity.percent(value) }
            return measure != .evidence
                ? "\(measure.mark)\(Quantity.figure(value, digits: 6))"
                : "e \(Quantity.figure(exp(min(value, 700)), digits: 4)) (ln e "
                    + "\(Quantity.figure(value, digits: 6)))"
        }
        var lines: [Painted] = [
            "\(Painted(verdict.guardName, .strong)) of attempt \(verdict.attempt): "
                + Painted(verdict.observe ? "broke, observing" : "broke", .bad),
            "  \(verdict.kind), at \(Quantity.time(unixMilliseconds: verdict.atUnixMs)), record \(verdict.sequence)",
            "  \(verdict.why)",
            "  candidate \(verdict.candidateFailures) of \(verdict.candidateRequests), reference \(verdict.stableFailures) of \(verdict.stableRequests)",
            "  statistic \(figure(verdict.statistic)), bound \(figure(verdict.bound))",
        ]
        if verdict.detectable > 0 {
            lines.append(
                "  so many show a difference of \(Quantity.figure(verdict.detectable, digits: 3)) four times in five"
            )
        }
        lines += verdict.inputs.map { "  input: \($0)" }
        lines.append(
            verdict.confirmed
                ? "  \("confirmed", .good): computed again \(figure(verdict.recomputed))"
                : "  \("NOT CONFIRMED", .bad): computed again \(figure(verdict.recomputed))")
        return lines
    }
}
