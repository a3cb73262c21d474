import Deployment
import Evaluation
import Statistics

/// The cells in which live values are held against a reference.
extension Reference {
    /// Of numbers, at the reference's quantiles.
    static let binCount = 10
    /// A name that less than so much of the reference has is counted with the others: a cell needs
    /// twenty expected values before χ² can be trusted.
    static let shareMin = 0.02

    /// - Throws: why a column has none.
    static func cells(_ distribution: Distribution) throws(InputError)
        -> (Cells, counts: [Int])
    {
        guard distribution.count >= 10 * binCount else {
            throw InputError(
                "the reference has \(distribution.count) values of it; \(10 * binCount) are least")
        }
        switch distribution.content {
        case .numbers(let sample, _, _, _):
            let edges = sample.edges(bins: binCount).filter(\.isFinite)
            guard !edges.isEmpty, let bins = Bins(edges: edges) else {
                throw InputError("its values have no finite quantiles")
            }
            return (.numbers(edges: edges), sample.counts(in: bins))
        case .categories(let categories):
            let least = shareMin * Double(categories.count)
            let names = categories.names.filter { name in
                Double(categories.counts[name] ?? 0) >= least
                    && name.utf8.count <= Limits.nameByteCount && !name.isEmpty
            }.prefix(Limits.cells - 1)
            guard !names.isEmpty else {
                throw InputError("no name makes up \(Int(shareMin * 100)) % of it")
            }
            let counts = names.map { categories.counts[$0] ?? 0 }
            return (
                .names(Array(names)), counts + [categories.count - counts.reduce(0, +)]
            )
        case .vector:
            throw InputError("it holds vectors, which have no cells; `cairn drift` compares them")
        }
    }
}
