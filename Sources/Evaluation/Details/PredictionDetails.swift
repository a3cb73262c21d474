/// What a report draws of one set of predictions. What does not apply to the task is empty.
public struct PredictionDetails: Sendable, Equatable {
    public var curves: [DetailCurve] = []
    public var calibration: [CalibrationBin] = []
    public var histograms: [DetailHistogram] = []
    /// The worst first, at most 100.
    public var worst: [WorstExample] = []
    /// Of how many examples all but the worst are; 0: of all.
    public var drawnExampleCount = 0

    public init() {}
}

/// A curve of at most 1,000 points, x ascending.
public struct DetailCurve: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        /// False positive rate, true positive rate.
        case roc
        /// Recall, precision.
        case precisionRecall = "precision_recall"
        /// Truth, prediction: single examples, not a line.
        case predictedOverTruth = "predicted_over_truth"
    }

    public struct Point: Sendable, Equatable {
        public var x: Double
        public var y: Double
        /// The lowest score that counts as positive here; 0 where there is none.
        public var threshold: Double

        public init(x: Double, y: Double, threshold: Double = 0) {
            (self.x, self.y, self.threshold) = (x, y, threshold)
        }
    }

    public let kind: Kind
    /// The class that is positive; empty for a binary task.
    public let label: String
    public let points: [Point]

    public init(_ kind: Kind, label: String = "", _ points: [Point]) {
        (self.kind, self.label, self.points) = (kind, label, points)
    }

    static let pointCountMax = 1_000
}

/// Examples whose confidence lies in [low, high), and how many of them were right.
public struct CalibrationBin: Sendable, Equatable {
    public let low: Double
    public let high: Double
    public let count: UInt64
    /// 0 where count is 0, as is the next.
    public let meanConfidence: Double
    public let accuracy: Double
}

/// Counts over at most 50 bins of equal width.
public struct DetailHistogram: Sendable, Equatable {
    /// "score of positives", "error", "nats per token".
    public let name: String
    public let low: Double
    /// Equal to `low` where all values are the same.
    public let high: Double
    public let counts: [UInt64]

    public init(_ name: String, low: Double, high: Double, counts: [UInt64]) {
        (self.name, self.low, self.high, self.counts) = (name, low, high, counts)
    }

    static let binCountMax = 50
}

/// An example that the version got most wrong.
public struct WorstExample: Sendable, Equatable {
    /// Its place in the data set, from 0.
    public let place: Int
    public let id: String
    /// At most 200 bytes each.
    public let truth: String
    public let predicted: String
    public let loss: Double
    /// "log_loss", "absolute_error".
    public let lossName: String

    static let countMax = 100
    static let textByteCountMax = 200
}
