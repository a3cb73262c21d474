import Statistics

/// How the values of several classes become one.
public enum ClassAverage: Sendable, Equatable, CaseIterable {
    /// Of all outcomes together.
    case micro
    /// The mean over classes.
    case macro
    /// The mean over classes, weighted by how often each is true.
    case weighted

    /// - Parameter zero: what a class without outcomes counts; undefined leaves it out.
    public func value(
        of outcomes: [Outcome], _ zero: Outcome.ZeroDivision = .value(0),
        _ metric: (Outcome, Outcome.ZeroDivision) -> Double?
    ) -> Double? {
        switch self {
        case .micro:
            guard let first = outcomes.first else { return nil }
            return metric(outcomes.dropFirst().reduce(first, +), zero)
        case .macro:
            let values = outcomes.compactMap { metric($0, zero) }
            return values.isEmpty ? nil : values.exactSum / Double(values.count)
        case .weighted:
            var (sum, weight) = (CompensatedSum(), CompensatedSum())
            for outcome in outcomes {
                guard let value = metric(outcome, zero) else { continue }
                sum.add(value * outcome.support)
                weight.add(outcome.support)
            }
            return weight.value > 0 ? sum.value / weight.value : zero.result
        }
    }
}
