import CairnCore

/// Random numbers keyed by a seed and an index: resample 17 of seed 7 is the same whoever draws it,
/// in whatever order and on however many threads.
struct KeyedRandom {
    private var source: SeededRandom

    init(seed: UInt64, index: Int) {
        var keys = SeededRandom(seed: seed)
        let key = keys.next()
        var scrambler = SeededRandom(seed: key ^ UInt64(bitPattern: Int64(index)))
        source = SeededRandom(seed: scrambler.next())
    }

    /// A whole number from 0 to count − 1; uneven only by count/2⁶⁴.
    mutating func index(below count: Int) -> Int {
        Int(source.next().multipliedFullWidth(by: UInt64(count)).high)
    }
}
