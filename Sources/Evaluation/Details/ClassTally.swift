/// What the drawn rows of a block say of a binary task.
struct BinaryTally {
    private(set) var ranked = RankedBins(.fine)
    private(set) var calibration = CalibrationCounts()
    private(set) var ofPositives = UnitHistogram()
    private(set) var ofNegatives = UnitHistogram()

    /// - Parameters:
    ///   - scores: of the positive class, row by row.
    ///   - rows: the drawn ones.
    ///   - weights: `nil` is one each.
    mutating func add(
        _ scores: UnsafeBufferPointer<some BinaryFloatingPoint>, _ rows: [Int],
        _ isPositive: [Bool], _ weights: [Double]?
    ) {
        for row in rows {
            let (score, isPositive) = (Double(scores[row]), isPositive[row])
            ranked.add(score, isPositive: isPositive, weight: weights?[row] ?? 1)
            calibration.add(score, isRight: isPositive)
            if isPositive { ofPositives.add(score) } else { ofNegatives.add(score) }
        }
    }
}

/// What the drawn rows of a block say of a task of several classes.
struct ClassTally {
    /// The classes with curves, and the bins of each.
    let places: [Int]
    private let curveColumns: [Int]
    private(set) var bins: [RankedBins]
    private(set) var calibration = CalibrationCounts()
    private(set) var ofRight = UnitHistogram()
    private(set) var ofWrong = UnitHistogram()
    private let columns: ScoredColumns

    /// - Parameter curves: the classes with curves, each with its column of the scores.
    init(_ curves: [(place: Int, column: Int)], _ columns: ScoredColumns) {
        (places, curveColumns) = (curves.map(\.place), curves.map(\.column))
        bins = curves.map { _ in RankedBins(.coarse) }
        self.columns = columns
    }

    /// - Parameters:
    ///   - scores: `columns.width` a row.
    ///   - labels: the true class of each row.
    mutating func add(
        _ scores: UnsafeBufferPointer<some BinaryFloatingPoint>, _ rows: [Int], _ labels: [Int],
        _ weights: [Double]?
    ) {
        // Class by class, so that the bins of one stay in the nearest cache.
        for curve in places.indices {
            let (place, column) = (places[curve], curveColumns[curve])
            for row in rows {
                bins[curve].add(
                    Double(scores[row * columns.width + column]), isPositive: labels[row] == place,
                    weight: weights?[row] ?? 1)
            }
        }
        for row in rows {
            let (top, confidence) = columns.largest(scores, from: row * columns.width)
            calibration.add(confidence, isRight: top == labels[row])
            if top == labels[row] { ofRight.add(confidence) } else { ofWrong.add(confidence) }
        }
    }
}

/// Where each class's score stands in a row of scores.
struct ScoredColumns {
    let width: Int
    private let classes: [Int]
    /// For each class its column; −1 for a class without one.
    let places: [Int]

    init(_ context: BlockContext) {
        classes = context.scoredClasses.map(Int.init)
        width = classes.count
        var places = [Int](
            repeating: -1, count: max(context.names.count, (classes.max() ?? 0) + 1))
        for (column, place) in classes.enumerated() { places[place] = column }
        self.places = places
    }

    subscript(place: Int) -> Int? {
        places.indices.contains(place) && places[place] >= 0 ? places[place] : nil
    }

    /// The first of the largest.
    func largest(
        _ scores: UnsafeBufferPointer<some BinaryFloatingPoint>, from start: Int
    ) -> (place: Int, score: Double) {
        var (best, largest) = (0, scores[start])
        for column in 1..<max(1, width) where scores[start + column] > largest {
            (best, largest) = (column, scores[start + column])
        }
        return (classes[best], Double(largest))
    }
}
