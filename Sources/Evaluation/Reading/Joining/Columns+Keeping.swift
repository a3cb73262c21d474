/// Some rows of columns, for blocks of which others are bad.
extension ClassColumn {
    /// Bytes where every place fits into one.
    init(narrowing places: [Int32]) {
        var largest: Int32 = 0
        for place in places { largest = max(largest, place) }
        guard largest <= Int32(UInt8.max) else {
            self = .int32(places)
            return
        }
        self = .uint8(
            [UInt8](unsafeUninitializedCapacity: places.count) { narrow, initialized in
                places.withUnsafeBufferPointer { places in
                    for index in places.indices {
                        narrow.initializeElement(
                            at: index, to: UInt8(truncatingIfNeeded: places[index]))
                    }
                }
                initialized = places.count
            })
    }

    func keeping(_ rows: [Int]) -> ClassColumn {
        switch self {
        case .uint8(let values): .uint8(rows.map { values[$0] })
        case .int32(let values): ClassColumn(narrowing: rows.map { values[$0] })
        }
    }
}

extension ScoreColumn {
    /// - Parameter count: of the rows; each has equally many scores.
    func keeping(_ rows: [Int], of count: Int) -> ScoreColumn {
        func kept<Value>(_ values: [Value]) -> [Value] {
            let width = count == 0 ? 0 : values.count / count
            return rows.flatMap { values[($0 * width)..<(($0 + 1) * width)] }
        }
        switch self {
        case .float32(let values): return .float32(kept(values))
        case .float64(let values): return .float64(kept(values))
        }
    }
}

extension TextColumn {
    func keeping(_ rows: [Int]) -> TextColumn {
        var kept = TextColumn()
        for row in rows { kept.append(self[row]) }
        return kept
    }
}

extension ListColumn {
    func keeping(_ rows: [Int]) -> ListColumn {
        var kept = ListColumn()
        for row in rows { kept.append(self[row]) }
        return kept
    }
}
