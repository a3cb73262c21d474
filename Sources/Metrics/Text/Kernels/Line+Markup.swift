extension Line {
    /// Undoes what markup did to the text: 13a's first substitutions, one after the other.
    mutating func mendMarkup() {
        guard hasMarkup else { return }
        replace("<skipped>", with: nil)
        replace("-\n", with: nil)
        replace("\n", with: " ")
        mendEntities()
    }

    mutating func mendEntities() {
        for (entity, sign) in [
            ("&quot;" as StaticString, "\"" as Unicode.Scalar), ("&amp;", "&"), ("&lt;", "<"),
            ("&gt;", ">"),
        ] {
            replace(entity, with: sign)
        }
    }

    /// Whether there is a byte with which what is mended begins or ends.
    private var hasMarkup: Bool {
        var (at, found) = (0, UInt64(0))
        // Beyond the end are spaces.
        while at < count {
            let eight = eightBytes(base + at)
            for sign in [UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: "\n")] {
                let different = eight ^ .all(sign)
                found |= (different &- .all(1)) & ~different
            }
            at += 8
        }
        return found & .all(0x80) != 0
    }

    /// - Parameter sign: instead of each `pattern`; ASCII.
    mutating func replace(_ pattern: StaticString, with sign: Unicode.Scalar?) {
        let (length, wanted) = (pattern.utf8CodeUnitCount, pattern.utf8Start)
        rewrite { bytes, count in
            var (at, made) = (0, 0)
            while at < count {
                var same = 0
                while same < length && at + same < count && bytes[at + same] == wanted[same] {
                    same += 1
                }
                if same == length {
                    if let sign {
                        bytes[made] = UInt8(truncatingIfNeeded: sign.value)
                        made += 1
                    }
                    at += length
                } else {
                    bytes[made] = bytes[at]
                    (made, at) = (made + 1, at + 1)
                }
            }
            return made
        }
    }
}
