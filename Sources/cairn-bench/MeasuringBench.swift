import CairnCore
import Evaluation
import Glibc
import LinuxHost
import Statistics

/// From blocks of predictions to metrics and packed results of examples, beside the time that reading
/// the same memory takes: 10 classes, probabilities as Float32.
enum MeasuringBench {
    private static let width = 10

    static func run(_ options: BenchOptions) throws {
        LargeBlocks.keep()
        let rowCount = try options.number("rows", or: 10_000_000)
        let workers = try options.number("workers", or: 2)
        let names = options.text("metrics", or: "accuracy,f1_macro,log_loss,ece")
            .split(separator: ",").map(String.init)
        let metrics = try names.map { try EvaluationMetric(named: $0, of: .multiclass) }
        let (examples, blocks) = made(rowCount, workers)
        for _ in 0..<(try options.number("rounds", or: 5)) {
            let reading = time { _ = sum(blocks, workers) }
            var measurement: Measurement?
            var collectors: [any BlockCollector] =
                try options.number("reference", or: 0) == 1 ? [ReferenceCollector()] : []
            let before = clock()
            let measuring = try time { () throws(InputError) in
                var source = MadeBlocks(blocks: blocks[...], atATime: 2 * workers)
                measurement = try MeasuringPass(
                    metrics, task: .multiclass, examples: examples, workerCount: workers
                ).run(&source, collectors: &collectors)
            }
            let work = Double(clock() - before) * 1e3 / Double(CLOCKS_PER_SEC)
            var packed = 0
            let packing = time {
                packed = measurement?.examples.packed(workerCount: workers).count ?? 0
            }
            print(
                "reading_ms=\(reading) measuring_ms=\(measuring) packing_ms=\(packing)",
                "measuring_cpu_ms=\(work)",
                "packed_bytes=\(packed)",
                measurement?.metrics.map { "\($0.metric)=\($0.value ?? .nan)" }
                    .joined(separator: " ") ?? "")
        }
    }

    private static func made(_ rowCount: Int, _ workers: Int) -> (ExampleSet, [PredictionBlock]) {
        let blocks = Blocks(count: rowCount, workers: workers)
        let parts = blocks.map { range in
            var random = SeededRandom(seed: UInt64(range.lowerBound))
            var scores = [Float]()
            scores.reserveCapacity(range.count * width)
            var (truth, predicted) = ([UInt8](), [UInt8]())
            for _ in range {
                let row = (0..<width).map { _ in Float.random(in: 0.001...1, using: &random) }
                let total = row.reduce(0, +)
                scores.append(contentsOf: row.map { $0 / total })
                let best = row.indices.max { row[$0] < row[$1] } ?? 0
                predicted.append(UInt8(best))
                let isRight = random.next() % 4 != 0
                truth.append(UInt8(isRight ? best : Int(random.next() % UInt64(width))))
            }
            return (
                truth,
                PredictionBlock(
                    count: range.count, examples: .consecutive(from: range.lowerBound),
                    answers: .classes(
                        ClassAnswers(predicted: .uint8(predicted), scores: .float32(scores))))
            )
        }
        let examples = ExampleSet(
            count: rowCount,
            truth: .classes(
                .uint8(parts.flatMap(\.0)), names: (0..<width).map { "\($0)" }))
        return (examples, parts.map(\.1))
    }

    private static func sum(_ blocks: [PredictionBlock], _ workers: Int) -> Float {
        Blocks(count: blocks.count, workers: workers, size: 1).map { range in
            guard case .classes(let answers) = blocks[range.lowerBound].answers,
                case .float32(let values)? = answers.scores
            else { return Float(0) }
            return values.withUnsafeBytes { bytes in
                var total = SIMD16<Float>()
                for place in stride(from: 0, to: bytes.count & ~63, by: 64) {
                    total += bytes.loadUnaligned(fromByteOffset: place, as: SIMD16<Float>.self)
                }
                return total.sum()
            }
        }.reduce(0, +)
    }

    private static func time<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure)
        -> Double
    {
        let start = nanoseconds()
        try body()
        return Double(nanoseconds() - start) / 1e6
    }

    private struct MadeBlocks: BlockSource {
        var blocks: ArraySlice<PredictionBlock>
        let atATime: Int
        let names = (0..<width).map { "\($0)" }
        let classesOfScores = (0..<Int32(width)).map(\.self)
        let skippedRows = SkippedRows()
        let bytesRead = 0

        mutating func next() -> [PredictionBlock]? {
            if blocks.isEmpty { return nil }
            defer { blocks = blocks.dropFirst(atATime) }
            return Array(blocks.prefix(atATime))
        }
    }
}
