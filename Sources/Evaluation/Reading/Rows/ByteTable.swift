/// Finds texts of a column by their bytes.
///
/// Open addressing with linear steps; holds places in the column, not the texts.
struct ByteTable: Sendable {
    /// A place plus one; 0 is free. A power of two, less than half taken.
    private var slots: [UInt32]
    private(set) var count = 0

    init(capacity: Int = 0) {
        slots = Array(repeating: 0, count: max(16, (2 * capacity + 1).nextPowerOfTwo))
    }

    /// - Returns: the place of `text` in `column`, of which this is the table.
    func find(_ text: ByteSpan, in column: TextColumn) -> Int32? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: Self.hash(text)) & mask
        while slots[slot] != 0 {
            let place = Int(slots[slot] - 1)
            if column.equals(place, text) { return Int32(place) }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Notes that `column` has a text at `place` which the table lacks.
    mutating func insert(_ text: ByteSpan, at place: Int32, in column: TextColumn) {
        if 2 * (count + 1) >= slots.count { grow(column) }
        put(Self.hash(text), place)
        count += 1
    }

    /// Notes every text of the column.
    /// - Returns: the first place whose text stands before already; `nil` when each stands once.
    mutating func insertAll(of column: TextColumn) -> Int? {
        for place in 0..<column.count {
            let isNew = column.withSpan(place) { text in
                if find(text, in: column) != nil { return false }
                insert(text, at: Int32(place), in: column)
                return true
            }
            if !isNew { return place }
        }
        return nil
    }

    private mutating func put(_ hash: UInt64, _ place: Int32) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(place) + 1
    }

    private mutating func grow(_ column: TextColumn) {
        let old = slots
        slots = Array(repeating: 0, count: 2 * old.count)
        for slot in old where slot != 0 {
            column.withSpan(Int(slot - 1)) { put(Self.hash($0), Int32(slot - 1)) }
        }
    }

    /// Eight bytes at a time, multiplied and folded.
    static func hash(_ text: ByteSpan) -> UInt64 {
        var hash = UInt64(text.count) &* 0x9E37_79B9_7F4A_7C15
        let raw = UnsafeRawBufferPointer(text)
        var at = 0
        while at + 8 <= raw.count {
            hash = mixed(hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            at += 8
        }
        var rest: UInt64 = 0
        while at < raw.count {
            rest = rest << 8 | UInt64(raw[at])
            at += 1
        }
        return mixed(hash ^ rest)
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        let (high, low) = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return high ^ low
    }
}

extension Int {
    fileprivate var nextPowerOfTwo: Int {
        self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
    }
}
