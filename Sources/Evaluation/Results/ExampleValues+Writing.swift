import Statistics

extension ExampleValues {
    /// Writes the values of blocks at the places of their examples.
    ///
    /// - Parameter blocks: of the same kind, or of a wider one, to which all is widened then. No place
    ///   is in two of them.
    mutating func write(
        _ blocks: [ExampleValues], at places: [ExamplePlaces], workerCount: Int
    ) {
        widen(to: blocks)
        switch self {
        case .bits(var all):
            self = .bits(ExampleBits(repeating: false, count: 0))
            for case (.bits(let new), let places) in zip(blocks, places) {
                all.write(new, at: places)
            }
            self = .bits(all)
        case .uint8(var all):
            self = .uint8([])
            Self.put(blocks.compactMap(\.bytes), places, &all, workerCount)
            self = .uint8(all)
        case .int32(var all):
            self = .int32([])
            Self.put(blocks.compactMap(\.wholeNumbers), places, &all, workerCount)
            self = .int32(all)
        case .float32(var all):
            self = .float32([])
            Self.put(blocks.compactMap(\.floats), places, &all, workerCount)
            self = .float32(all)
        case .float64(var all):
            self = .float64([])
            Self.put(blocks.compactMap(\.doubles), places, &all, workerCount)
            self = .float64(all)
        case .scaled: preconditionFailure("another column says what these are")
        }
    }

    private mutating func widen(to blocks: [ExampleValues]) {
        for block in blocks {
            switch (self, block) {
            case (.uint8(let all), .int32): self = .int32(all.map { Int32($0) })
            case (.float32(let all), .float64): self = .float64(all.map { Double($0) })
            default: continue  // As wide or wider already.
            }
        }
    }

    private static func put<Value: Sendable>(
        _ blocks: [[Value]], _ places: [ExamplePlaces], _ all: inout [Value], _ workerCount: Int
    ) {
        precondition(blocks.count == places.count, "values of another kind for the same column")
        all.withUnsafeMutableBufferPointer { all in
            // No place is in two blocks, and each block is written by one thread.
            nonisolated(unsafe) let all = all
            Blocks(count: blocks.count, workers: workerCount, size: 1).forEach { block, _ in
                let new = blocks[block]
                switch places[block] {
                case .consecutive(let first):
                    _ = UnsafeMutableBufferPointer(rebasing: all[first..<first + new.count])
                        .update(fromContentsOf: new)
                case .listed(let listed):
                    for (row, place) in listed.enumerated() { all[Int(place)] = new[row] }
                }
            }
        }
    }

    /// Nothing written yet, for `count` examples.
    func emptied(count: Int) -> ExampleValues {
        switch self {
        case .bits: .bits(ExampleBits(repeating: false, count: count))
        case .uint8: .uint8(Array(repeating: 0, count: count))
        case .int32: .int32(Array(repeating: 0, count: count))
        case .float32: .float32(Array(repeating: 0, count: count))
        case .float64: .float64(Array(repeating: 0, count: count))
        case .scaled(let column, let factor): .scaled(column, by: factor)
        }
    }

    private var bytes: [UInt8]? { if case .uint8(let values) = self { values } else { nil } }

    private var wholeNumbers: [Int32]? {
        switch self {
        case .uint8(let values): values.map { Int32($0) }
        case .int32(let values): values
        case .bits, .float32, .float64, .scaled: nil
        }
    }

    private var floats: [Float]? { if case .float32(let values) = self { values } else { nil } }

    private var doubles: [Double]? {
        switch self {
        case .float32(let values): values.map { Double($0) }
        case .float64(let values): values
        case .bits, .uint8, .int32, .scaled: nil
        }
    }
}
