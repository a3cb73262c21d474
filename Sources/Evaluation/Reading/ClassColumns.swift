/// The answers of a classification, as labels, as probabilities, or as both.
struct ClassColumns: AnswerColumns {
    private let task: EvaluationTask
    private let truth: [Int32]
    /// The data set's classes, in order, then those that only predictions name.
    private var names: [String]
    private let truthNameCount: Int
    private var places: [String: Int32]
    private var predicted: [Int32]
    private var scores: [Double] = []
    /// For each column of `scores` its class; set by the first line. Empty: no scores.
    private var scored: [Int32]?
    /// The names by which the first line's scores came, to be read quickly again.
    private var scoreNames: [String] = []

    init(task: EvaluationTask, truth: [Int32], names: [String]) {
        (self.task, self.truth, self.names) = (task, truth, names)
        truthNameCount = names.count
        places = Dictionary(uniqueKeysWithValues: zip(names, (0..<Int32(names.count))))
        predicted = Array(repeating: -1, count: truth.count)
    }

    mutating func take(_ read: PredictionLine, scores row: [Double], at place: Int)
        throws(InputError)
    {
        try checkLabel(read, at: place)
        let hasScores = read.score != nil || read.scoreCount != nil || !read.scoreNames.isEmpty
        guard read.predictedLabel != nil || hasScores else {
            throw read.lacks(
                "prediction", "'prediction' and no '\(isBinary ? "score" : "scores")'")
        }
        try checkForm(read, hasScores)
        if hasScores { try store(read, row, at: place) }
        if let label = read.predictedLabel {
            predicted[place] = try index(of: label, read.line)
        } else {
            predicted[place] = bestClass(at: place)
        }
    }

    private var isBinary: Bool { if case .binary = task { true } else { false } }
    private var width: Int { scored?.count ?? 0 }

    private func checkLabel(_ read: PredictionLine, at place: Int) throws(InputError) {
        guard let label = read.label, label != names[Int(truth[place])] else { return }
        throw InputError(
            line: read.line,
            "the label \(InputError.excerpt(label)), but the data set says "
                + "\(InputError.excerpt(names[Int(truth[place])])) for this example; were the "
                + "predictions made on other rows?")
    }

    /// The first line decides whether there are scores, and of which classes.
    private mutating func checkForm(_ read: PredictionLine, _ hasScores: Bool) throws(InputError) {
        if let scored {
            guard scored.isEmpty != hasScores else {
                throw InputError(
                    line: read.line,
                    hasScores
                        ? "scores, which the lines before lack"
                        : "no scores, which the lines before have")
            }
            return
        }
        guard hasScores else {
            scored = []
            return
        }
        scored = try scoredClasses(read)
        scoreNames = read.scoreNames
        scores = Array(repeating: .nan, count: truth.count * width)
    }

    private mutating func scoredClasses(_ read: PredictionLine) throws(InputError) -> [Int32] {
        if case .binary(let positive) = task {
            return [try index(of: positive, read.line)]
        }
        guard read.scoreNames.isEmpty else {
            var classes: [Int32] = []
            for name in read.scoreNames { classes.append(try index(of: name, read.line)) }
            for name in names[..<truthNameCount] where !read.scoreNames.contains(name) {
                throw InputError(
                    line: read.line,
                    "the scores name no \(InputError.excerpt(name)), a label of the data set")
            }
            return classes
        }
        guard read.scoreCount == truthNameCount else {
            throw InputError(
                line: read.line,
                "\(read.scoreCount ?? 0) scores for the \(truthNameCount) labels of the data set "
                    + "(\(InputError.list(names[..<truthNameCount]))); name them for other classes")
        }
        return Array(0..<Int32(truthNameCount))
    }

    private mutating func store(_ read: PredictionLine, _ row: [Double], at place: Int)
        throws(InputError)
    {
        if case .binary(let positive) = task {
            if let score = read.score {
                scores[place] = score
            } else {
                scores[place] = try positiveScore(positive, read, row)
            }
            return
        }
        guard row.count == width, read.scoreNames.isEmpty == scoreNames.isEmpty else {
            throw InputError(
                line: read.line,
                "\(row.count) scores; the first line had \(width), as "
                    + (scoreNames.isEmpty ? "a list" : "an object"))
        }
        if read.scoreNames == scoreNames {
            for (column, value) in row.enumerated() { scores[place * width + column] = value }
            return
        }
        for (name, value) in zip(read.scoreNames, row) {
            guard let column = scoreNames.firstIndex(of: name) else {
                throw InputError(
                    line: read.line,
                    "a score for \(InputError.excerpt(name)), which the first line lacked")
            }
            scores[place * width + column] = value
        }
    }

    /// The positive class's own score where a binary task gives scores for both.
    private func positiveScore(_ positive: String, _ read: PredictionLine, _ row: [Double])
        throws(InputError) -> Double
    {
        if let column = read.scoreNames.firstIndex(of: positive) { return row[column] }
        guard read.scoreNames.isEmpty, row.count == 2, truthNameCount == 2,
            let column = names[..<2].firstIndex(of: positive)
        else {
            throw InputError(
                line: read.line,
                "no score for the positive label \(InputError.excerpt(positive)); give 'score', "
                    + "its probability")
        }
        return row[column]
    }

    private mutating func index(of name: String, _ line: Int) throws(InputError) -> Int32 {
        if let place = places[name] { return place }
        if isBinary, names.count == 2 {
            throw InputError(
                line: line,
                "\(InputError.excerpt(name)) is neither of the two labels \(InputError.list(names))"
            )
        }
        guard names.count < ClassNames.countMax else {
            throw InputError(line: line, "more than \(ClassNames.countMax) different labels")
        }
        let place = Int32(names.count)
        names.append(name)
        places[name] = place
        return place
    }
}

extension ClassColumns {
    /// The class that the scores make likeliest, the first among equals; for a binary task the
    /// positive one from 0.5 on.
    private mutating func bestClass(at place: Int) -> Int32 {
        guard isBinary else {
            let row = scores[(place * width)..<((place + 1) * width)]
            let best = row.indices.max { row[$0] < row[$1] || (row[$0] == row[$1] && $0 > $1) }!
            return scored![best - row.startIndex]
        }
        let positive = scored![0]
        if scores[place] >= 0.5 { return positive }
        if let other = names.indices.first(where: { Int32($0) != positive }) { return Int32(other) }
        // The data set knows no other class than the positive one: any other name will do.
        let name = names[Int(positive)] == "0" ? "1" : "0"
        names.append(name)
        places[name] = Int32(names.count - 1)
        return Int32(names.count - 1)
    }

    func predictions() throws(InputError) -> Predictions {
        let isForeign = truthNameCount > 1 && !predicted.contains { Int($0) < truthNameCount }
        guard !isForeign else {
            let foreign = Set(predicted.map { names[Int($0)] })
            throw InputError(
                "none of the predicted labels (\(InputError.list(foreign.sorted()))) is a label of "
                    + "the data set (\(InputError.list(names[..<truthNameCount])))")
        }
        let sorted = ClassNames.sorted(names)
        return .classes(
            ClassPredictions(
                names: sorted, truth: ClassNames.renumbered(truth, from: names, to: sorted),
                predicted: ClassNames.renumbered(predicted, from: names, to: sorted),
                scores: width == 0 ? nil : scores,
                scoredClasses: ClassNames.renumbered(scored ?? [], from: names, to: sorted)))
    }
}
