import func Glibc.log1p

extension NumberMeter {
    /// What is kept of each row. The mean of each column is the metric of its name.
    static func describe(
        _ truth: [Double], _ predicted: ScoreColumn, _ columns: inout BlockColumns
    ) {
        columns.set(.predictedNumber) {
            switch predicted {
            case .float32(let values): .float32(values)
            case .float64(let values): .float64(values)
            }
        }
        columns.set(.error) { .float64(truth.indices.map { predicted[$0] - truth[$0] }) }
        columns.set(ExampleColumn("mape")) {
            .float64(
                truth.indices.map { row in
                    (truth[row] - predicted[row]).magnitude / max(truth[row].magnitude, 0x1p-52)
                })
        }
        columns.set(ExampleColumn("smape")) {
            .float64(
                truth.indices.map { row in
                    let size = truth[row].magnitude + predicted[row].magnitude
                    return size == 0 ? 0 : 2 * ((truth[row] - predicted[row]).magnitude / size)
                })
        }
        columns.set(ExampleColumn("msle")) {
            // One number that has no logarithm leaves the metric undefined, and nothing to compare.
            guard truth.indices.allSatisfy({ truth[$0] > -1 && predicted[$0] > -1 }) else {
                return nil
            }
            return .float64(
                truth.indices.map { row in
                    let difference = log1p(truth[row]) - log1p(predicted[row])
                    return difference * difference
                })
        }
    }
}
