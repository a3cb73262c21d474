/// Lower case as Python's `str.lower` has it: full mappings, and a final sigma of its own.
enum Lowercase {
    /// Bytes that `count` bytes may become: U+0130 grows from two to three.
    static func byteCountMax(_ count: Int) -> Int { count + count / 2 }

    /// - Parameter text: followed by at least one byte that may be read.
    /// - Returns: behind what was written.
    static func write(
        _ text: TextBytes, to target: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        guard let base = text.baseAddress else { return target }
        var (at, out) = (0, target)
        while at < text.count {
            let byte = base[at]
            if byte < 0x80 {
                out[0] = byte &- 0x41 < 26 ? byte | 0x20 : byte
                (at, out) = (at + 1, out + 1)
                continue
            }
            let length = Characters.length(byte)
            let value = Characters.scalar(base + at)
            if value == 0x3A3 {
                out = Characters.write(isFinalSigma(text, at) ? 0x3C2 : 0x3C3, to: out)
            } else if let scalar = Unicode.Scalar(value), scalar.properties.changesWhenLowercased {
                for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                    out = Characters.write(lower.value, to: out)
                }
            } else {
                out.update(from: base + at, count: length)
                out += length
            }
            at += length
        }
        return out
    }

    /// A cased letter before it, none behind it; what case ignores does not count.
    ///
    /// Source: The Unicode Standard, table 3-17.
    private static func isFinalSigma(_ text: TextBytes, _ at: Int) -> Bool {
        guard let base = text.baseAddress else { return false }
        var before = at
        repeat {
            guard before > 0 else { return false }
            before -= 1
            while base[before] & 0xC0 == 0x80 { before -= 1 }
        } while properties(base + before)?.isCaseIgnorable == true
        guard properties(base + before)?.isCased == true else { return false }
        var after = at
        repeat {
            after += Characters.length(base[after])
            guard after < text.count else { return true }
        } while properties(base + after)?.isCaseIgnorable == true
        return properties(base + after)?.isCased != true
    }

    private static func properties(
        _ at: UnsafePointer<UInt8>
    ) -> Unicode.Scalar.Properties? {
        Unicode.Scalar(Characters.scalar(at))?.properties
    }
}
