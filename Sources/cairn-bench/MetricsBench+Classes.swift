import Metrics
import Statistics

extension MetricsBench {
    /// Labels against labels.
    static let classCases: Group = [
        "accuracy": { bench in try bench.accuracy(Int32.self, "i32") { .int32($0) } },
        "accuracy_u8": { bench in try bench.accuracy(UInt8.self, "u8") { .uint8($0) } },
        "confusion10": { bench in
            try bench.matrix(Int32.self, "i32", { .int32($0) }) { matrix in
                matrix.matrix(Array(0..<10)).flatMap(\.self)
            }
        },
        "confusion10_u8": { bench in
            try bench.matrix(UInt8.self, "u8", { .uint8($0) }) { matrix in
                matrix.matrix(Array(0..<10)).flatMap(\.self)
            }
        },
        "macro_f1": { bench in
            try bench.matrix(Int32.self, "i32", { .int32($0) }) { matrix in
                let outcomes = try matrix.outcomes()
                return [ClassAverage.macro.value(of: outcomes) { $0.fBeta(1, $1) } ?? 0]
            }
        },
    ]

    private func accuracy<Label: BitwiseCopyable>(
        _ type: Label.Type, _ suffix: String, _ labels: @escaping (ColumnView<Label>) -> LabelView
    ) throws -> Case {
        let truth = try column("y." + suffix, of: type)
        let predicted = try column("h." + suffix, of: type)
        return Case(byteCount: 2 * truth.count * MemoryLayout<Label>.size) {
            let (y, h) = (labels(truth.view), labels(predicted.view))
            let blocks = Blocks(count: y.count, workers: workers, leastPerWorker: 3)
            return [
                try blocks.reduce(into: MatchCount()) { (part, range) throws(MetricError) in
                    try part.add(truth: y[range], predicted: h[range])
                }.accuracy
            ]
        }
    }

    private func matrix<Label: BitwiseCopyable>(
        _ type: Label.Type, _ suffix: String, _ labels: @escaping (ColumnView<Label>) -> LabelView,
        _ values: @escaping (ClassMatrix) throws -> [Double]
    ) throws -> Case {
        let truth = try column("y." + suffix, of: type)
        let predicted = try column("h." + suffix, of: type)
        return Case(byteCount: 2 * truth.count * MemoryLayout<Label>.size) {
            let (y, h) = (labels(truth.view), labels(predicted.view))
            let blocks = Blocks(count: y.count, workers: workers, leastPerWorker: 2)
            let matrix = try blocks.reduce(into: ClassMatrix(classCount: 10)) {
                (part, range) throws(MetricError) in
                try part.add(truth: y[range], predicted: h[range])
            }
            return try values(matrix)
        }
    }
}
