/// Numbers words from 0 in the order in which they come, exactly: hash, then bytes compared.
///
/// An open-addressing table, emptied by counting the epoch up.
struct Vocabulary: ~Copyable {
    struct Slot: BitwiseCopyable {
        var key: UInt64
        var length: Int32
        /// Of a long word, its place in `bytes`.
        var start: Int32
        var epoch: UInt32
        var number: Int32
    }

    private var slots = Room<Slot>(0)
    /// The words that are longer than their keys.
    private var bytes = Room<UInt8>(256)
    private var byteCount = 0
    private var epoch: UInt32 = 0
    private var shift: UInt64 = 0
    private var mask = 0
    private(set) var count = 0

    /// Forgets all words.
    /// - Parameter count: how many will come at most.
    @inline(__always) mutating func begin(_ count: Int) {
        self.count = 0
        byteCount = 0
        // A third is filled at most; as few slots as that takes stay in the cache.
        let bits = max(6, Int.bitWidth - (3 * count).leadingZeroBitCount)
        shift = UInt64(truncatingIfNeeded: 64 - bits)
        mask = (1 << bits) - 1
        epoch &+= 1
        if epoch == 0 || mask >= slots.capacity { makeSlots(mask + 1) }
    }

    @inline(never) private mutating func makeSlots(_ count: Int) {
        slots = Room(max(count, slots.capacity))
        let empty = Slot(key: 0, length: 0, start: 0, epoch: 0, number: 0)
        slots.base.update(repeating: empty, count: slots.capacity)
        epoch = 1
    }

    /// - Returns: where the word is, or the free slot where it belongs.
    @inline(__always) private func slot(
        _ word: Word, _ line: UnsafePointer<UInt8>
    ) -> UnsafeMutablePointer<Slot> {
        let mixed =
            (word.key ^ UInt64(truncatingIfNeeded: word.length) &<< 56) &* 0x9E37_79B9_7F4A_7C15
        var place = Int(truncatingIfNeeded: mixed &>> shift)
        while true {
            let slot = slots.base + place
            if slot.pointee.epoch != epoch { return slot }
            if slot.pointee.key == word.key && slot.pointee.length == word.length
                && (word.length <= 8
                    || Word.areEqual(
                        line + Int(word.start), bytes.base + Int(slot.pointee.start),
                        Int(word.length)))
            {
                return slot
            }
            place = (place &+ 1) & mask
        }
    }

    /// - Parameter line: what it is a word of.
    /// - Returns: the word's number, new or known.
    @inline(__always) mutating func number(
        _ word: Word, _ line: UnsafePointer<UInt8>
    ) -> Int32 {
        let slot = slot(word, line)
        if slot.pointee.epoch == epoch { return slot.pointee.number }
        slot.pointee = Slot(
            key: word.key, length: word.length, start: Int32(truncatingIfNeeded: byteCount),
            epoch: epoch, number: Int32(truncatingIfNeeded: count))
        if word.length > 8 { keep(word, line) }
        count += 1
        return slot.pointee.number
    }

    private mutating func keep(_ word: Word, _ line: UnsafePointer<UInt8>) {
        let length = Int(word.length)
        bytes.reserve(byteCount + length)
        (bytes.base + byteCount).update(from: line + Int(word.start), count: length)
        byteCount += length
    }

    /// - Returns: the word's number, or `count` if it is not known.
    @inline(__always) func known(_ word: Word, _ line: UnsafePointer<UInt8>) -> Int32 {
        let slot = slot(word, line)
        return slot.pointee.epoch == epoch
            ? slot.pointee.number : Int32(truncatingIfNeeded: count)
    }
}
