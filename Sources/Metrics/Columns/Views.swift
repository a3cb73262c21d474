/// A column of values that somebody else holds, or a part of one.
///
/// It is only read, and only during the call that it is given to: the caller keeps the memory alive
/// and unchanged for so long, as `withUnsafeBufferPointer` does.
public struct ColumnView<Element>: @unchecked Sendable {
    public let pointer: UnsafeBufferPointer<Element>

    public init(_ pointer: UnsafeBufferPointer<Element>) { self.pointer = pointer }

    public var count: Int { pointer.count }

    public subscript(index: Int) -> Element { pointer[index] }

    public subscript(range: Range<Int>) -> ColumnView {
        ColumnView(UnsafeBufferPointer(rebasing: pointer[range]))
    }
}

/// Class numbers from 0, in the type in which they are stored. See `ColumnView` for how long it holds.
public enum LabelView: Sendable {
    case uint8(ColumnView<UInt8>)
    case int32(ColumnView<Int32>)

    public var count: Int {
        switch self {
        case .uint8(let column): column.count
        case .int32(let column): column.count
        }
    }

    public subscript(index: Int) -> Int {
        switch self {
        case .uint8(let column): Int(column[index])
        case .int32(let column): Int(column[index])
        }
    }

    public subscript(range: Range<Int>) -> LabelView {
        switch self {
        case .uint8(let column): .uint8(column[range])
        case .int32(let column): .int32(column[range])
        }
    }
}

/// Numbers in the type in which they are stored: log losses clip by the type's own ε. See `ColumnView`
/// for how long it holds.
public enum ScoreView: Sendable {
    case float32(ColumnView<Float>)
    case float64(ColumnView<Double>)

    public var count: Int {
        switch self {
        case .float32(let column): column.count
        case .float64(let column): column.count
        }
    }

    public subscript(index: Int) -> Double {
        switch self {
        case .float32(let column): Double(column[index])
        case .float64(let column): column[index]
        }
    }

    public subscript(range: Range<Int>) -> ScoreView {
        switch self {
        case .float32(let column): .float32(column[range])
        case .float64(let column): .float64(column[range])
        }
    }

    /// Rows of one width behind one another.
    public func rows(_ range: Range<Int>, width: Int) -> ScoreView {
        self[range.lowerBound * width..<range.upperBound * width]
    }

    /// 2⁻²³ or 2⁻⁵²: what scikit-learn clips probabilities of this type to.
    var epsilon: Double {
        switch self {
        case .float32: 0x1p-23
        case .float64: 0x1p-52
        }
    }
}

/// Lists of any length, one for each row, end to end. See `ColumnView` for how long it holds.
public struct ListView<Element>: @unchecked Sendable {
    private let items: UnsafeBufferPointer<Element>
    private let ends: UnsafeBufferPointer<Int>
    /// Where the first row's list begins in `items`.
    private let start: Int

    /// - Parameter ends: where each row's list ends in `items`; they never fall.
    public init(items: UnsafeBufferPointer<Element>, ends: UnsafeBufferPointer<Int>) {
        self.init(items, ends, start: 0)
    }

    private init(
        _ items: UnsafeBufferPointer<Element>, _ ends: UnsafeBufferPointer<Int>, start: Int
    ) {
        (self.items, self.ends, self.start) = (items, ends, start)
    }

    public var count: Int { ends.count }

    public subscript(row: Int) -> ColumnView<Element> {
        let begin = row == 0 ? start : ends[row - 1]
        return ColumnView(UnsafeBufferPointer(rebasing: items[begin..<ends[row]]))
    }

    public subscript(rows: Range<Int>) -> ListView {
        ListView(
            items, UnsafeBufferPointer(rebasing: ends[rows]),
            start: rows.lowerBound == 0 ? start : ends[rows.lowerBound - 1])
    }
}

extension Array {
    public func withView<Result, Failure: Error>(
        _ body: (ColumnView<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withUnsafeBufferPointer { (pointer) throws(Failure) in try body(ColumnView(pointer)) }
    }
}
