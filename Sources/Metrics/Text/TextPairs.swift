/// Generated texts beside what they may be, row by row. Nothing is copied.
public struct TextPairs: Sendable {
    /// Which lists of references the rows answer.
    public enum Places: Sendable, Equatable {
        case consecutive(from: Int)
        case listed([Int32])
    }

    let hypotheses: Texts
    let references: TextLists
    let places: Places

    public init(
        hypotheses: Texts, references: TextLists, places: Places = .consecutive(from: 0)
    ) throws(MetricError) {
        switch places {
        case .consecutive(let first):
            guard first >= 0, first + hypotheses.count <= references.count else {
                throw .invalidInput(
                    "\(hypotheses.count) texts from row \(first); there are \(references.count) "
                        + "rows of references")
            }
        case .listed(let rows):
            guard rows.count == hypotheses.count else {
                throw .invalidInput("\(hypotheses.count) texts answer \(rows.count) rows")
            }
            for row in rows where row < 0 || row >= references.count {
                throw .invalidInput(
                    "a text answers row \(row); there are \(references.count) rows of references")
            }
        }
        (self.hypotheses, self.references, self.places) = (hypotheses, references, places)
    }

    public var count: Int { hypotheses.count }

    /// A single pair.
    init(_ hypothesis: String, _ references: [String]) throws(MetricError) {
        try self.init(
            hypotheses: Texts([hypothesis]),
            references: TextLists(Texts(references), ends: [references.count]))
    }

    /// Calls `body` with bare pointers, valid within it.
    func withRows<Result>(
        _ body: (PairRows) throws(MetricError) -> Result
    ) throws(MetricError) -> Result {
        try hypotheses.withPointers { own throws(MetricError) in
            try references.texts.withPointers { known throws(MetricError) in
                try Self.withPointer(references.ends) { lists throws(MetricError) in
                    var (first, listed) = (0, [Int32]?.none)
                    switch places {
                    case .consecutive(let from): first = from
                    case .listed(let rows): listed = rows
                    }
                    return try Self.withPointer(listed) { listed throws(MetricError) in
                        try body(
                            PairRows(
                                own: own, known: known, lists: lists, first: first,
                                listed: listed))
                    }
                }
            }
        }
    }

    private static func withPointer<Element, Result>(
        _ array: [Element]?,
        _ body: (UnsafeBufferPointer<Element>?) throws(MetricError) -> Result
    ) throws(MetricError) -> Result {
        guard let array else { return try body(nil) }
        return try array.withUnsafeBufferPointer { pointer throws(MetricError) in
            try body(pointer)
        }
    }
}

/// The bytes of one text, valid UTF-8.
typealias TextBytes = UnsafeBufferPointer<UInt8>

/// `Texts`, as kernels read them.
struct TextPointers {
    let bytes: TextBytes
    let ends: UnsafeBufferPointer<Int>
    let isASCII: Bool

    @inline(__always) subscript(index: Int) -> TextBytes {
        precondition(index >= 0 && index < ends.count, "text \(index) of \(ends.count)")
        let start = index == 0 ? 0 : ends[index - 1]
        return TextBytes(rebasing: bytes[start..<ends[index]])
    }
}

extension Texts {
    func withPointers<Result>(
        _ body: (TextPointers) throws(MetricError) -> Result
    ) throws(MetricError) -> Result {
        try bytes.withUnsafeBufferPointer { bytes throws(MetricError) in
            try ends.withUnsafeBufferPointer { ends throws(MetricError) in
                try body(TextPointers(bytes: bytes, ends: ends, isASCII: isASCII))
            }
        }
    }
}

/// The rows of `TextPairs`, as kernels read them.
struct PairRows {
    let own: TextPointers
    let known: TextPointers
    let lists: UnsafeBufferPointer<Int>?
    let first: Int
    let listed: UnsafeBufferPointer<Int32>?

    var isASCII: Bool { own.isASCII && known.isASCII }

    /// Places in `known` of a row's references.
    @inline(__always) func references(_ row: Int) -> Range<Int> {
        let place = listed.map { Int($0[row]) } ?? first + row
        guard let lists else { return place..<place + 1 }
        return (place == 0 ? 0 : lists[place - 1])..<lists[place]
    }

    /// Of a row that must have one.
    @inline(__always) func reference(_ row: Int) throws(MetricError) -> TextBytes {
        let places = references(row)
        guard places.count == 1 else {
            throw places.isEmpty
                ? .insufficientData("row \(row) has no reference")
                : .invalidInput("row \(row) has \(places.count) references; expected one")
        }
        return known[places.lowerBound]
    }

    /// Of a row that must have one or more.
    @inline(__always) func someReferences(_ row: Int) throws(MetricError) -> Range<Int> {
        let places = references(row)
        guard !places.isEmpty else {
            throw .insufficientData("row \(row) has no reference")
        }
        return places
    }
}
