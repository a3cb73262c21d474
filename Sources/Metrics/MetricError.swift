import Statistics

/// Why a metric gives no number.
public enum MetricError: Error, Equatable, CustomStringConvertible {
    /// There is nothing to measure: no example, no weight, no token.
    case insufficientData(String)
    /// Inputs contradict each other or what they must be: lengths, ranges, NaN.
    case invalidInput(String)

    public var description: String {
        switch self {
        case .insufficientData(let why), .invalidInput(let why): why
        }
    }
}

/// What all metrics ask of their inputs.
enum Inputs {
    static func checkCounts(_ counts: [Int]) throws(MetricError) {
        guard Set(counts).count <= 1 else {
            throw .invalidInput(
                "\(counts.map(String.init).joined(separator: ", ")) values; expected as many of each"
            )
        }
        guard counts.first ?? 0 > 0 else { throw .insufficientData("there is no example") }
    }

    /// Non-negative, and not all zero; `nil` is one each.
    static func weights(_ weights: [Double]?, count: Int) throws(MetricError) -> [Double]? {
        guard let weights else { return nil }
        try checkCounts([weights.count, count])
        guard weights.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
            throw .invalidInput("a weight is negative or no number")
        }
        guard weights.contains(where: { $0 > 0 }) else {
            throw .insufficientData("all weights are zero")
        }
        return weights
    }

    static func checkProbabilities(_ values: some Sequence<Double>) throws(MetricError) {
        for value in values where !(value >= 0 && value <= 1) {
            throw .invalidInput("a probability is \(value); expected one from 0 to 1")
        }
    }

    static func checkNumbers(_ values: [Double], _ what: String) throws(MetricError) {
        for value in values where value.isNaN { throw .invalidInput("\(what) holds a NaN") }
    }
}

extension Sequence<Double> {
    var exactSum: Double { CompensatedSum(of: self).value }
}
