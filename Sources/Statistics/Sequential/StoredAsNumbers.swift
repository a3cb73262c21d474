import func Glibc.exp

/// A running statistic whose whole state, settings included, is a short list of numbers.
///
/// `Self(numbers: x.numbers) == x`, so a controller can keep the list in its event log and go on
/// after a restart as if nothing had happened.
public protocol StoredAsNumbers: Equatable, Sendable {
    /// Every setting and every running value; only finite numbers, −∞ and ∞.
    var numbers: [Double] { get }

    /// - Returns: `nil` for a list that no value of this type has.
    init?(numbers: [Double])
}

/// The p-value that evidence of this size is worth: min(1, 1/e).
func evidenceToP(_ logEvidence: Double) -> Double { min(1, exp(-logEvidence)) }
