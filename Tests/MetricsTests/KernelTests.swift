import CMetrics
import CairnTestKit
import Metrics
import Testing

import func Glibc.exp
import func Glibc.log
import func Glibc.log1p
import func Glibc.log2

/// Kernels against the plain definition, for lengths around those of vectors, pieces and stages.
@Suite struct KernelTests {
    static let counts = [1, 2, 7, 8, 9, 31, 32, 33, 100, 511, 513, 1023, 1025, 5000]

    private func agree(_ a: Double, _ b: Double, _ what: String) {
        #expect(Vectors.agree(a, b, relative: 1e-12), "\(what): \(a), expected \(b)")
    }

    @Test(arguments: counts) func binary(count: Int) throws {
        let columns = RandomColumns(count, seed: UInt64(count))
        let (y, p) = (columns.isPositive, columns.scores)
        let losses = zip(y, p).map { y, p in
            let p = min(max(Double(p), 0x1p-23), 1 - 0x1p-23)
            return -log(y == 1 ? p : 1 - p)
        }
        try withViews(y, p, nil) { (truth, scores, _) in
            let (truth, scores) = (LabelView.int32(truth), ScoreView.float32(scores))
            var (logLoss, brier) = (LogLoss(), BrierScore())
            try logLoss.add(truth: truth, scores: scores)
            try brier.add(truth: truth, scores: scores)
            agree(try logLoss.value, losses.reduce(0, +) / Double(count), "log loss")
            let squares = zip(y, p).map { (Double($1) - Double($0)) * (Double($1) - Double($0)) }
            agree(try brier.value, squares.reduce(0, +) / Double(count), "Brier")
            var each = [Double](repeating: 0, count: count)
            try each.withUnsafeMutableBufferPointer { out in
                try LogLoss.each(truth: truth, scores: scores, into: out)
            }
            for index in 0..<count { agree(each[index], losses[index], "loss \(index)") }
        }
    }

    @Test(arguments: counts, [1, 3, 10, 64, 100]) func calibration(count: Int, bins: Int) throws {
        let columns = RandomColumns(count, seed: UInt64(count + bins))
        let edges = (0...bins).map { Double($0) / Double(bins) }
        // Values on the edges, and beside them.
        let p = columns.doubles + edges + edges.map(\.nextDown).dropFirst()
        let y = p.indices.map { Int32($0 % 2) }
        var want = [(count: Int, right: Int, confidence: Double)](
            repeating: (0, 0, 0), count: bins)
        for (p, y) in zip(p, y) {
            let bin = min(bins - 1, edges.lastIndex { $0 <= p } ?? 0)
            want[bin].count += 1
            want[bin].right += Int(y)
            want[bin].confidence += p
        }
        var calibration = Calibration(binCount: bins)
        try withViews(y, p, nil) { (truth, scores, _) in
            try calibration.add(truth: .int32(truth), scores: .float64(scores))
        }
        for (bin, want) in zip(calibration.bins, want) {
            #expect(bin.count == want.count)
            guard want.count > 0 else { continue }
            agree(bin.accuracy, Double(want.right) / Double(want.count), "accuracy")
            agree(bin.meanConfidence, want.confidence / Double(want.count), "confidence")
        }
    }

    @Test(arguments: counts, [1, 2, 16, 17, 70, 300]) func classes(count: Int, classes: Int) throws
    {
        let columns = RandomColumns(count, seed: UInt64(count + classes))
        let truth = columns.doubles.map { Int32($0 * Double(classes - 1)) }
        let predicted = columns.weights.map { Int32($0 * Double(classes - 1)) }
        var want: [[Double]] = Array(repeating: Array(repeating: 0, count: classes), count: classes)
        for (t, p) in zip(truth, predicted) { want[Int(t)][Int(p)] += 1 }
        var matrix = ClassMatrix(classCount: classes)
        try withViews(truth, predicted, nil) { (truth, predicted, _) in
            try matrix.add(truth: .int32(truth), predicted: .int32(predicted))
        }
        #expect(matrix.matrix(Array(0..<classes)) == want)
        guard classes <= 256 else { return }
        var narrow = ClassMatrix(classCount: classes)
        try withViews(truth.map(UInt8.init), predicted.map(UInt8.init), nil) {
            (truth, predicted, _) in
            try narrow.add(truth: .uint8(truth), predicted: .uint8(predicted))
        }
        #expect(narrow == matrix)
    }

