import Statistics

/// Two samples as counts over the same names.
struct CategoryCounts {
    /// Ascending.
    let names: [String]
    let a: [Int]
    let b: [Int]

    init(_ data: StatData) {
        let (a, b) = (data.sample(0).names, data.sample(1).names)
        names = Set(a + b).sorted()
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let count = { (sample: [String], width: Int) in
            sample.reduce(into: [Int](repeating: 0, count: width)) { counts, name in
                if let place = places[name] { counts[place] += 1 }
            }
        }
        (self.a, self.b) = (count(a, names.count), count(b, names.count))
    }
}

/// Two samples, each value as the place of its bin.
struct BinnedSamples {
    private let a: [Int]
    private let b: [Int]
    private let binCount: Int

    /// Bins of equal shares of b, or one for each name.
    init(_ data: StatData, _ settings: StatSettings) throws(StatError) {
        if settings.has("categories") {
            let counts = CategoryCounts(data)
            let spread = { (counts: [Int]) in
                counts.enumerated().flatMap { Array(repeating: $0, count: $1) }
            }
            (a, b, binCount) = (spread(counts.a), spread(counts.b), counts.names.count)
            return
        }
        let wanted = try settings.count("bins", or: 10)
        let (valuesA, valuesB) = (data.a.filter { !$0.isNaN }, data.b.filter { !$0.isNaN })
        let sample = SortedSample(valuesB)
        let quantiles = (1..<max(1, wanted)).compactMap {
            sample?.quantile(Double($0) / Double(wanted))
        }
        let edges = quantiles.reduce(into: [Double]()) { if $0.last != $1 { $0.append($1) } }
        guard let bins = Bins(edges: edges) else {
            throw StatError("the values of b give no bins")
        }
        (a, b) = (valuesA.map(bins.index), valuesB.map(bins.index))
        binCount = edges.count + 1
    }

    var weights: ([Double], [Double]) { (weights(of: a), weights(of: b)) }

    private func weights(of places: some Sequence<Int>) -> [Double] {
        places.reduce(into: [Double](repeating: 0, count: binCount)) { $0[$1] += 1 }
    }

    /// How often relabelled values are at least as far apart.
    func permutationP(_ permutations: Int, seed: UInt64) -> Double {
        let all = a + b
        return PermutationTest(count: all.count, permutations: permutations, seed: seed) { order in
            let first = weights(of: order[..<a.count].lazy.map { all[$0] })
            let second = weights(of: order[a.count...].lazy.map { all[$0] })
            return JensenShannon(first, second).distance ?? 0
        }.p
    }
}
