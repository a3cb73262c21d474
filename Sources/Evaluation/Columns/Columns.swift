/// Class numbers in the narrowest type that holds them.
public enum ClassColumn: Sendable, Equatable {
    case uint8([UInt8])
    case int32([Int32])

    public var count: Int {
        switch self {
        case .uint8(let values): values.count
        case .int32(let values): values.count
        }
    }

    public subscript(index: Int) -> Int {
        switch self {
        case .uint8(let values): Int(values[index])
        case .int32(let values): Int(values[index])
        }
    }
}

/// Scores as they were stored: log losses clip by the type's own ε.
public enum ScoreColumn: Sendable, Equatable {
    case float32([Float])
    case float64([Double])

    public var count: Int {
        switch self {
        case .float32(let values): values.count
        case .float64(let values): values.count
        }
    }

    public subscript(index: Int) -> Double {
        switch self {
        case .float32(let values): Double(values[index])
        case .float64(let values): values[index]
        }
    }
}

/// Texts end to end, in UTF-8.
public struct TextColumn: Sendable, Equatable {
    public private(set) var bytes: [UInt8] = []
    /// Where each text ends in `bytes`.
    public private(set) var ends: [Int] = []

    public init() {}

    public var count: Int { ends.count }

    public mutating func append(_ text: some Sequence<UInt8>) {
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
    }

    /// Adds all texts of another column.
    public mutating func append(_ others: TextColumn) {
        let start = bytes.count
        bytes.append(contentsOf: others.bytes)
        ends.append(contentsOf: others.ends.lazy.map { start + $0 })
    }

    public func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    public subscript(index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

    public func string(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }

    /// Gives the bytes of a text in place.
    public func withSpan<Result>(
        _ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range(index)])) }
    }

    func equals(_ index: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        withSpan(index) { $0.equals(text) }
    }

    mutating func removeLast(_ count: Int) {
        ends.removeLast(count)
        bytes.removeLast(bytes.count - (ends.last ?? 0))
    }
}

/// Lists of any length, one for each row, end to end.
public struct ListColumn<Element: Sendable & Equatable>: Sendable, Equatable {
    public private(set) var items: [Element] = []
    /// Where each row's list ends in `items`.
    public private(set) var ends: [Int] = []

    public init() {}

    public var count: Int { ends.count }

    public mutating func append(_ list: some Sequence<Element>) {
        items.append(contentsOf: list)
        ends.append(items.count)
    }

    /// Adds all lists of another column.
    public mutating func append(_ others: ListColumn) {
        let start = items.count
        items.append(contentsOf: others.items)
        ends.append(contentsOf: others.ends.lazy.map { start + $0 })
    }

    public subscript(row: Int) -> ArraySlice<Element> {
        items[(row == 0 ? 0 : ends[row - 1])..<ends[row]]
    }
}

/// For each row one or more texts: the references of a generated text.
public struct TextListColumn: Sendable, Equatable {
    public private(set) var texts = TextColumn()
    /// Where each row's texts end in `texts`.
    public private(set) var ends: [Int] = []

    public init() {}

    public var count: Int { ends.count }

    public mutating func append(_ list: some Sequence<some Sequence<UInt8>>) {
        for text in list { texts.append(text) }
        ends.append(texts.count)
    }

    /// Adds all lists of another column.
    public mutating func append(_ others: TextListColumn) {
        let start = texts.count
        texts.append(others.texts)
        ends.append(contentsOf: others.ends.lazy.map { start + $0 })
    }

    /// Places in `texts`.
    public func range(_ row: Int) -> Range<Int> { (row == 0 ? 0 : ends[row - 1])..<ends[row] }
}
