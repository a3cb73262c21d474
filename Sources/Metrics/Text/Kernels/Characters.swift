/// Characters of valid UTF-8, by pointer. One byte at least must follow the text.
enum Characters {
    /// Bytes of the character that begins with this one.
    @inline(__always) static func length(_ lead: UInt8) -> Int {
        lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    }

    @inline(__always) static func scalar(_ at: UnsafePointer<UInt8>) -> UInt32 {
        let lead = UInt32(at[0])
        if lead < 0x80 { return lead }
        let second = UInt32(at[1] & 0x3F)
        if lead < 0xE0 { return (lead & 0x1F) << 6 | second }
        let third = UInt32(at[2] & 0x3F)
        if lead < 0xF0 { return (lead & 0xF) << 12 | second << 6 | third }
        return (lead & 7) << 18 | second << 12 | third << 6 | UInt32(at[3] & 0x3F)
    }

    /// - Returns: behind what was written, at most four bytes.
    @inline(__always) static func write(
        _ scalar: UInt32, to at: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        func rest(_ shift: UInt32) -> UInt8 {
            UInt8(truncatingIfNeeded: scalar >> shift) & 0x3F | 0x80
        }
        switch scalar {
        case ..<0x80:
            at[0] = UInt8(truncatingIfNeeded: scalar)
            return at + 1
        case ..<0x800:
            at[0] = UInt8(truncatingIfNeeded: scalar >> 6) | 0xC0
            at[1] = rest(0)
            return at + 2
        case ..<0x10000:
            at[0] = UInt8(truncatingIfNeeded: scalar >> 12) | 0xE0
            (at[1], at[2]) = (rest(6), rest(0))
            return at + 3
        default:
            at[0] = UInt8(truncatingIfNeeded: scalar >> 18) | 0xF0
            (at[1], at[2], at[3]) = (rest(12), rest(6), rest(0))
            return at + 4
        }
    }

    /// Bytes of the white space here, 0 if there is none.
    @inline(__always) static func spaceLength(_ at: UnsafePointer<UInt8>) -> Int {
        let byte = at[0]
        if byte < 0x80 { return isASCIISpace(byte) ? 1 : 0 }
        // Only these begin one.
        guard byte == 0xC2 || (0xE1...0xE3).contains(byte) else { return 0 }
        return PythonText.isSpace(scalar(at)) ? length(byte) : 0
    }

    @inline(__always) static func isASCIISpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte &- 0x09 < 5 || byte &- 0x1C < 4
    }

    /// How many of the next eight bytes are ASCII letters, up to the first that is not.
    @inline(__always) static func letterCount(_ at: UnsafePointer<UInt8>) -> Int {
        let eight = eightBytes(at)
        let low = (eight | .all(0x20)) & .all(0x7F)
        // No byte is carried into the next.
        let letters = (low &+ .all(0x80 - 0x61)) & ~(low &+ .all(0x80 - 0x7B)) & ~eight
        return (~letters & .all(0x80)).trailingZeroBitCount >> 3
    }

    /// The text without white space at its ends.
    @inline(__always) static func stripped(
        _ text: TextBytes, atBothEnds: Bool = true
    ) -> TextBytes {
        guard let base = text.baseAddress else { return text }
        var (start, end) = (0, text.count)
        while end > start {
            let length = spaceLengthBackwards(base, start, end)
            if length == 0 { break }
            end -= length
        }
        while atBothEnds && start < end {
            let length = spaceLength(base + start)
            if length == 0 { break }
            start += length
        }
        return TextBytes(rebasing: text[start..<end])
    }

    @inline(__always) private static func spaceLengthBackwards(
        _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int
    ) -> Int {
        let last = base[end - 1]
        if last < 0x80 { return isASCIISpace(last) ? 1 : 0 }
        var lead = end - 1
        while lead > start && base[lead] & 0xC0 == 0x80 { lead -= 1 }
        return spaceLength(base + lead)
    }

    static func isASCII(_ text: TextBytes) -> Bool {
        guard let base = text.baseAddress else { return true }
        var (at, high) = (0, UInt64(0))
        while at + 8 <= text.count {
            high |= eightBytes(base + at)
            at += 8
        }
        while at < text.count {
            high |= UInt64(base[at])
            at += 1
        }
        return high & .all(0x80) == 0
    }

    /// How many characters.
    static func count(_ text: TextBytes) -> Int {
        var count = 0
        for byte in text { count &+= byte & 0xC0 == 0x80 ? 0 : 1 }
        return count
    }
}
