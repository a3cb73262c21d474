/// Words that two texts both begin with, or both end with, counted from their bytes.
///
/// Eight bytes at a time, and no word is cut out for it. It stops early, never late: before a word in
/// which the texts differ, that has more than printable ASCII, or that is among the last few bytes.
struct SharedEdge {
    /// Of these words, with the space that parts them from what is left.
    private(set) var byteCount = 0
    private(set) var wordCount = 0

    init(startOf a: TextBytes, _ b: TextBytes) {
        guard let starts = Self.starts(a, b) else { return }
        take(min(a.count, b.count)) { at in
            (eightBytes(starts.a + at), eightBytes(starts.b + at))
        }
    }

    init(endOf a: TextBytes, _ b: TextBytes) {
        guard let starts = Self.starts(a, b) else { return }
        let (endA, endB) = (starts.a + a.count - 8, starts.b + b.count - 8)
        // The last byte is the first: all else is the same.
        take(min(a.count, b.count)) { at in
            (eightBytes(endA - at).byteSwapped, eightBytes(endB - at).byteSwapped)
        }
    }

    private static func starts(
        _ a: TextBytes, _ b: TextBytes
    ) -> (a: UnsafePointer<UInt8>, b: UnsafePointer<UInt8>)? {
        guard let a = a.baseAddress, let b = b.baseAddress else { return nil }
        return (a, b)
    }

    /// - Parameters:
    ///   - count: bytes that both have.
    ///   - eight: of both, from a place on.
    @inline(__always) private mutating func take(_ count: Int, _ eight: (Int) -> (UInt64, UInt64)) {
        // The byte before belongs to a word.
        var (at, previous) = (0, UInt64(0))
        while at + 8 <= count {
            let (a, b) = eight(at)
            // Right up to the first byte that is not printable ASCII.
            let others = ((a &- .all(0x20)) | a) & .all(0x80)
            let same = (a ^ b | others).trailingZeroBitCount >> 3
            let letters = (((a ^ .all(0x20)) &+ .all(0x7F)) & .all(0x80)).lowest(same)
            let begins = letters & ~(letters &<< 8 | previous)
            wordCount += Int(truncatingIfNeeded: ((begins &>> 7) &* .all(1)) &>> 56)
            let spaces = (letters ^ .all(0x80)).lowest(same)
            if spaces != 0 { byteCount = at + 8 - spaces.leadingZeroBitCount >> 3 }
            previous = letters &>> 56
            at += same
            if same < 8 { break }
        }
        // The last word goes on, or may.
        if at > byteCount { wordCount -= 1 }
    }
}
