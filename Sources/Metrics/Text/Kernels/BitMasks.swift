/// For each symbol where it stands in a strip of a pattern: bit i is place i.
///
/// All masks are zero between uses; who sets some clears them.
struct BitMasks<Bits: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>: ~Copyable {
    private var room = Room<Bits>(0)

    var base: UnsafeMutablePointer<Bits> { room.base }

    /// - Parameter symbolCount: symbols are less than that.
    @inline(__always) mutating func reserve(_ symbolCount: Int) {
        if symbolCount > room.capacity {
            room = Room(2 * symbolCount)
            room.base.update(repeating: 0, count: room.capacity)
        }
    }

    @inline(__always) func set<Symbol: FixedWidthInteger>(
        _ pattern: UnsafeBufferPointer<Symbol>
    ) {
        var bit: Bits = 1
        for symbol in pattern {
            room.base[Int(truncatingIfNeeded: symbol)] |= bit
            bit = bit &<< 1
        }
    }

    @inline(__always) func clear<Symbol: FixedWidthInteger>(
        _ pattern: UnsafeBufferPointer<Symbol>
    ) {
        for symbol in pattern { room.base[Int(truncatingIfNeeded: symbol)] = 0 }
    }
}

extension FixedWidthInteger where Self: UnsignedInteger {
    /// The lowest `count` bits, 0 to all.
    @inline(__always) static func lowest(_ count: Int) -> Self {
        count >= bitWidth ? .max : (1 &<< Self(truncatingIfNeeded: count)) &- 1
    }
}

/// A pattern cut into strips as long as a machine word, or two.
struct Strips<Bits: FixedWidthInteger>: Sequence, IteratorProtocol {
    private let count: Int
    private var start = 0

    init(of count: Int) { self.count = count }

    mutating func next() -> Range<Int>? {
        guard start < count else { return nil }
        defer { start += Bits.bitWidth }
        return start..<Swift.min(count, start + Bits.bitWidth)
    }
}
