import Statistics

/// One slice of both versions.
public struct ComparedSlice: Sendable, Equatable {
    public let column: String
    public let value: String
    /// Examples that both answered.
    public let exampleCount: Int
    /// Tests are of the slice's examples alone; their p are adjusted for how many slices were looked
    /// at (Benjamini and Hochberg), and conclusions follow from these.
    public let rows: [VersionComparison.Row]
}

/// Two versions slice by slice, to find where one got worse though the whole did not.
///
/// Only metrics that are means over examples are tested on slices; of others the values stand beside
/// each other.
struct SliceComparison {
    static let sliceCountMax = 200

    let slices: [ComparedSlice]

    init(_ a: Measurements, _ b: Measurements, _ examples: ExampleSet, _ alpha: Double) {
        let metrics = a.repeats[0].metrics.map(\.metric).filter { metric in
            b.repeats[0].metrics.contains { $0.metric == metric }
        }
        let measured = Self.pairs(a, b, examples)
        var rows = measured.map { slice in metrics.map { Self.row($0, slice, a, b, alpha) } }
        for place in metrics.indices { Self.adjust(&rows, place, alpha) }
        let judged = metrics.indices.first { place in
            metrics[place].direction != .none && rows.contains { $0[place].test != nil }
        }
        let compared = zip(measured, rows).map { slice, rows in
            ComparedSlice(
                column: slice.a.column, value: slice.a.value, exampleCount: slice.places.count,
                rows: rows)
        }
        let order = compared.indices.sorted { first, second in
            (Self.worsening(compared[first], judged), -first)
                > (Self.worsening(compared[second], judged), -second)
        }
        slices = order.prefix(Self.sliceCountMax).map { compared[$0] }
    }

    private struct Pair {
        let a: MeasuredSlice
        let b: MeasuredSlice
        /// Of the examples that both answered.
        let places: [Int32]
    }

    /// The slices that both were measured on.
    private static func pairs(_ a: Measurements, _ b: Measurements, _ examples: ExampleSet)
        -> [Pair]
    {
        let (x, y) = (a.repeats[0].examples, b.repeats[0].examples)
        guard x.count == examples.count, y.count == examples.count else { return [] }
        let slicesOfB = Dictionary(
            b.slices.map { (Key($0.column, $0.value), $0) }, uniquingKeysWith: { first, _ in first }
        )
        var pairs: [Pair] = []
        for column in examples.slices {
            var places = [[Int32]](repeating: [], count: column.values.count)
            for (index, place) in column.places.enumerated()
            where x.isPresent(index) && y.isPresent(index) {
                places[Int(place)].append(Int32(index))
            }
            for slice in a.slices where slice.column == column.name {
                guard let other = slicesOfB[Key(slice.column, slice.value)],
                    let value = column.values.firstIndex(of: slice.value)
                else { continue }
                pairs.append(Pair(a: slice, b: other, places: places[value]))
            }
        }
        return pairs
    }

    private struct Key: Hashable {
        let column: String
        let value: String
        init(_ column: String, _ value: String) { (self.column, self.value) = (column, value) }
    }

    private static func row(
        _ metric: EvaluationMetric, _ slice: Pair, _ a: Measurements, _ b: Measurements,
        _ alpha: Double
    ) -> VersionComparison.Row {
        let values = (slice.a[metric]?.value, slice.b[metric]?.value)
        let test =
            min(a.repeats.count, b.repeats.count) == 1
            ? ExamplePairs(metric, a, b, places: slice.places).flatMap {
                DifferenceTest.of($0, alpha: alpha)
            } : nil
        let problem = slice.a[metric]?.problem ?? slice.b[metric]?.problem
        return VersionComparison.Row(
            metric: metric, valueA: values.0 ?? .nan, valueB: values.1 ?? .nan, test: test,
            conclusion: .untested(problem ?? "on slices only means over examples are tested"))
    }

    /// Puts the adjusted p of one metric in place of its own, with the conclusions from them.
    private static func adjust(
        _ rows: inout [[VersionComparison.Row]], _ place: Int, _ alpha: Double
    ) {
        let tested = rows.indices.filter { rows[$0][place].test != nil }
        let adjusted = MultipleTesting(tested.map { rows[$0][place].test?.p ?? 1 })
            .benjaminiHochberg
        for (index, p) in zip(tested, adjusted) {
            let row = rows[index][place]
            rows[index][place] = VersionComparison.Row(
                metric: row.metric, valueA: row.valueA, valueB: row.valueB,
                test: row.test?.withAdjusted(p: p),
                conclusion: .of(p, row.metric, difference: row.difference, alpha: alpha))
        }
    }

    /// How much worse b is in the metric that the order goes by; below 0 where it is better.
    private static func worsening(_ slice: ComparedSlice, _ place: Int?) -> Double {
        guard let place else { return 0 }
        let row = slice.rows[place]
        guard row.difference.isFinite else { return -.infinity }
        return row.metric.isHigherBetter ? -row.difference : row.difference
    }
}
