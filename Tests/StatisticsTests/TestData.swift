import CairnCore
import CairnTestKit

@testable import Statistics

/// The seeds that properties run over; one that ever failed stays in the list.
let seeds: [UInt64] = Array(1...40)

extension SeededRandom {
    /// Uniform in [0, 1).
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Standard normal, by inversion.
    mutating func normal() -> Double { NormalDistribution.quantile(max(unit(), 0x1p-53)) }

    mutating func int(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func coin(_ probability: Double) -> Bool { unit() < probability }

    mutating func normals(_ count: Int, mean: Double = 0) -> [Double] {
        (0..<count).map { _ in mean + normal() }
    }

    /// Samples of all the shapes that hurt: ties, a large offset, extremes of the range, constants.
    mutating func awkwardSample(_ count: Int) -> [Double] {
        let values = normals(count)
        switch int(in: 0...6) {
        case 0: return values.map { $0.rounded() }
        case 1: return values.map { 1e12 + $0 * 1e-3 }
        case 2: return values.map { $0 * 2e307 }
        case 3: return values.map { ($0 * 1000).rounded() * .leastNonzeroMagnitude }
        case 4: return values.map { _ in 3.25 }
        default: return values
        }
    }
}
