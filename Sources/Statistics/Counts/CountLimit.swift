/// The largest count that tests take, far above any traffic: sums of counts stay exact and the
/// distributions stay accurate.
public let largestCount = 1_000_000_000_000

extension Int {
    /// Whether a test can take this as a count.
    var isCount: Bool { (0...largestCount).contains(self) }
}
