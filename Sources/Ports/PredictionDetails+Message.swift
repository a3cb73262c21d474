import Evaluation
import Messages

extension PredictionDetails {
    /// As the wire and the store have them, without the record and its slices.
    public var message: EvaluationDetails {
        EvaluationDetails(
            curves: curves.map(\.message), calibration: calibration.map(\.message),
            scoreHistograms: histograms.map(\.message), worst: worst.map(\.message),
            drawnExampleCount: UInt64(drawnExampleCount))
    }
}

extension DetailCurve {
    fileprivate var message: CurveDetail {
        CurveDetail(
            name: kind.rawValue, label: label, x: points.map(\.x), y: points.map(\.y),
            // Single examples have no threshold.
            threshold: kind == .predictedOverTruth ? [] : points.map(\.threshold))
    }
}

extension Evaluation.CalibrationBin {
    fileprivate var message: Messages.CalibrationBin {
        Messages.CalibrationBin(
            low: low, high: high, count: count, meanConfidence: meanConfidence, accuracy: accuracy)
    }
}

extension DetailHistogram {
    fileprivate var message: ScoreHistogram {
        ScoreHistogram(name: name, low: low, high: high, counts: counts)
    }
}

extension Evaluation.WorstExample {
    fileprivate var message: Messages.WorstExample {
        Messages.WorstExample(
            row: UInt64(place + 1), id: id, truth: truth, predicted: predicted, loss: loss,
            lossName: lossName)
    }
}
