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
