import CairnCore

/// How long to wait before the next try: doubling from `first` to `most`, with full jitter.
///
/// Source: Brooker, Exponential Backoff and Jitter, 2015 ("full jitter").
public struct RetryPolicy: Sendable, Equatable {
    public var first: Duration
    public var most: Duration

    public init(first: Duration = .milliseconds(50), most: Duration = .seconds(10)) {
        (self.first, self.most) = (first, most)
    }

    /// The wait after `failures` failed tries in a row (1 or more): uniform in 0…bound, never 0.
    public func wait(after failures: Int, using random: inout some RandomNumberGenerator)
        -> Duration
    {
        let doublings = min(max(0, failures - 1), 30)
        let bound = min(most.wholeNanoseconds, first.wholeNanoseconds << Int64(doublings))
        return .nanoseconds(Int64.random(in: 1...max(1, bound), using: &random))
    }
}
