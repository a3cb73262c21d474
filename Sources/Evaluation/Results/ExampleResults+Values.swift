import func Glibc.log

extension ExampleResults {
    /// `count` values; those of examples that were not answered mean nothing. With weights, scaled so
    /// that their mean over the examples answered is the weighted mean.
    ///
    /// - Returns: `nil` where they were not kept and follow from nothing that was.
    public func values(of column: ExampleColumn) -> [Double]? {
        guard var values = plainValues(of: column) else { return nil }
        if let weights = columns[.weight].flatMap(Self.doubles) {
            for index in values.indices { values[index] *= weights[index] }
        }
        return values
    }

    /// Without weights.
    func plainValues(of column: ExampleColumn) -> [Double]? {
        if let kept = columns[column] {
            if case .scaled(let base, let factor) = kept {
                return plainValues(of: base)?.map { $0 * factor }
            }
            return Self.doubles(kept)
        }
        return losses(column) ?? errors(column)
    }

    static func doubles(_ values: ExampleValues) -> [Double]? {
        switch values {
        case .bits(let bits): (0..<bits.count).map { bits[$0] ? 1 : 0 }
        case .uint8(let values): values.map(Double.init)
        case .int32(let values): values.map(Double.init)
        case .float32(let values): values.map(Double.init)
        case .float64(let values): values
        case .scaled: nil
        }
    }

    /// Of probabilities, clipped by the ε of the type they were stored in.
    private func losses(_ column: ExampleColumn) -> [Double]? {
        switch column {
        case .logLoss:
            if let kept = columns[.truthProbability], let values = Self.doubles(kept) {
                return values.map { Self.loss($0, kept.epsilon) }
            }
            guard let kept = columns[.signedScore], let values = Self.doubles(kept) else {
                return nil
            }
            let epsilon = kept.epsilon
            return values.map { score in
                let p = min(max(score.magnitude, epsilon), 1 - epsilon)
                return -log(score.sign == .minus ? 1 - p : p)
            }
        case .brier:
            return columns[.signedScore].flatMap(Self.doubles)?.map { score in
                let distance = score.sign == .minus ? score : 1 - score
                return distance * distance
            }
        default: return nil
        }
    }

    private static func loss(_ probability: Double, _ epsilon: Double) -> Double {
        -log(min(max(probability, epsilon), 1 - epsilon))
    }

    private func errors(_ column: ExampleColumn) -> [Double]? {
        guard let errors = columns[.error].flatMap(Self.doubles) else { return nil }
        switch column {
        case .squaredError: return errors.map { $0 * $0 }
        case .absoluteError: return errors.map(\.magnitude)
        default:
            guard column.name.hasPrefix("pinball@"),
                let quantile = Double(column.name.dropFirst("pinball@".count))
            else { return nil }
            return errors.map { $0 <= 0 ? -quantile * $0 : (1 - quantile) * $0 }
        }
    }
}

extension ExampleValues {
    /// Of the type of the values; see `LogLoss`.
    fileprivate var epsilon: Double { if case .float32 = self { 0x1p-23 } else { 0x1p-52 } }
}
