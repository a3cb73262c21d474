/// What an evaluation says about a version.
public enum EvaluationVerdict: String, Sendable, CaseIterable {
    case pass, fail, inconclusive
    /// No numbers: the runner failed, or the predictions are bad.
    case error

    /// The verdict of several gates: the gravest of theirs.
    static func of(_ verdicts: some Sequence<EvaluationVerdict>) -> EvaluationVerdict {
        let gravity: [EvaluationVerdict] = [.pass, .inconclusive, .fail, .error]
        return verdicts.max { gravity.firstIndex(of: $0)! < gravity.firstIndex(of: $1)! } ?? .pass
    }
}
