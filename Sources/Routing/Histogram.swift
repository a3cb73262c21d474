import Messages

extension ServingTable {
    /// The cells in which one column of live requests is counted.
    public struct Histogram: Sendable, Equatable {
        public static let cellCount = 64

        /// As the evaluator's reference names it: `input.length`, `score`, `output`.
        public let column: String
        private let edges: [Double]
        private let names: [String: Int]
        let message: HistogramSpec

        init(checking spec: HistogramSpec) throws(TableError) {
            let cells = max(spec.edges.count, spec.names.count) + 1
            guard spec.edges.isEmpty != spec.names.isEmpty, cells <= Self.cellCount else {
                throw TableError(
                    "the histogram of '\(spec.column.prefix(80))' has \(spec.edges.count) edges and "
                        + "\(spec.names.count) names; it has one of them, \(Self.cellCount) cells at "
                        + "most")
            }
            guard !spec.edges.contains(where: \.isNaN),
                zip(spec.edges, spec.edges.dropFirst()).allSatisfy(<),
                Set(spec.names).count == spec.names.count
            else {
                throw TableError(
                    "the edges of '\(spec.column.prefix(80))' do not rise, or a name stands twice")
            }
            (column, edges, message) = (spec.column, spec.edges, spec)
            names = Dictionary(
                uniqueKeysWithValues: spec.names.enumerated().map { ($0.element, $0.offset) })
        }

        public var cells: Int { max(edges.count, names.count) + 1 }

        /// - Returns: `nil` for a value of the other kind, or NaN: it is not counted.
        public func cell(of value: LiveValues.Value) -> Int? {
            switch value {
            case .number(let number) where !edges.isEmpty && !number.isNaN:
                // Up to and with each edge.
                var (low, high) = (0, edges.count)
                while low < high {
                    let middle = (low + high) / 2
                    if edges[middle] < number { low = middle + 1 } else { high = middle }
                }
                return low
            case .name(let name) where edges.isEmpty: return names[name] ?? names.count
            case .number(let number)
            where edges.isEmpty && number == number.rounded()
                && number.magnitude < 1e15:
                // Classes may be numbers.
                return names["\(Int(number))"] ?? names.count
            case .number, .name: return nil
            }
        }
    }
}

/// What a request was about and what was answered, by the names that the test set has for it: counted
/// in cells, and sent nowhere else.
public struct LiveValues: Sendable, Equatable {
    public enum Value: Sendable, Equatable {
        case number(Double)
        /// A class, a language, a yes or no: one of not too many.
        case name(String)
    }

    private var columns: [String: Value] = [:]

    public init() {}

    /// - Parameters:
    ///   - inputs: by the names of the data set's columns.
    ///   - output: what was answered, where it is a class or a number.
    ///   - score: of the answer, as predictions have it.
    public init(inputs: [String: Value], output: Value? = nil, score: Double? = nil) {
        for (name, value) in inputs { columns["input." + name] = value }
        if let output { columns["output"] = output }
        if let score { columns["score"] = .number(score) }
    }

    /// A text is known by its length in characters (Unicode scalars).
    public mutating func set(text: String, ofInput name: String) {
        columns["input.\(name).length"] = .number(Double(text.unicodeScalars.count))
    }

    /// The same of a text that was answered.
    public mutating func set(outputText text: String) {
        columns["output.length"] = .number(Double(text.unicodeScalars.count))
    }

    public subscript(column: String) -> Value? { columns[column] }
}
