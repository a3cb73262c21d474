/// For each word of a text where it stands there: bit i is place i.
///
/// Exact: hash, then bytes compared.
struct WordPlaces: ~Copyable {
    /// The text has at most so many words.
    static let countMax = 64

    struct Slot: BitwiseCopyable {
        var key: UInt64
        /// The epoch, and below it the word's length.
        var tag: UInt64
        var places: UInt64
        /// Of a long word, where it begins in its line.
        var start: Int
    }

    private var slots = EpochSlots<Slot>()

    /// Forgets all words.
    /// - Parameter count: how many will come at most.
    @inline(__always) mutating func begin(_ count: Int) {
        slots.begin(count, empty: Slot(key: 0, tag: 0, places: 0, start: 0))
    }

    @inline(__always) private func tag(_ word: Word) -> UInt64 {
        UInt64(slots.epoch) &<< 32 | UInt64(UInt32(truncatingIfNeeded: word.length))
    }

    /// - Parameters:
    ///   - line: what it is a word of.
    ///   - known: what the words in the table are words of.
    /// - Returns: where the word is, or the free slot where it belongs; and whether it is there.
    @inline(__always) private func slot(
        _ word: Word, _ line: UnsafePointer<UInt8>, _ known: UnsafePointer<UInt8>
    ) -> (slot: UnsafeMutablePointer<Slot>, isKnown: Bool) {
        let tag = tag(word)
        var place = slots.place(of: word.key ^ tag &<< 56)
        while true {
            let slot = slots.base + place
            // Which of both it is, is not to be guessed.
            let isSame = slot.pointee.key == word.key && slot.pointee.tag == tag
            let isFree = slot.pointee.tag &>> 32 != tag &>> 32
            if isSame || isFree {
                if word.length <= 8 || isFree
                    || Word.areEqual(
                        line + Int(word.start), known + slot.pointee.start, Int(word.length))
                {
                    return (slot, isSame)
                }
            }
            place = slots.place(after: place)
        }
    }

    /// - Parameter line: what this and all others are words of.
    @inline(__always) func add(_ word: Word, at place: Int, of line: UnsafePointer<UInt8>) {
        let (slot, isKnown) = slot(word, line, line)
        let others = isKnown ? slot.pointee.places : 0
        slot.pointee = Slot(
            key: word.key, tag: tag(word), places: others | 1 &<< UInt64(truncatingIfNeeded: place),
            start: Int(word.start))
    }

    /// - Parameters:
    ///   - line: what it is a word of.
    ///   - known: what the words in the table are words of.
    /// - Returns: none where the word is not in the table.
    @inline(__always) func places(
        _ word: Word, of line: UnsafePointer<UInt8>, in known: UnsafePointer<UInt8>
    ) -> UInt64 {
        let (slot, isKnown) = slot(word, line, known)
        return isKnown ? slot.pointee.places : 0
    }
}
