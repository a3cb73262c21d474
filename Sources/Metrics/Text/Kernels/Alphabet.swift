/// Numbers characters in the order in which they come; ASCII has its own numbers.
struct Alphabet: ~Copyable {
    struct Slot: BitwiseCopyable {
        var epoch: UInt32
        var scalar: UInt32
        var number: Int32
    }

    private static let firstNumber = 128

    private var slots = Room<Slot>(0)
    private var bits = 0
    private var epoch: UInt32 = 0
    private var others = 0

    /// Numbers are less than that.
    var count: Int { Self.firstNumber + others }

    mutating func removeAll() {
        others = 0
        epoch &+= 1
        if epoch == 0 || bits == 0 { makeSlots(max(bits, 10)) }
    }

    /// - Returns: in `room`, as long as it is not written to.
    mutating func symbols(
        of text: TextBytes, _ room: inout Room<Int32>, skippingSpaces: Bool = false
    ) -> UnsafeBufferPointer<Int32> {
        guard let base = text.baseAddress else { return UnsafeBufferPointer(start: nil, count: 0) }
        room.reserve(text.count)
        var (at, made) = (0, 0)
        while at < text.count {
            let lead = base[at]
            if skippingSpaces {
                let space = Characters.spaceLength(base + at)
                if space > 0 {
                    at += space
                    continue
                }
            }
            if lead < 0x80 {
                room.base[made] = Int32(lead)
                at += 1
            } else {
                room.base[made] = number(Characters.scalar(base + at))
                at += Characters.length(lead)
            }
            made += 1
        }
        return UnsafeBufferPointer(start: room.base, count: made)
    }

    private mutating func number(_ scalar: UInt32) -> Int32 {
        var place = Self.place(scalar, bits)
        while slots.base[place].epoch == epoch {
            if slots.base[place].scalar == scalar { return slots.base[place].number }
            place = (place + 1) & (1 << bits - 1)
        }
        let number = Int32(count)
        slots.base[place] = Slot(epoch: epoch, scalar: scalar, number: number)
        others += 1
        if others > 1 << bits / 2 { makeSlots(bits + 2) }
        return number
    }

    private static func place(_ scalar: UInt32, _ bits: Int) -> Int {
        Int((UInt64(scalar) &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - bits))
    }

    /// What is there stays.
    private mutating func makeSlots(_ newBits: Int) {
        let larger = Room<Slot>(1 << newBits)
        larger.base.update(
            repeating: Slot(epoch: 0, scalar: 0, number: 0), count: 1 << newBits)
        if epoch == 0 { epoch = 1 }
        for old in 0..<(bits == 0 ? 0 : 1 << bits) where slots.base[old].epoch == epoch {
            var place = Self.place(slots.base[old].scalar, newBits)
            while larger.base[place].epoch == epoch { place = (place + 1) & (1 << newBits - 1) }
            larger.base[place] = slots.base[old]
        }
        slots = larger
        bits = newBits
    }
}
