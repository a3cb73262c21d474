/// A share of traffic in hundredths of a percent, 0 to 10,000.
public struct BasisPoints: Hashable, Comparable, Sendable, CustomStringConvertible {
    public static let zero = BasisPoints(unchecked: 0)
    public static let all = BasisPoints(unchecked: 10_000)

    public let value: Int

    private init(unchecked value: Int) { self.value = value }

    /// - Returns: `nil` outside 0…10,000.
    public init?(_ value: Int) {
        guard (0...10_000).contains(value) else { return nil }
        self.value = value
    }

    /// What is left for the other arm.
    public var complement: BasisPoints { BasisPoints(unchecked: 10_000 - value) }

    /// The share as a number from 0 to 1.
    public var fraction: Double { Double(value) / 10_000 }

    public static func < (a: BasisPoints, b: BasisPoints) -> Bool { a.value < b.value }

    /// In percent: `5 %`, `0.25 %`.
    public var description: String {
        let (whole, rest) = (value / 100, value % 100)
        if rest == 0 { return "\(whole) %" }
        let digits = rest % 10 == 0 ? "\(rest / 10)" : (rest < 10 ? "0\(rest)" : "\(rest)")
        return "\(whole).\(digits) %"
    }
}
