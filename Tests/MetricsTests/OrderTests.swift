import CairnCore
import CairnTestKit
import Metrics
import Statistics
import Testing

/// What comes of buckets against counting all pairs, for scores of every shape.
@Suite struct OrderTests {
    enum Shape: CaseIterable {
        case uniform, decimals, steep, logits, equal, offset, mixed, few
    }

    private static func scores(_ shape: Shape, _ count: Int, _ seed: UInt64) -> [Double] {
        var random = SeededRandom(seed: seed)
        func unit() -> Double { Double(random.next() >> 11) * 0x1p-53 }
        return (0..<count).map { _ in
            let p = unit()
            return switch shape {
            case .uniform: p
            case .decimals: (p * 100).rounded() / 100
            case .steep: p * p * p * p * p * p * p * p * p * p * p * p
            case .logits: (p - 0.5) / (p * (1 - p) + 1e-9)
            case .equal: 0.25
            case .offset: 1e9 + p
            case .mixed: p < 0.5 ? unit() * 1e-3 : p < 0.99 ? 1e9 + unit() : -1e300 * unit()
            case .few: (p * 3).rounded() - 1
            }
        }
    }

    @Test(arguments: Shape.allCases, [1, 2, 60, 3000, 20_000])
    func areasAreThoseOfSortedScores(shape: Shape, count: Int) throws {
        let scores = Self.scores(shape, count, 11)
        var random = SeededRandom(seed: 12)
        let truth = scores.map { _ in UInt8(random.next() % 3 == 0 ? 1 : 0) }
        try withViews(truth, scores, [Double](repeating: 1, count: count)) { (y, p, ones) in
            let bucketed = try ScoreRanks.ranked(
                truth: .uint8(y), scores: .float64(p), pointCountMax: 50, workers: 2)
            // Weights of one take the other way, which sorts.
            var ranks = ScoreRanks()
            try ranks.add(truth: .uint8(y), scores: .float64(p), weights: ones)
            let sorted = try ranks.ranked(pointCountMax: 50)
            #expect(bucketed.orderedPairs == sorted.orderedPairs)
            #expect(bucketed.bestF1 == sorted.bestF1)
            agree(bucketed.averagePrecision, sorted.averagePrecision)
            agree(bucketed.trapezoidPrecisionRecallAUC, sorted.trapezoidPrecisionRecallAUC)
            agree(bucketed.kolmogorovSmirnov, sorted.kolmogorovSmirnov)
            #expect(bucketed.points.last == sorted.points.last)
            #expect(bucketed.points.count <= 50)
            #expect(
                try ScoreRanks.rocAUC(truth: .uint8(y), scores: .float64(p)) == sorted.rocAUC)
        }
        try withViews(truth, scores.map(Float.init), nil) { (y, p, _) in
            let narrow = try ScoreRanks.ranked(truth: .uint8(y), scores: .float32(p))
            let wide = try p.pointer.map(Double.init).withView { p in
                try ScoreRanks.ranked(truth: .uint8(y), scores: .float64(p))
            }
            #expect(narrow.orderedPairs == wide.orderedPairs && narrow.bestF1 == wide.bestF1)
            agree(narrow.averagePrecision, wide.averagePrecision)
        }
    }

    /// Numbers for whom bins of equal width do, and others; places at the ends and in between.
    @Test(arguments: Shape.allCases, [65_535, 65_536, 150_001])
    func placesAreThoseOfSortedNumbers(shape: Shape, count: Int) {
        var numbers = Self.scores(shape, count, 31)
        (numbers[7], numbers[count / 2], numbers[count - 3]) = (-.infinity, -0.0, .infinity)
        let narrow = numbers.map(Float.init)
        let all = [0, 1, count / 10, count / 2, count / 2 + 1, count - 2, count - 1]
        for places in [all, [count / 2], Array(all[2...4])] {
            for workers in [1, 3] {
                let (start, end) = (count / 3, count - count / 3)
                let found = numbers.withUnsafeBufferPointer { numbers in
                    OrderStatistics.at(
                        places,
                        of: .float64([
                            .init(rebasing: numbers[..<start]),
                            .init(rebasing: numbers[start..<end]),
                            .init(rebasing: numbers[end...]),
                        ]), workers: workers)
                }
                let sorted = numbers.sorted()
                #expect(found == places.map { sorted[$0] }, "\(places), \(workers) workers")
                let foundNarrow = narrow.withUnsafeBufferPointer {
                    OrderStatistics.at(places, of: .float32([$0]), workers: workers)
                }
                let sortedNarrow = narrow.sorted()
                #expect(foundNarrow == places.map { Double(sortedNarrow[$0]) }, "\(places)")
            }
        }
        numbers[count - 5] = .nan
        numbers.withUnsafeBufferPointer {
            #expect(OrderStatistics.at([count / 2], of: .float64([$0]), workers: 2) == nil)
        }
    }

    private func agree(_ a: Double?, _ b: Double?) {
        #expect((a == nil) == (b == nil))
        if let a, let b { #expect(Vectors.agree(a, b, relative: 1e-12), "\(a), expected \(b)") }
    }

    @Test(arguments: Shape.allCases, [2, 60, 700])
    func correlationsAreThoseOfAllPairs(shape: Shape, count: Int) throws {
        let x = Self.scores(shape, count, 21)
        let y = zip(x, Self.scores(.decimals, count, 22)).map { $0 + $1 * 0.5 }
        let order = x.withUnsafeBufferPointer { x in
            y.withUnsafeBufferPointer { y in
                PairOrder([x], [y], wantsKendall: true, workers: 2)
            }
        }
        var (both, tiedX, tiedY) = (0, 0, 0)
        for i in 0..<count {
            for j in 0..<i {
                let (a, b) = (sign(x[i], x[j]), sign(y[i], y[j]))
                both += a * b
                tiedX += a == 0 ? 1 : 0
                tiedY += b == 0 ? 1 : 0
            }
        }
        let all = count * (count - 1) / 2
        let (apartX, apartY) = (Double(all - tiedX), Double(all - tiedY))
        agree(
            order?.kendallTauB,
            apartX > 0 && apartY > 0
                ? Double(both) / (apartX.squareRoot() * apartY.squareRoot()) : nil)
        agree(order?.spearman, spearman(x, y))
    }

    private func sign(_ a: Double, _ b: Double) -> Int { a > b ? 1 : a < b ? -1 : 0 }

    private func spearman(_ x: [Double], _ y: [Double]) -> Double? {
        func ranks(_ values: [Double]) -> [Double] {
            values.map { own in
                Double(values.count { $0 < own }) + Double(values.count { $0 == own } + 1) / 2
            }
        }
        let mean = Double(x.count + 1) / 2
        let (a, b) = (ranks(x).map { $0 - mean }, ranks(y).map { $0 - mean })
        let (aa, bb) = (zip(a, a).map(*).reduce(0, +), zip(b, b).map(*).reduce(0, +))
        return aa > 0 && bb > 0
            ? zip(a, b).map(*).reduce(0, +) / (aa.squareRoot() * bb.squareRoot()) : nil
    }
}
