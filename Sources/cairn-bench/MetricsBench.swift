import CMetrics
import Glibc
import Metrics
import Statistics

/// Metrics and tests over whole columns, one case a call: `bench/metrics/measure.py` runs the peers on
/// the same files and puts both beside each other.
///
/// A group of cases is a file of its own; a new one joins `groups`.
struct MetricsBench {
    /// What is measured: reads its columns when it is made, and gives its values when it is run.
    struct Case {
        let byteCount: Int
        let run: () throws -> [Double]
    }

    typealias Group = [String: @Sendable (MetricsBench) throws -> Case]

    static let groups: [Group] = [
        classCases, scoreCases, numberCases, orderCases, sampleCases, textCases,
    ]

    let folder: String
    let workers: Int

    static func run(_ options: BenchOptions) throws {
        let (name, rounds) = (try options.text("case"), try options.number("rounds", or: 9))
        let bench = MetricsBench(
            folder: try options.text("inputs"), workers: try options.number("workers", or: 2))
        let best = Int(cairn_metrics_best_level().rawValue)
        let level = try options.number("level", or: best)
        cairn_metrics_use_level(cairn_metrics_level(UInt32(level)))
        guard let make = groups.compactMap({ $0[name] }).first else {
            let names = groups.flatMap(\.keys).sorted().joined(separator: ", ")
            throw BenchError("--case is one of \(names)")
        }
        let own = try make(bench)
        var values: [Double] = []
        let times = try timed(rounds) { values = try own.run() }
        let limits = limit(byteCount: own.byteCount, rounds: rounds)
        print("ms=\(times.map { String($0) }.joined(separator: ","))")
        print("limit_ms=\(limits.map { String($0) }.joined(separator: ","))")
        print("values=\(values.map { String($0) }.joined(separator: ","))")
    }

    /// Milliseconds of each round; a short body runs several times in one.
    private static func timed(_ rounds: Int, _ body: () throws -> Void) rethrows -> [Double] {
        let begin = nanoseconds()
        try body()
        let count = max(1, min(1000, 100_000 / max(1, nanoseconds() - begin)))
        return try (0..<rounds).map { _ in
            let begin = nanoseconds()
            for _ in 0..<count { try body() }
            return Double(nanoseconds() - begin) / Double(count) / 1e6
        }
    }

    /// How long two threads take to read so many bytes: what no kernel beats from memory.
    private static func limit(byteCount: Int, rounds: Int) -> [Double] {
        guard byteCount > 0 else { return [] }
        let column = BenchColumn<UInt64>(count: byteCount / 8) { UInt64($0) }
        let view = column.view
        let blocks = Blocks(count: view.count, workers: 2, leastPerWorker: 4)
        return timed(rounds) {
            let sums = blocks.map { range in view[range].sumOfLanes }
            precondition(sums.reduce(0, &+) != 1, "the sum is looked at")
        }
    }

    func column<Element>(_ name: String, of: Element.Type) throws -> BenchColumn<Element> {
        try BenchColumn(reading: folder + "/" + name)
    }
}

extension ColumnView<UInt64> {
    fileprivate var sumOfLanes: UInt64 {
        var sums = (SIMD8<UInt64>(), SIMD8<UInt64>(), SIMD8<UInt64>(), SIMD8<UInt64>())
        let words = UnsafeRawBufferPointer(pointer).bindMemory(to: SIMD8<UInt64>.self)
        for index in stride(from: 0, to: words.count & ~3, by: 4) {
            sums.0 &+= words[index]
            sums.1 &+= words[index + 1]
            sums.2 &+= words[index + 2]
            sums.3 &+= words[index + 3]
        }
        return (sums.0 &+ sums.1 &+ sums.2 &+ sums.3).wrappedSum()
    }
}

/// A column of a file in memory, in large pages as NumPy has its arrays.
final class BenchColumn<Element: BitwiseCopyable> {
    private let memory: UnsafeMutableBufferPointer<Element>

    init(count: Int, _ element: (Int) -> Element) {
        guard let start = cairn_metrics_scratch(count * MemoryLayout<Element>.stride) else {
            preconditionFailure("no memory for \(count) values")
        }
        memory = UnsafeMutableBufferPointer(
            start: start.bindMemory(to: Element.self, capacity: count), count: count)
        for index in 0..<count { memory.initializeElement(at: index, to: element(index)) }
    }

    init(reading path: String) throws {
        guard let file = fopen(path, "r") else { throw BenchError("\(path) cannot be read") }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        let byteCount = ftell(file)
        rewind(file)
        guard let start = cairn_metrics_scratch(byteCount) else {
            throw BenchError("no memory for \(path)")
        }
        let count = byteCount / MemoryLayout<Element>.stride
        memory = UnsafeMutableBufferPointer(
            start: start.bindMemory(to: Element.self, capacity: count), count: count)
        guard fread(start, 1, byteCount, file) == byteCount else {
            throw BenchError("\(path) ended early")
        }
    }

    deinit { cairn_metrics_scratch_free(memory.baseAddress) }

    var view: ColumnView<Element> { ColumnView(UnsafeBufferPointer(memory)) }
    var count: Int { memory.count }
    var array: [Element] { Array(memory) }
}
