/// Which of two answers to one request was the better one: stable's, which was seen, or the
/// candidate's, which was mirrored.
public enum MirrorComparison: Sendable, Equatable, CaseIterable {
    case candidateBetter, stableBetter
    /// No evidence either way.
    case tie

    /// By what became of the two: one that failed loses to one that did not; else the larger score
    /// wins, where both have one and they are further apart than `margin`.
    public init(stable: Outcome, candidate: Outcome, margin: Double = 0) {
        if stable.failed != candidate.failed {
            self = stable.failed ? .candidateBetter : .stableBetter
        } else if let a = stable.score, let b = candidate.score, (b - a).magnitude > margin {
            self = b > a ? .candidateBetter : .stableBetter
        } else {
            self = .tie
        }
    }
}
