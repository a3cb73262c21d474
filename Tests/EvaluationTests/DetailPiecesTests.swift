import CairnCore
import Testing

@testable import Evaluation

@Suite struct DetailPiecesTests {
    @Test(arguments: [ScoreScale.fine, .coarse]) func binsRiseWithTheScore(_ scale: ScoreScale) {
        var scores = [
            0, 1e-300, 0x1p-40, 0x1p-32, 0.1, 0.25, 0.5.nextDown, 0.5, 0.75, 1.0.nextDown, 1,
        ]
        var random = SeededRandom(seed: 7)
        for _ in 0..<2_000 {
            let p = Double.random(in: 0...1, using: &random)
            scores += [p, p * p * p, 1 - p * p * p]
        }
        scores.sort()
        #expect(scale.bin(0) == 0)
        #expect(scale.bin(1) == scale.binCount - 1)
        for (a, b) in zip(scores, scores.dropFirst()) {
            #expect(scale.bin(a) <= scale.bin(b), "\(a) and \(b)")
        }
        for score in scores {
            let bin = scale.bin(score)
            #expect(
                scale.low(bin) <= score
                    && (bin + 1 == scale.binCount || score <= scale.low(bin + 1)))
        }
        #expect(scale.bin(0.3) != scale.bin(0.3 * (1 + 0x1p-4)))
    }

    /// Every point of a curve of bins is a point of the exact curve.
    @Test func curvesOfBinsRunThroughTheExactOnes() throws {
        var random = SeededRandom(seed: 3)
        let rows = (0..<5_000).map { _ -> (score: Double, isPositive: Bool) in
            let isPositive = Int.random(in: 0..<10, using: &random) == 0
            let p = Double.random(in: 0...1, using: &random)
            return (isPositive ? 1 - p * p : p * p * p, isPositive)
        }
        var bins = RankedBins(.coarse)
        for row in rows { bins.add(row.score, isPositive: row.isPositive, weight: 1) }
        let curves = bins.curves(label: "")
        let (p, n) = (rows.count { $0.isPositive }, rows.count { !$0.isPositive })
        let roc = try #require(curves.first { $0.kind == .roc })
        #expect(roc.points.count <= 1_000)
        #expect(roc.points.first?.x == 0 && roc.points.first?.y == 0)
        #expect(roc.points.last?.x == 1 && roc.points.last?.y == 1)
        for point in roc.points.dropFirst() {
            let above = rows.filter { $0.score > point.threshold || $0.score == point.threshold }
            let (tp, fp) = (above.count { $0.isPositive }, above.count { !$0.isPositive })
            #expect(point.y == Double(tp) / Double(p) && point.x == Double(fp) / Double(n))
        }
        #expect(RankedBins(.fine).curves(label: "").isEmpty)
    }

    @Test func thinningKeepsEndsAndPeaks() {
        let points = (0..<50_000).map {
            DetailCurve.Point(x: Double($0), y: $0 == 31_415 ? 5 : 0)
        }
        let thinned = Thinning.thinned(points)
        #expect(thinned.count == 1_000)
        #expect(thinned.first == points.first && thinned.last == points.last)
        #expect(thinned.contains { $0.y == 5 })
        #expect(zip(thinned, thinned.dropFirst()).allSatisfy { $0.x < $1.x })
        #expect(Thinning.thinned(Array(points.prefix(10))).count == 10)
    }

    @Test func aWideHistogramForgetsTheOrder() throws {
        for seed in 0..<20 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            let scale = [1e-9, 1, 1e6, 1e200][Int(seed % 4)]
            var values = (0..<500).map { _ in
                (Double.random(in: -1...1, using: &random) * scale)
                    * Double.random(in: 0...1, using: &random)
            }
            values += [0, scale, -scale]
            let all = values.reduce(into: WideHistogram()) { $0.add($1) }
            let shuffled = values.shuffled(using: &random).reduce(into: WideHistogram()) {
                $0.add($1)
            }
            var parts = values[..<250].reduce(into: WideHistogram()) { $0.add($1) }
            parts.merge(values[250...].reduce(into: WideHistogram()) { $0.add($1) })
            let histogram = try #require(all.histogram("error"))
            #expect(histogram == shuffled.histogram("error"), "seed \(seed)")
            #expect(histogram == parts.histogram("error"), "seed \(seed)")
            #expect(histogram.counts.reduce(0, +) == 503)
            #expect(histogram.counts.count == 50)
            #expect(histogram.low == -scale && histogram.high == scale, "seed \(seed)")
            let width = 2 * scale / 50
            for (bin, count) in histogram.counts.enumerated() {
                let range = (Double(bin) * width - scale)...(Double(bin + 1) * width - scale)
                let exact = values.count { range.contains($0) }
                #expect((exact - Int(count)).magnitude <= 4, "seed \(seed), bin \(bin)")
            }
        }
    }

    @Test func farValuesAreLeftOutAndSaidSo() throws {
        var histogram = WideHistogram()
        for index in 0..<1_000 { histogram.add(Double(index) / 1_000) }
        histogram.add(1e9)
        histogram.add(.infinity)
        let shown = try #require(histogram.histogram("error"))
        #expect(shown.name == "error, without 10 far values")
        #expect(shown.high < 10)
        var same = WideHistogram()
        for _ in 0..<3 { same.add(2.5) }
        #expect(same.histogram("x") == DetailHistogram("x", low: 2.5, high: 2.5, counts: [3]))
        #expect(WideHistogram().histogram("x") == nil)
    }

    @Test func wholeNumbersShareTheirBinsEvenly() throws {
        var lengths = WideHistogram()
        for length in 0..<70 { lengths.add(Double(length)) }
        let shown = try #require(lengths.histogram("tokens"))
        #expect(shown.low == -0.5 && shown.high == 69.5)
        #expect(shown.counts == [UInt64](repeating: 2, count: 35))
        var far = WideHistogram()
        for value in [-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude, 0, 1] {
            far.add(value)
        }
        #expect(try #require(far.histogram("x")).counts.reduce(0, +) == 4)
    }

    @Test func confidencesFallIntoTheBinAboveTheirEdge() {
        var counts = CalibrationCounts()
        for k in 0...15 { counts.add(Double(k) / 15, isRight: k % 2 == 0) }
        #expect(counts.bins.map(\.count) == [UInt64](repeating: 1, count: 14) + [2])
        #expect(counts.bins[14].accuracy == 0.5)
        #expect((counts.bins[3].meanConfidence - 0.2).magnitude < 1e-9)
    }

    @Test func theWorstAreTheWorstWhateverTheOrder() {
        for seed in 0..<20 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            let losses = (0..<1_000).map { _ in Double(Int.random(in: 0..<200, using: &random)) }
            var list = WorstList()
            for (place, loss) in losses.enumerated() { list.add(loss, place: place, row: place) }
            let want = losses.enumerated().sorted {
                ($1.element, $0.offset) < ($0.element, $1.offset)
            }
            #expect(list.sorted.map(\.place) == want.prefix(100).map(\.offset), "seed \(seed)")
        }
        var list = WorstList()
        list.add(.nan, place: 0, row: 0)
        #expect(list.sorted.isEmpty)
    }

    @Test func excerptsEndBetweenLetters() {
        let text = String(repeating: "ä€😀", count: 60)
        let cut = WorstExample.excerpt(Array(text.utf8))
        #expect(cut.utf8.count <= 200 && cut.utf8.count > 190)
        #expect(cut.last == "…" && text.hasPrefix(cut.dropLast()))
        #expect(WorstExample.excerpt(Array("short".utf8)) == "short")
    }

    @Test func theDrawIsEvenAndTheSameForEveryWayToBlocks() {
        let count = 5_000_000
        let drawn = DrawnRows(exampleCount: count)
        var (places, perDigit) = ([Int](), [Int](repeating: 0, count: 10))
        var start = 0
        while start < count {
            let size = min(65_536, count - start)
            let block = PredictionBlock(
                count: size, examples: .consecutive(from: start), answers: .numbers(.float32([])))
            let rows = drawn.rows(of: block)
            let listed = PredictionBlock(
                count: size, examples: .listed((start..<start + size).map(Int32.init)),
                answers: .numbers(.float32([])))
            if start % 3 == 0 { #expect(rows == drawn.rows(of: listed)) }
            places += rows.map { $0 + start }
            start += size
        }
        for place in places { perDigit[place % 10] += 1 }
        #expect((drawn.count - 1...drawn.count + 1).contains(places.count))
        #expect(places.count <= DrawnRows.countMax)
        // A data set that counts from 0 to 9 over and over is still drawn evenly.
        for share in perDigit { #expect((share * 10 - places.count).magnitude < places.count / 50) }
        #expect(DrawnRows(exampleCount: 1_000).count == 0)
    }
}
