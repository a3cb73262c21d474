import Messages

/// Compared pairs and histograms until they are reported, beside the outcomes of the arms.
struct ExtraSums: Sendable, Equatable {
    static let pairsMax = 256
    /// Of histograms over all epochs; a table has 32 at most.
    static let histogramsMax = 256

    private struct Epoch: Hashable, Sendable, Comparable {
        let attempt: UInt64
        let epoch: UInt64

        static func < (a: Epoch, b: Epoch) -> Bool { (a.attempt, a.epoch) < (b.attempt, b.epoch) }
    }

    private var pairs: [Epoch: PairOutcomes] = [:]
    /// By the column's place in the table.
    private var histograms: [Epoch: [Int: [UInt64]]] = [:]

    var isEmpty: Bool { pairs.isEmpty && histograms.isEmpty }

    /// - Returns: false where there is no room.
    mutating func add(_ comparison: MirrorComparison, _ attempt: UInt64, _ epoch: UInt64) -> Bool {
        let key = Epoch(attempt: attempt, epoch: epoch)
        guard pairs[key] != nil || pairs.count < Self.pairsMax else { return false }
        switch comparison {
        case .candidateBetter: pairs[key, default: PairOutcomes(epoch: epoch)].wins += 1
        case .stableBetter: pairs[key, default: PairOutcomes(epoch: epoch)].losses += 1
        case .tie: break
        }
        return true
    }

    /// - Returns: false where there is no room.
    mutating func add(
        _ values: LiveValues, _ route: Route, _ columns: [ServingTable.Histogram]
    ) -> Bool {
        let key = Epoch(attempt: route.attempt, epoch: route.epoch)
        let isKnown = histograms[key] != nil
        guard isKnown || histograms.count * columns.count < Self.histogramsMax - columns.count
        else { return false }
        for (index, column) in columns.enumerated() {
            guard let cell = values[column.column].flatMap(column.cell) else { continue }
            var counts =
                histograms[key]?[index] ?? Array(repeating: 0, count: column.cells)
            // Of a table with other cells: one epoch has one table.
            guard cell < counts.count else { continue }
            counts[cell] += 1
            histograms[key, default: [:]][index] = counts
        }
        return true
    }

    mutating func take(_ attempt: UInt64) -> ([PairOutcomes], [HistogramOutcomes]) {
        let taken = pairs.keys.filter { $0.attempt == attempt }.sorted()
        let epochs = histograms.keys.filter { $0.attempt == attempt }.sorted()
        let histograms = epochs.flatMap { key in
            (self.histograms.removeValue(forKey: key) ?? [:]).sorted { $0.key < $1.key }.map {
                HistogramOutcomes(
                    epoch: key.epoch, arm: .stable, column: UInt32($0.key), counts: $0.value)
            }
        }
        return (taken.compactMap { pairs.removeValue(forKey: $0) }, histograms)
    }
}
