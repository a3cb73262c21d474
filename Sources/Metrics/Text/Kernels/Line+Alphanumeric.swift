extension Line {
    /// Becomes the text in lower case, with spaces for all but a to z, 0 to 9 and line feeds.
    ///
    /// - Returns: whether there is a line feed.
    mutating func setAlphanumeric(_ text: TextBytes) -> Bool {
        set(text)
        var (seen, feeds): (UInt64, UInt64) = (0, 0)
        rewrite { bytes, count in
            // The margin may be written over: it is made anew.
            for at in stride(from: 0, to: count, by: 8) {
                let raw = UnsafeMutableRawPointer(bytes + at)
                let eight = raw.loadUnaligned(as: UInt64.self)
                let kept = AlphanumericBytes(eight)
                raw.storeBytes(of: kept.bytes, as: UInt64.self)
                seen |= eight
                feeds |= kept.feeds
            }
            return count
        }
        let (isASCII, hasLines) = (seen & .all(0x80) == 0, feeds != 0)
        if !isASCII {
            set(text)
            keepAlphanumeric()
        }
        return hasLines
    }

    /// Character by character: two beyond ASCII have letters of ASCII in lower case.
    private mutating func keepAlphanumeric() {
        rewrite { bytes, count in
            var (at, made) = (0, 0)
            while at < count {
                let scalar = Characters.scalar(bytes + at)
                let length = Characters.length(bytes[at])
                switch scalar {
                case 0x30...0x39, 0x61...0x7A, 0x0A: bytes[made] = UInt8(scalar)
                case 0x41...0x5A: bytes[made] = UInt8(scalar) | 0x20
                // K, the sign of kelvin.
                case 0x212A: bytes[made] = UInt8(ascii: "k")
                // I with a dot becomes an i and a dot of its own.
                case 0x130:
                    bytes[made] = UInt8(ascii: "i")
                    made += 1
                    bytes[made] = 0x20
                default: bytes[made] = 0x20
                }
                (at, made) = (at + length, made + 1)
            }
            return made
        }
    }
}

/// Eight bytes of ASCII at once; wrong where one is not.
private struct AlphanumericBytes {
    /// Letters in lower case, digits, line feeds; a space for each other.
    let bytes: UInt64
    /// Not zero where there is a line feed.
    let feeds: UInt64

    @inline(__always) init(_ eight: UInt64) {
        let lower = eight | .all(0x20)
        let letters = Self.inside(0x61, 0x7A, lower)
        let digits = Self.inside(0x30, 0x39, eight)
        feeds = ~((eight ^ .all(0x0A)) &+ .all(0x7F)) & .all(0x80)
        let (low, same) = (Self.whole(letters), Self.whole(digits | feeds))
        bytes = (lower & low) | (eight & same) | (.all(0x20) & ~(low | same))
    }

    /// The highest bit of each byte that lies in first...last: no sum reaches the next byte.
    @inline(__always) private static func inside(
        _ first: UInt8, _ last: UInt8, _ bytes: UInt64
    ) -> UInt64 {
        (bytes &+ .all(0x80 - first)) & ~(bytes &+ .all(0x7F - last)) & .all(0x80)
    }

    /// All bits of each byte whose highest is set.
    @inline(__always) private static func whole(_ highest: UInt64) -> UInt64 {
        (highest &>> 7) &* 0xFF
    }
}
