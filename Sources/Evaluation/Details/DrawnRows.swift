/// Which examples curves and histograms are made of: all, or an even draw of very many.
///
/// Of more than 524,288 examples one of each 2ᵏ neighbours is drawn, at a place that depends on the
/// place of the group alone: not every 2ᵏ-th, since data sets repeat themselves. Of the 262,144 that
/// are drawn at least, a rate is off by at most 0.001 (one standard error), which no plot shows.
struct DrawnRows: Sendable, Equatable {
    static let countMax = 1 << 19

    /// k.
    private let shift: Int
    private let exampleCount: Int

    init(exampleCount: Int) {
        self.exampleCount = exampleCount
        var shift = 0
        while exampleCount >> shift > Self.countMax { shift += 1 }
        self.shift = shift
    }

    /// How many are drawn when every example is answered; 0 where all are.
    var count: Int { shift == 0 ? 0 : exampleCount >> shift }

    /// The drawn rows of a block, ascending.
    func rows(of block: PredictionBlock) -> [Int] {
        if shift == 0 { return Array(0..<block.count) }
        switch block.examples {
        case .consecutive(let first):
            let groups = first >> shift...(first + block.count) >> shift
            return groups.compactMap { group in
                let row = chosen(of: group) - first
                return (0..<block.count).contains(row) ? row : nil
            }
        case .listed(let places):
            return places.indices.filter { chosen(of: Int(places[$0]) >> shift) == places[$0] }
        }
    }

    private func chosen(of group: Int) -> Int {
        group << shift | Int(Self.scrambled(UInt64(group)) & (1 << UInt64(shift) - 1))
    }

    /// Source: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014.
    private static func scrambled(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
