/// What became of a request, or of a part of it that is known later.
public struct Outcome: Sendable, Equatable {
    /// Counts a request. False for a judgement that comes after the answer was counted.
    public var isAnswer: Bool
    public var failed: Bool
    public var latencyMilliseconds: Double?
    /// A quality score, larger is better; not finite counts as none.
    public var score: Double?

    public init(
        isAnswer: Bool = true, failed: Bool = false, latencyMilliseconds: Double? = nil,
        score: Double? = nil
    ) {
        (self.isAnswer, self.failed) = (isAnswer, failed)
        (self.latencyMilliseconds, self.score) = (latencyMilliseconds, score)
    }

    /// A request was answered.
    public static func answered(latencyMilliseconds: Double? = nil, failed: Bool = false) -> Outcome
    {
        Outcome(failed: failed, latencyMilliseconds: latencyMilliseconds)
    }

    /// What is known of a request after it was counted as answered: a label came in.
    public static func judged(failed: Bool, score: Double? = nil) -> Outcome {
        Outcome(isAnswer: false, failed: failed, score: score)
    }
}
