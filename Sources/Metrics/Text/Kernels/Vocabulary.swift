/// Numbers words from 0 in the order in which they come, exactly: hash, then bytes compared.
struct Vocabulary: ~Copyable {
    struct Slot: BitwiseCopyable {
        var key: UInt64
        var length: Int32
        /// Of a long word, its place in `bytes`.
        var start: Int32
        var epoch: UInt32
        var number: Int32
    }

    private var slots = EpochSlots<Slot>()
    /// The words that are longer than their keys.
    private var bytes = Room<UInt8>(256)
    private var byteCount = 0
    private(set) var count = 0

    private var epoch: UInt32 { slots.epoch }

    /// Forgets all words.
    /// - Parameter count: how many will come at most.
    @inline(__always) mutating func begin(_ count: Int) {
        self.count = 0
        byteCount = 0
        slots.begin(count, empty: Slot(key: 0, length: 0, start: 0, epoch: 0, number: 0))
    }

    /// - Returns: where the word is, or the free slot where it belongs.
    @inline(__always) private func slot(
        _ word: Word, _ line: UnsafePointer<UInt8>
    ) -> UnsafeMutablePointer<Slot> {
        var place = slots.place(
            of: word.key ^ UInt64(truncatingIfNeeded: word.length) &<< 56)
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
            place = slots.place(after: place)
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
