/// What was wrong with rows that are left out, in the order of the file.
struct RowFailures: Sendable {
    /// So many are kept with their text.
    static let keptMax = 20

    private(set) var count = 0
    /// Each with the place of its row in the block.
    private(set) var first: [(row: Int, error: InputError)] = []

    var isEmpty: Bool { count == 0 }

    /// - Parameter row: behind that of every failure before.
    mutating func append(_ error: InputError, row: Int) {
        count += 1
        if first.count < Self.keptMax { first.append((row, error)) }
    }

    /// Adds failures of other rows of the same block.
    mutating func merge(_ others: [(row: Int, error: InputError)]) {
        count += others.count
        first = Array((first + others).sorted { $0.row < $1.row }.prefix(Self.keptMax))
    }

    /// The same, its block's lines counted from the beginning of the file.
    func moved(by lines: Int) -> RowFailures {
        var moved = self
        moved.first = first.map { ($0.row, $0.error.moved(by: lines)) }
        return moved
    }
}
