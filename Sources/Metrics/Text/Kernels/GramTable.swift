/// Counts, or numbers, 64-bit keys: an open-addressing table, emptied by counting the epoch up.
struct GramTable: ~Copyable {
    struct Slot: BitwiseCopyable {
        var key: UInt64
        var epoch: UInt32
        var value: Int32
    }

    private var slots = Room<Slot>(0)
    private var epoch: UInt32 = 0
    private var shift: UInt64 = 0
    private var mask = 0
    private(set) var count = 0

    /// Forgets all keys.
    /// - Parameter count: how many will come at most.
    @inline(__always) mutating func begin(_ count: Int) {
        self.count = 0
        // A third is filled at most; as few slots as that takes stay in the cache.
        let bits = max(6, Int.bitWidth - (3 * count).leadingZeroBitCount)
        shift = UInt64(truncatingIfNeeded: 64 - bits)
        mask = (1 << bits) - 1
        epoch &+= 1
        if epoch == 0 || mask >= slots.capacity { makeSlots(mask + 1) }
    }

    @inline(never) private mutating func makeSlots(_ count: Int) {
        slots = Room(max(count, slots.capacity))
        slots.base.update(
            repeating: Slot(key: 0, epoch: 0, value: 0), count: slots.capacity)
        epoch = 1
    }

    /// - Returns: where the key is, or the free slot where it belongs.
    @inline(__always) private func slot(_ key: UInt64) -> UnsafeMutablePointer<Slot> {
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
        while slots.base[place].epoch == epoch && slots.base[place].key != key {
            place = (place &+ 1) & mask
        }
        return slots.base + place
    }

    /// - Returns: how often the key has come now.
    @inline(__always) @discardableResult mutating func add(_ key: UInt64) -> Int32 {
        let slot = slot(key)
        if slot.pointee.epoch == epoch {
            slot.pointee.value &+= 1
            return slot.pointee.value
        }
        slot.pointee = Slot(key: key, epoch: epoch, value: 1)
        return 1
    }

    /// Takes one of the key away.
    /// - Returns: 1 if there was one, else 0.
    @inline(__always) mutating func take(_ key: UInt64) -> Int32 {
        let slot = slot(key)
        guard slot.pointee.epoch == epoch, slot.pointee.value > 0 else { return 0 }
        slot.pointee.value &-= 1
        return 1
    }

    /// The key has come at least so often.
    @inline(__always) mutating func raise(_ key: UInt64, to value: Int32) {
        let slot = slot(key)
        if slot.pointee.epoch == epoch {
            slot.pointee.value = max(slot.pointee.value, value)
        } else {
            slot.pointee = Slot(key: key, epoch: epoch, value: value)
        }
    }

    /// - Returns: the key's number from 0, in the order in which keys come.
    @inline(__always) mutating func number(_ key: UInt64) -> Int32 {
        let slot = slot(key)
        if slot.pointee.epoch == epoch { return slot.pointee.value }
        slot.pointee = Slot(
            key: key, epoch: epoch, value: Int32(truncatingIfNeeded: count))
        count += 1
        return slot.pointee.value
    }
}
