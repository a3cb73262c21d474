import CMetrics

/// What the metrics of several classes need to know of rows of scores, found in one pass over a block.
///
/// Where several metrics are wanted of the same rows, this is made once and given to each.
public struct RowFacts: Sendable {
    /// What to find; each costs time.
    public struct Wanted: OptionSet, Sendable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// The score of the truth: log loss.
        public static let given = Wanted(rawValue: 1)
        /// The largest score and its first class: calibration, predictions.
        public static let largest = Wanted(rawValue: 2)
        /// How many classes come before the truth: top-k accuracy.
        public static let ahead = Wanted(rawValue: 4)
        /// The squared distance to the truth: Brier score.
        public static let squares = Wanted(rawValue: 8)
        public static let all: Wanted = [.given, .largest, .ahead, .squares]
    }

    public let count: Int
    public let wanted: Wanted
    /// Log loss clips the scores given to the truth by this.
    let epsilon: Double
    let truth: [Int32]
    let given: [Double]
    public let largest: [Double]
    /// The class with the largest score of each row, the first of equals.
    public let top: [Int32]
    let ahead: [Int32]
    let squares: [Double]

    /// - Parameters:
    ///   - truth: from 0 to `width` − 1.
    ///   - rows: examples × classes, row by row.
    ///   - areProbabilities: whether scores must be from 0 to 1; else all numbers are right but NaN.
    public init(
        truth: LabelView, rows: ScoreView, width: Int, wanted: Wanted,
        areProbabilities: Bool = true
    ) throws(MetricError) {
        try Inputs.checkRows(rows, width: width, count: truth.count)
        let labels = truth.int32
        let count = labels.count
        func doubles(_ part: Wanted) -> [Double] {
            Array(repeating: 0, count: wanted.contains(part) ? count : 0)
        }
        func classes(_ part: Wanted) -> [Int32] {
            Array(repeating: 0, count: wanted.contains(part) ? count : 0)
        }
        var (given, largest, squares) = (doubles(.given), doubles(.largest), doubles(.squares))
        var (top, ahead, bad) = (classes(.largest), classes(.ahead), Int32(0))
        given.withUnsafeMutableBufferPointer { given in
            largest.withUnsafeMutableBufferPointer { largest in
                squares.withUnsafeMutableBufferPointer { squares in
                    top.withUnsafeMutableBufferPointer { top in
                        ahead.withUnsafeMutableBufferPointer { ahead in
                            var facts = cairn_row_facts(
                                given: given.orNil, largest: largest.orNil, top: top.orNil,
                                ahead: ahead.orNil, squares: squares.orNil)
                            Self.find(&facts, labels, rows, width, areProbabilities, &bad)
                        }
                    }
                }
            }
        }
        if bad != 0 {
            try Inputs.checkLabels(truth, below: width, "the truth")
            if areProbabilities {
                try Inputs.checkProbabilities(rows)
            } else {
                try Inputs.checkNumbers(rows, "the scores")
            }
            preconditionFailure("a kernel refused rows that are right")
        }
        (self.count, self.wanted, epsilon, self.truth) = (count, wanted, rows.epsilon, labels)
        (self.given, self.largest, self.squares) = (given, largest, squares)
        (self.top, self.ahead) = (top, ahead)
    }

    private static func find(
        _ facts: inout cairn_row_facts, _ labels: [Int32], _ rows: ScoreView, _ width: Int,
        _ areProbabilities: Bool, _ bad: inout Int32
    ) {
        let (count, width, kind) = (labels.count, UInt32(width), Int32(areProbabilities ? 1 : 0))
        let scratchCount = 64 * Int(width)
        switch rows {
        case .float32(let rows):
            withUnsafeTemporaryAllocation(of: Float.self, capacity: scratchCount) { scratch in
                scratch.initialize(repeating: 0)
                cairn_row_facts_f32(
                    rows.start, labels, count, width, kind, scratch.baseAddress, &facts, &bad)
            }
        case .float64(let rows):
            withUnsafeTemporaryAllocation(of: Double.self, capacity: scratchCount) { scratch in
                scratch.initialize(repeating: 0)
                cairn_row_facts_f64(
                    rows.start, labels, count, width, kind, scratch.baseAddress, &facts, &bad)
            }
        }
    }

    func require(_ part: Wanted) {
        precondition(wanted.contains(part), "facts \(part.rawValue) of rows were not asked for")
    }
}

extension UnsafeMutableBufferPointer {
    /// Nothing where there is no place for what a kernel would write.
    fileprivate var orNil: UnsafeMutablePointer<Element>? { isEmpty ? nil : baseAddress }
}

extension LabelView {
    /// In the type that kernels over rows take.
    var int32: [Int32] {
        switch self {
        case .uint8(let column): column.pointer.map(Int32.init)
        case .int32(let column): Array(column.pointer)
        }
    }
}
