import CairnCore

/// The columns of a CSV file, and which of them are wanted.
struct CSVHeader: Sendable {
    /// What stands at one place of every row.
    struct Column: Sendable {
        /// The place of its name among the wanted ones; `nil`: read over.
        var wanted: Int?
        /// How many columns of numbers by name begin here, side by side; 0: it is one value.
        var runLength = 0
        /// The place of the first one's name in `numberNames`.
        var firstNumber = 0
    }

    let names: [String]
    let columns: [Column]
    /// What follows the dot in columns such as `scores.cat`, in the header's order.
    let numberNames: [String]

    /// - Parameters:
    ///   - wanted: names of columns.
    ///   - numbers: the wanted one that may stand as many columns, `scores.cat`, `scores.dog`.
    init(names: [String], wanted: [String], numbers: String?) throws(InputError) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            throw InputError(
                line: 1, "the column \(InputError.excerpt(name)) stands twice in the header")
        }
        var (columns, numberNames): ([Column], [String]) = ([], [])
        for name in names {
            if let numbers, name.hasPrefix(numbers + ".") {
                numberNames.append(String(name.dropFirst(numbers.count + 1)))
                let begin = Self.beginning(of: columns, wanted.firstIndex(of: numbers)!)
                if begin == columns.count {
                    columns.append(
                        Column(
                            wanted: wanted.firstIndex(of: numbers), runLength: 1,
                            firstNumber: numberNames.count - 1))
                } else {
                    columns[begin].runLength += 1
                    columns.append(Column())
                }
            } else {
                columns.append(Column(wanted: wanted.firstIndex(of: name)))
            }
        }
        if let numbers, !numberNames.isEmpty, seen.contains(numbers) {
            throw InputError(
                line: 1,
                "the header has '\(numbers)' and '\(numbers).\(numberNames[0])'; it is either one "
                    + "column or many")
        }
        (self.names, self.columns, self.numberNames) = (names, columns, numberNames)
    }

    /// For the row that is the header itself.
    static let unknown = CSVHeader()

    private init() { (names, columns, numberNames) = ([], [], []) }

    /// Where the run of numbers begins that the next column belongs to.
    private static func beginning(of columns: [Column], _ wanted: Int) -> Int {
        guard
            let begin = columns.lastIndex(where: { $0.wanted == wanted && $0.runLength > 0 }),
            begin + columns[begin].runLength == columns.count
        else { return columns.count }
        return begin
    }

    /// The header lacks a column.
    func lacks(_ name: String) -> InputError {
        let near = Nearest.word(to: name, among: names)
        let hint = near.map { "did you mean \(InputError.excerpt($0))?" }
        return InputError(
            line: 1,
            "the header has no column \(InputError.excerpt(name)); "
                + (hint ?? "it has \(InputError.list(names))"))
    }
}
