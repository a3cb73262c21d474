/// A running sum that carries its rounding errors along.
///
/// The result depends on the order of the terms only in the last bit or two.
/// Source: Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation, 1974.
public struct CompensatedSum: Equatable, Sendable {
    private var sum = 0.0
    private var error = 0.0

    public init() {}

    public init(of values: some Sequence<Double>) { for value in values { add(value) } }

    public mutating func add(_ value: Double) {
        let next = sum + value
        guard next.isFinite else { return sum = next }
        error += sum.magnitude >= value.magnitude ? (sum - next) + value : (value - next) + sum
        sum = next
    }

    public mutating func merge(_ other: CompensatedSum) {
        add(other.sum)
        error += other.error
    }

    public var value: Double { sum.isFinite ? sum + error : sum }
}

extension CompensatedSum: StoredAsNumbers {
    public var numbers: [Double] { [sum, error] }

    public init?(numbers: [Double]) {
        guard numbers.count == 2, !numbers.contains(where: \.isNaN) else { return nil }
        (sum, error) = (numbers[0], numbers[1])
    }
}
