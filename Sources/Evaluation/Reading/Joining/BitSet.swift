/// Which of 0..<count are in.
struct BitSet: Sendable {
    private let count: Int
    private var words: [UInt64]

    init(count: Int) {
        self.count = count
        words = Array(repeating: 0, count: (count + 63) / 64)
    }

    /// - Returns: whether it was not in.
    mutating func insert(_ index: Int) -> Bool {
        let bit: UInt64 = 1 << UInt64(index & 63)
        let isNew = words[index >> 6] & bit == 0
        words[index >> 6] |= bit
        return isNew
    }

    mutating func insert(_ range: Range<Int>) {
        for index in range { _ = insert(index) }
    }

    mutating func remove(_ index: Int) { words[index >> 6] &= ~(1 << UInt64(index & 63)) }

    /// The least that is not in.
    var firstMissing: Int? {
        for (place, word) in words.enumerated() where word != .max {
            let index = 64 * place + (~word).trailingZeroBitCount
            return index < count ? index : nil
        }
        return nil
    }
}
