/// What makes a history hard: each can be left out, to see what a failure needs.
public enum Ingredient: String, Sendable, CaseIterable {
    case crashes, cuts
    /// Letters that are lost, late or doubled.
    case losses
    /// Processes that are stopped and wake again, believing what they believed.
    case stops
    /// Wall clocks that jump an hour.
    case jumps
    /// Disks that are full, fail, or tear what was not durable.
    case disks
    /// Hosts that vanish, have a problem, or report nothing.
    case absences
    /// Sources of outcomes that say they cannot answer.
    case outages
    // Of operators.
    case plans, promotions, pauses, aborts, rollbacks, skips, quarantines, freezes, hooks
}

extension World {
    /// The same failure with less: fewer ingredients, then no event after the one that shows it.
    ///
    /// Leaves out one ingredient after the other and keeps out what the failure does not need. Each
    /// try is a whole run; there are as many as ingredients.
    public static func minimized(_ settings: Settings, violation: String) throws -> (
        settings: Settings, report: Report
    ) {
        var best = settings
        best.keepsTrace = true
        var report = try World(best).run()
        for ingredient in Ingredient.allCases where !best.without.contains(ingredient) {
            var smaller = best
            smaller.without.insert(ingredient)
            let again = try World(smaller).run()
            guard let found = again.violation, rule(found) == rule(violation) else { continue }
            (best, report) = (smaller, again)
        }
        best.eventCount = min(best.eventCount, max(1, report.handledCount))
        return (best, report)
    }

    /// `I7` of `I7: the log folds to another state`: details differ from run to run.
    private static func rule(_ violation: String) -> Substring {
        violation.prefix { $0 != ":" }
    }
}
