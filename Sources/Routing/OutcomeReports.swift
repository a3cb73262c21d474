import CairnCore
import Messages

/// Outcomes on their way to the controller: each report is repeated, unchanged, until it is
/// accepted, and only then comes the next one.
///
/// (`reporter`, `incarnation`, `sequence`) names a report for ever, so that the controller applies
/// it once however often it comes.
public struct OutcomeReports: Sendable, Equatable {
    private let target: String
    private let reporter: String
    private let incarnation: UInt64
    private var sequence: UInt64 = 0
    /// Sent and not accepted yet.
    public private(set) var pending: ReportOutcomes?
    public var tally = OutcomeTally()

    /// - Parameters:
    ///   - reporter: stable across restarts.
    ///   - incarnation: larger than at any earlier start.
    public init(target: TargetName, reporter: String, incarnation: UInt64) {
        self.target = target.description
        (self.reporter, self.incarnation) = (reporter, incarnation)
    }

    /// The report to send now; `nil` when there is nothing to say.
    public mutating func next() -> ReportOutcomes? {
        if let pending { return pending }
        guard let sums = tally.take() else { return nil }
        sequence += 1
        pending = ReportOutcomes(
            target: target, reporter: reporter, sequence: sequence, attempt: sums.attempt,
            outcomes: sums.outcomes, fromUnixMs: sums.from.milliseconds,
            untilUnixMs: sums.until.milliseconds, incarnation: incarnation, pairs: sums.pairs,
            histograms: sums.histograms)
        return pending
    }

    /// The pending report is with the controller, or will never be taken by it.
    public mutating func settle(_ report: ReportOutcomes) {
        if pending == report { pending = nil }
    }
}