    @Test(arguments: counts, [1, 2, 5, 16, 17, 70]) func rows(count: Int, width: Int) throws {
        let columns = RandomColumns(count * width, seed: UInt64(count * width))
        // Few values, so that many are equal.
        let rows = columns.doubles.map { ($0 * 8).rounded() / 8 }
        let truth = (0..<count).map { Int32($0 * 7 % width) }
        let facts = try withViews(truth, rows, nil) { (truth, rows, _) in
            try RowFacts(
                truth: .int32(truth), rows: .float64(rows), width: width, wanted: .all)
        }
        let (tops, squares) = (facts.top, BrierScore.each(facts))
        for index in 0..<count {
            let row = Array(rows[index * width..<(index + 1) * width])
            let own = Int(truth[index])
            #expect(Int(tops[index]) == row.firstIndex(of: row.max() ?? 0))
            let ahead = row.indices.count { row[$0] > row[own] || row[$0] == row[own] && $0 > own }
            for k in 1...3 {
                #expect(TopK.each(k, facts)[index] == (ahead < k ? 1 : 0))
            }
            let want = row.indices.reduce(0.0) { sum, place in
                let distance = row[place] - (place == own ? 1 : 0)
                return sum + distance * distance
            }
            agree(squares[index], want, "squares")
        }
    }

    @Test(arguments: counts, [1, 2, 5, 16, 17, 70]) func topsOfRows(count: Int, width: Int) throws {
        let columns = RandomColumns(count * width, seed: UInt64(count * width + 1))
        // Few values, so that many are equal; each row adds up to 1.
        var rows = columns.doubles.map { ($0 * 8).rounded() + 1 }
        for row in 0..<count {
            let range = row * width..<(row + 1) * width
            let sum = rows[range].reduce(0, +)
            for place in range { rows[place] /= sum }
        }
        func tops(_ rows: [Double]) -> [[Int32]?] {
            var found: [[Int32]?] = []
            rows.withView { found.append(ProbabilityRows.tops(.float64($0), width: width)) }
            let narrow = rows.map { Float($0) }
            narrow.withView { found.append(ProbabilityRows.tops(.float32($0), width: width)) }
            return found
        }
        let want = (0..<count).map { row in
            let own = rows[row * width..<(row + 1) * width]
            return Int32(own.firstIndex(of: own.max() ?? 0)! - row * width)
        }
        #expect(tops(rows) == [want, want])
        guard count > 0 else { return }
        for bad in [.nan, -0.001, 1.001, .infinity] {
            var rows = rows
            rows[count * width / 2] = bad
            #expect(tops(rows) == [nil, nil], "\(bad)")
        }
        // No score is outside of 0 and 1, but one row adds up to less.
        var short = rows
        for place in (count - 1) * width..<count * width { short[place] *= 0.98 }
        #expect(tops(short) == [nil, nil])
        for place in (count - 1) * width..<count * width { short[place] /= 0.98 * 1.005 }
        #expect(tops(short) == [want, want])
    }

    @Test func functionsAreThoseOfTheLibrary() {
        var random = RandomColumns(4000, seed: 5).doubles.map { $0 + 1e-12 }
        random += random.map { $0 * 1e300 } + random.map { $0 * 1e-300 }
        for x in random {
            #expect(Vectors.agree(cairn_log(x), log(x), relative: 5e-16), "log \(x)")
            #expect(Vectors.agree(cairn_log2(x), log2(x), relative: 5e-16), "log2 \(x)")
            let small = x > 1e100 ? -1 / (x + 1) : x - 1e-9
            #expect(Vectors.agree(cairn_log1p(small), log1p(small), relative: 5e-16), "\(small)")
            for sign in [-700.0, 700] where x < 1 {
                let power = x * sign
                #expect(Vectors.agree(cairn_exp(power), exp(power), relative: 5e-16), "\(power)")
            }
        }
        #expect(cairn_log(0) == -.infinity && cairn_log(.infinity) == .infinity)
        #expect(cairn_log(-1).isNaN && cairn_exp(.nan).isNaN)
        #expect(cairn_exp(-.infinity) == 0 && cairn_exp(.infinity) == .infinity)
        #expect(cairn_exp(0) == 1 && cairn_log(1) == 0 && cairn_log2(1024) == 10)
        #expect(cairn_log1p(-1) == -.infinity && cairn_log1p(0) == 0)
    }
}
