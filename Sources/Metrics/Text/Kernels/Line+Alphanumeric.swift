extension Line {
    /// Becomes the text in lower case, with spaces for all but a to z, 0 to 9 and line feeds.
    ///
    /// - Returns: whether there is a line feed.
    mutating func setAlphanumeric(_ text: TextBytes) -> Bool {
        set(text)
        var (isASCII, hasLines) = (true, false)
        rewrite { bytes, count in
            var (high, feeds) = (SIMD16<UInt8>(), SIMDMask<SIMD16<Int8>>(repeating: false))
            // The margin may be written over: it is made anew.
            for at in stride(from: 0, to: count, by: 16) {
                let raw = UnsafeMutableRawPointer(bytes + at)
                let sixteen = raw.loadUnaligned(as: SIMD16<UInt8>.self)
                let lower = sixteen | 0x20
                let isFeed = sixteen .== 0x0A
                let isKept = isFeed .| ((sixteen &- 0x30) .< 10)
                var new = SIMD16<UInt8>(repeating: 0x20)
                new.replace(with: sixteen, where: isKept)
                new.replace(with: lower, where: (lower &- 0x61) .< 26)
                raw.storeBytes(of: new, as: SIMD16<UInt8>.self)
                high |= sixteen
                feeds = feeds .| isFeed
            }
            isASCII = high.max() < 0x80
            hasLines = any(feeds)
            return count
        }
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
