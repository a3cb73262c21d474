import Metrics

/// The fields of one row of a classification.
struct ClassRow: Sendable {
    var label: Int32?
    var predicted: Int32?
    var score: Double?
    /// `nil`: the row has no `scores`.
    private(set) var scoreCount: Int?
    private(set) var isNamed = false
    /// In the order of the list, or of `names`.
    private(set) var scores: [Double] = []
    /// The names by which scores come; those of the first row that had some.
    var names: NameTable?
    /// Whether rows may bring other names than the first one: a binary task needs but one of them.
    var opensNames = false
    /// How many new names the rows before brought.
    var newNameCount = 0

    /// Stands for a name that the row does not have.
    static let missing = -Double.greatestFiniteMagnitude

    mutating func clear() { (label, predicted, score, scoreCount) = (nil, nil, nil, nil) }

    mutating func readScores<Cursor: RowCursor>(_ cursor: inout Cursor) throws(InputError) {
        if cursor.isNamed {
            try readNamed(&cursor)
        } else {
            scores.removeAll(keepingCapacity: true)
            try cursor.numbers { value throws(InputError) in scores.append(value) }
            (scoreCount, isNamed) = (scores.count, false)
        }
    }

    private mutating func readNamed<Cursor: RowCursor>(_ cursor: inout Cursor)
        throws(InputError)
    {
        guard !opensNames, var known = names.take() else {
            // A row that cannot be read leaves no names.
            var known = names ?? NameTable()
            try readNamed(&cursor, &known, isOpen: true)
            return names = known
        }
        // Lent to the row, not copied for each.
        defer { names = known }
        try readNamed(&cursor, &known, isOpen: false)
    }

    private mutating func readNamed<Cursor: RowCursor>(
        _ cursor: inout Cursor, _ known: inout NameTable, isOpen: Bool
    ) throws(InputError) {
        var count = scoreCount ?? 0
        if scoreCount == nil {
            for index in scores.indices { scores[index] = Self.missing }
        }
        while scores.count < known.count { scores.append(Self.missing) }
        try cursor.namedNumbers(&known, isOpen: isOpen) { place, value throws(InputError) in
            while scores.count <= place { scores.append(Self.missing) }
            if scores[place] == Self.missing { count += 1 }
            scores[place] = value
        }
        (scoreCount, isNamed) = (count, true)
    }

    /// - Returns: the place of the largest score, the first among equals.
    func checkedBest<Cursor: RowCursor>(_ cursor: borrowing Cursor) throws(InputError) -> Int {
        var (sum, best) = (0.0, 0)
        for place in scores.indices {
            let value = scores[place]
            if value == Self.missing { continue }
            guard value >= 0, value <= 1 else {
                throw cursor.rowFailure(
                    "a score of \(value); scores are probabilities from 0 to 1 (logits are not)")
            }
            sum += value
            if value > scores[best] { best = place }
        }
        guard (sum - 1).magnitude <= ProbabilityRows.tolerance else {
            throw cursor.rowFailure(
                "the scores add up to \(sum); probabilities of all classes make 1")
        }
        return best
    }
}

extension RowCursor {
    mutating func probability(_ name: String) throws(InputError) -> Double {
        let value = try number()
        guard (0...1).contains(value) else {
            throw failure("'\(name)' is \(value); expected a probability from 0 to 1")
        }
        return value
    }
}
