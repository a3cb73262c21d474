/// Counts, or numbers, 64-bit keys.
struct GramTable: ~Copyable {
    struct Slot: BitwiseCopyable {
        var key: UInt64
        var epoch: UInt32
        var value: Int32
    }

    private var slots = EpochSlots<Slot>()
    private(set) var count = 0

    private var epoch: UInt32 { slots.epoch }

    /// Forgets all keys.
    /// - Parameter count: how many will come at most.
    @inline(__always) mutating func begin(_ count: Int) {
        self.count = 0
        slots.begin(count, empty: Slot(key: 0, epoch: 0, value: 0))
    }

    /// - Returns: where the key is, or the free slot where it belongs.
    @inline(__always) private func slot(_ key: UInt64) -> UnsafeMutablePointer<Slot> {
        var place = slots.place(of: key)
        while slots.base[place].epoch == epoch && slots.base[place].key != key {
            place = slots.place(after: place)
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
