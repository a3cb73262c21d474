extension ChrF.Counts {
    private static let betaSquared = 4.0

    /// - Parameter options: those that it was counted with.
    public init(_ example: ChrF.Example, _ options: ChrF.Options) {
        matches = SIMD8(truncatingIfNeeded: example.matches)
        for n in 1...ChrF.characterOrder {
            set(n - 1, n, example.hypothesisCharacters, example.referenceCharacters)
        }
        for n in 0..<options.wordOrder {
            set(
                ChrF.characterOrder + n, n + 1, example.hypothesisWords, example.referenceWords)
        }
    }

    private mutating func set(_ place: Int, _ n: Int, _ own: Int32, _ known: Int32) {
        reference[place] = max(0, Int(known) - n + 1)
        // Where there is no reference of this order, nothing counts.
        hypothesis[place] = reference[place] == 0 ? 0 : max(0, Int(own) - n + 1)
    }

    /// For sums over the examples of a slice.
    public mutating func add(_ other: ChrF.Counts) {
        hypothesis &+= other.hypothesis
        reference &+= other.reference
        matches &+= other.matches
    }

    /// From 0 to 100.
    public var score: Double {
        var (precision, recall, order) = (0.0, 0.0, 0)
        for place in 0..<8 where hypothesis[place] > 0 && reference[place] > 0 {
            precision += Double(matches[place]) / Double(hypothesis[place])
            recall += Double(matches[place]) / Double(reference[place])
            order += 1
        }
        guard order > 0, precision + recall > 0 else { return 0 }
        (precision, recall) = (precision / Double(order), recall / Double(order))
        return 100
            * ((1 + Self.betaSquared) * precision * recall
                / (Self.betaSquared * precision + recall))
    }
}
