/// The slots of an open-addressing table, emptied by counting the epoch up.
///
/// Whoever uses them keeps `epoch` in each slot that is taken: one with another epoch is free.
struct EpochSlots<Slot: BitwiseCopyable>: ~Copyable {
    private var room = Room<Slot>(0)
    private(set) var epoch: UInt32 = 0
    private var shift: UInt64 = 0
    private var mask = 0

    var base: UnsafeMutablePointer<Slot> { room.base }

    /// Frees all slots.
    /// - Parameters:
    ///   - count: how many will be taken at most.
    ///   - empty: a slot of epoch 0.
    @inline(__always) mutating func begin(_ count: Int, empty: Slot) {
        // A third is filled at most; as few slots as that takes stay in the cache.
        let bits = max(6, Int.bitWidth - (3 * count).leadingZeroBitCount)
        shift = UInt64(truncatingIfNeeded: 64 - bits)
        mask = (1 << bits) - 1
        epoch &+= 1
        if epoch == 0 || mask >= room.capacity { makeSlots(mask + 1, empty) }
    }

    @inline(never) private mutating func makeSlots(_ count: Int, _ empty: Slot) {
        room = Room(max(count, room.capacity))
        room.base.update(repeating: empty, count: room.capacity)
        epoch = 1
    }

    /// Where the search for a key begins.
    @inline(__always) func place(of key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
    }

    @inline(__always) func place(after place: Int) -> Int { (place &+ 1) & mask }
}
