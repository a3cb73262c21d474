import Metrics

func withViews<A, B, Result, Failure: Error>(
    _ a: [A], _ b: [B], _ weights: [Double]?,
    _ body: (ColumnView<A>, ColumnView<B>, ColumnView<Double>?) throws(Failure) -> Result
) throws(Failure) -> Result {
    try a.withView { (a) throws(Failure) in
        try b.withView { (b) throws(Failure) in
            guard let weights else { return try body(a, b, nil) }
            return try weights.withView { (weights) throws(Failure) in try body(a, b, weights) }
        }
    }
}

func withLists<A, B, Result, Failure: Error>(
    _ a: [[A]], _ b: [[B]],
    _ body: (ListView<A>, ListView<B>) throws(Failure) -> Result
) throws(Failure) -> Result {
    func ends(_ lists: [[some Any]]) -> [Int] {
        lists.reduce(into: []) { $0.append(($0.last ?? 0) + $1.count) }
    }
    return try withViews(Array(a.joined()), ends(a), nil) { (items, ends1, _) throws(Failure) in
        try withViews(Array(b.joined()), ends(b), nil) { (others, ends2, _) throws(Failure) in
            try body(
                ListView(items: items.pointer, ends: ends1.pointer),
                ListView(items: others.pointer, ends: ends2.pointer))
        }
    }
}
