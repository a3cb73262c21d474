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
