import CairnCore
import Metrics

/// Columns of random values, the same for the same seed.
struct RandomColumns: Sendable {
    let count: Int
    let truth: [Int32]
    let predicted: [Int32]
    let isPositive: [Int32]
    let scores: [Float]
    let doubles: [Double]
    let rows: [Float]
    let numbers: [Double]
    let guesses: [Double]
    let weights: [Double]
    static let width = 10

    init(_ count: Int, seed: UInt64) {
        var random = SeededRandom(seed: seed)
        func unit() -> Double { Double(random.next() >> 11) * 0x1p-53 }
        func label() -> Int32 { Int32(random.next() % 10) }
        self.count = count
        truth = (0..<count).map { _ in label() }
        predicted = truth.map { own in unit() < 0.7 ? own : label() }
        // Some scores are equal, some at the ends.
        doubles = (0..<count).map { _ in
            let p = unit()
            return p < 0.1 ? (p * 100).rounded() / 10 : p
        }
        scores = doubles.map(Float.init)
        isPositive = doubles.map { unit() < $0 ? 1 : 0 }
        rows = (0..<count * Self.width).map { _ in Float(unit()) }
        numbers = (0..<count).map { _ in 1e6 + 100 * unit() }
        guesses = numbers.map { $0 + unit() - 0.4 }
        weights = (0..<count).map { _ in unit() < 0.1 ? 0 : unit() }
    }
}
