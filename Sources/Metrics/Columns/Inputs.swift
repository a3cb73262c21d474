import CMetrics
import Statistics

/// What all metrics ask of their inputs.
enum Inputs {
    /// For inputs that must be there, and as many of each.
    static func checkCounts(_ counts: [Int]) throws(MetricError) {
        try checkSame(counts)
        guard counts.first ?? 0 > 0 else { throw .insufficientData("there is no example") }
    }

    /// Columns of one block; it may be empty.
    static func checkSame(_ counts: [Int]) throws(MetricError) {
        guard counts.allSatisfy({ $0 == counts[0] }) else {
            throw .invalidInput(
                "\(counts.map(String.init).joined(separator: ", ")) values; expected as many of each"
            )
        }
    }

    /// Non-negative and finite, as many as there are examples.
    static func check(_ weights: ColumnView<Double>?, count: Int) throws(MetricError) {
        guard let weights else { return }
        try checkSame([weights.count, count])
        for weight in weights.pointer where !(weight >= 0 && weight.isFinite) {
            throw .invalidInput("a weight is \(weight); expected 0 or more")
        }
    }

    /// Rows of one width behind one another.
    static func checkRows(_ rows: ScoreView, width: Int, count: Int) throws(MetricError) {
        guard width >= 1, rows.count == width * count else {
            throw .invalidInput(
                "\(rows.count) values in rows of \(width); expected \(count) rows")
        }
    }

    static func checkProbabilities(_ values: ScoreView) throws(MetricError) {
        for index in 0..<values.count where !(values[index] >= 0 && values[index] <= 1) {
            throw .invalidInput("a probability is \(values[index]); expected one from 0 to 1")
        }
    }

    static func checkNumbers(_ values: ScoreView, _ what: String) throws(MetricError) {
        for index in 0..<values.count where values[index].isNaN {
            throw .invalidInput("\(what) holds a NaN")
        }
    }

    static func checkLabels(
        _ labels: LabelView, below bound: Int, _ what: String
    ) throws(MetricError) {
        for index in 0..<labels.count where !(0..<bound).contains(labels[index]) {
            throw .invalidInput(
                "\(what) holds class \(labels[index]); expected one from 0 to \(bound - 1)")
        }
    }

    /// An array that a kernel fills.
    static func values(
        _ count: Int, _ body: (UnsafeMutableBufferPointer<Double>) throws(MetricError) -> Void
    ) throws(MetricError) -> [Double] {
        var values = [Double](repeating: 0, count: count)
        try values.withUnsafeMutableBufferPointer { (out) throws(MetricError) in try body(out) }
        return values
    }

    static let noExample = MetricError.insufficientData("there is no example")
    static let noWeight = MetricError.insufficientData("all weights are zero")
}

/// A mean over examples that may weigh differently, block by block.
package struct MeanOfExamples: Accumulator, Equatable {
    package private(set) var count = 0
    private var sum = CompensatedSum()
    private var weight = CompensatedSum()

    package init() {}

    package mutating func add(_ value: Double, weight: Double = 1) {
        count += 1
        // An infinite loss of an example without weight is none.
        if weight > 0 { sum.add(value * weight) }
        self.weight.add(weight)
    }

    /// A value for each example of a block; what weighs 0 counts nothing, be it infinite.
    mutating func add(
        _ values: [Double], _ weights: ColumnView<Double>?
    ) throws(MetricError) {
        if let weights { try Inputs.checkSame([values.count, weights.count]) }
        var (sum, weight, bad) = (0.0, 0.0, Int32(0))
        cairn_weighted_sum(
            values, weights?.pointer.baseAddress, values.count, &sum, &weight, &bad)
        if bad != 0 { try Inputs.check(weights, count: values.count) }
        add(sum: sum, weight: weight, count: values.count)
    }

    /// Values of which those that are not counted are 0.
    mutating func add(_ values: [Double], count: Int) {
        var (sum, weight, bad) = (0.0, 0.0, Int32(0))
        cairn_weighted_sum(values, nil, values.count, &sum, &weight, &bad)
        add(sum: sum, weight: Double(count), count: count)
    }

    /// What a kernel made of a block.
    mutating func add(sum: Double, weight: Double, count: Int) {
        self.count += count
        self.sum.add(sum)
        self.weight.add(weight)
    }

    package mutating func merge(_ other: MeanOfExamples) {
        count += other.count
        sum.merge(other.sum)
        weight.merge(other.weight)
    }

    var totalWeight: Double { weight.value }

    func requireExamples() throws(MetricError) {
        guard count > 0 else { throw Inputs.noExample }
        guard weight.value > 0 else { throw Inputs.noWeight }
    }

    package var value: Double {
        get throws(MetricError) {
            try requireExamples()
            return sum.value / weight.value
        }
    }
}

extension Sequence<Double> {
    var exactSum: Double { CompensatedSum(of: self).value }
}
