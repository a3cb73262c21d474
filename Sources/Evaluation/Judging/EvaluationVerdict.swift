/// What an evaluation says about a version.
public enum EvaluationVerdict: String, Sendable, CaseIterable {
    case pass, fail, inconclusive
    /// No numbers: the runner failed, or the predictions are bad.
    case error
    /// No numbers: somebody did not want them any more.
    case cancelled

    /// Whether there are numbers, good or bad.
    public var hasNumbers: Bool {
        switch self {
        case .pass, .fail, .inconclusive: true
        case .error, .cancelled: false
        }
    }

    /// The verdict of several gates: the gravest of theirs.
    static func of(_ verdicts: some Sequence<EvaluationVerdict>) -> EvaluationVerdict {
        let gravity: [EvaluationVerdict] = [.pass, .inconclusive, .fail, .cancelled, .error]
        return verdicts.max { gravity.firstIndex(of: $0)! < gravity.firstIndex(of: $1)! } ?? .pass
    }
}
