/// One text, copied to where a kernel may read a little beyond its end.
///
/// The text is followed by spaces, so that the last word ends like all others.
struct Line: ~Copyable {
    /// How far beyond the end may be read: as far as `cairn_word_edges` reads.
    static let margin = 64

    private var room = Room<UInt8>(256)
    private(set) var count = 0

    var base: UnsafePointer<UInt8> { UnsafePointer(room.base) }
    var text: TextBytes { TextBytes(start: room.base, count: count) }

    @inline(__always) mutating func set(_ text: TextBytes) {
        let bytes = begin(text.count)
        if let start = text.baseAddress { bytes.update(from: start, count: text.count) }
        end(bytes + text.count)
    }

    /// Room for a text of at most so many bytes: write it, then call `end`.
    @inline(__always) mutating func begin(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        room.reserve(count + Self.margin)
        return room.base
    }

    @inline(__always) mutating func end(_ end: UnsafeMutablePointer<UInt8>) {
        count = end - room.base
        end.update(repeating: 0x20, count: Self.margin)
    }
}

extension Line {
    mutating func setLowercase(_ text: TextBytes) {
        let bytes = begin(Lowercase.byteCountMax(text.count))
        end(Lowercase.write(text, to: bytes))
    }

    /// Of ASCII.
    mutating func removePunctuation() {
        rewrite { bytes, count in
            var made = 0
            for place in 0..<count {
                let byte = bytes[place]
                bytes[made] = byte
                made &+= PythonText.isPunctuation(byte) ? 0 : 1
            }
            return made
        }
    }

    /// Changes the bytes in place; `body` is given how many there are and says how many are left.
    @inline(__always) mutating func rewrite(
        _ body: (UnsafeMutablePointer<UInt8>, Int) -> Int
    ) {
        let bytes = begin(count)
        end(bytes + body(bytes, count))
    }
}

/// Eight bytes of a text, the first the lowest.
@inline(__always) func eightBytes(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
}

extension UInt64 {
    /// The same byte eight times.
    @inline(__always) static func all(_ byte: UInt8) -> UInt64 {
        UInt64(byte) &* 0x0101_0101_0101_0101
    }

    /// The lowest `count` bytes, 0 to 8.
    @inline(__always) func lowest(_ count: Int) -> UInt64 {
        count >= 8 ? self : self & ((1 << UInt64(truncatingIfNeeded: 8 * count)) &- 1)
    }
}
