/// What one block, or the blocks so far, say for a report. Parts of one task have the same shape.
public struct DetailsPart: Sendable {
    var curves: [LabelledBins] = []
    var calibration: CalibrationCounts?
    var unit: [NamedHistogram<UnitHistogram>] = []
    var wide: [NamedHistogram<WideHistogram>] = []
    var scatter: [DetailCurve.Point] = []
    /// The worst first.
    var worst: [WorstExample] = []

    struct LabelledBins: Sendable {
        let label: String
        var bins: RankedBins
    }

    struct NamedHistogram<Histogram: Sendable>: Sendable {
        let name: String
        var histogram: Histogram

        init(_ name: String, _ histogram: Histogram) {
            (self.name, self.histogram) = (name, histogram)
        }
    }

    /// - Parameter other: of the block that follows.
    mutating func merge(_ other: DetailsPart) {
        for index in curves.indices { curves[index].bins.merge(other.curves[index].bins) }
        if let counts = other.calibration { calibration?.merge(counts) }
        for index in unit.indices { unit[index].histogram.merge(other.unit[index].histogram) }
        for index in wide.indices {
            wide[index].histogram.merge(other.wide[index].histogram)
        }
        scatter += other.scatter
        worst = WorstExample.merged(worst, other.worst)
    }

    var details: PredictionDetails {
        var details = PredictionDetails()
        details.curves = curves.flatMap { $0.bins.curves(label: $0.label) }
        if !scatter.isEmpty {
            let sorted = scatter.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
            details.curves.append(DetailCurve(.predictedOverTruth, sorted))
        }
        details.calibration = calibration?.bins ?? []
        details.histograms =
            unit.compactMap { $0.histogram.histogram($0.name) }
            + wide.compactMap { $0.histogram.histogram($0.name) }
        details.worst = worst
        return details
    }
}
