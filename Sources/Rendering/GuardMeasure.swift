import Messages

/// In what a guard's or a detector's evidence is measured.
enum GuardMeasure: String {
    case evidence = "e-process"
    case threshold
    /// Two parts of a window, and the gap between their rates that chance allows.
    case gap = "adwin"
    case sum = "cusum"
    case stability = "psi"

    init(_ kind: String) {
        switch kind {
        case "failure_rate_max": self = .threshold
        case "adwin", "adwin_latency": self = .gap
        case "cusum_scores", "cusum_latency": self = .sum
        case "psi": self = .stability
        default: self = .evidence
        }
    }

    var isShare: Bool { self == .threshold || self == .gap }

    /// Before the figure.
    var mark: String {
        switch self {
        case .evidence: "e "
        case .threshold: ""
        case .gap: "gap "
        case .sum: "S "
        case .stability: "PSI "
        }
    }

    /// Of a detector, which has one arm; `nil` of a guard.
    func counts(of item: GuardStatus) -> String? {
        let requests = Quantity.count(item.stableRequests)
        switch self {
        case .evidence, .threshold: return nil
        case .gap:
            let what = item.kind == "adwin" ? "failed" : "were slow"
            let share = Quantity.percent(
                Double(item.stableFailures) / Double(max(1, item.stableRequests)))
            return "\(Quantity.count(item.stableFailures)) of \(requests) \(what) (\(share))"
        case .sum:
            return "\(requests) values in \(Quantity.count(item.events, of: "window"))"
        case .stability:
            return
                "\(requests) values in the last of \(Quantity.count(item.events, of: "window"))"
        }
    }
}
