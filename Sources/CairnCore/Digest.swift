import CKernels

/// BLAKE3-256 of some bytes: the name by which chunks, manifests and data sets are known for ever.
///
/// Source: O'Connor, Aumasson, Neves, Wilcox-O'Hearn, BLAKE3, 2020.
public struct Digest: Hashable, Comparable, Sendable {
    public static let byteCount = 32

    /// The 32 bytes as four big-endian words: compares and hashes without an allocation.
    let words: (UInt64, UInt64, UInt64, UInt64)

    /// - Returns: `nil` unless there are exactly 32 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var iterator = bytes.makeIterator()
        func word() -> UInt64 {
            var value: UInt64 = 0
            for _ in 0..<8 { value = value << 8 | UInt64(iterator.next()!) }
            return value
        }
        words = (word(), word(), word(), word())
    }

    /// Reads 64 hexadecimal digits, of either case.
    public init?(hex: some StringProtocol) {
        let digits = hex.utf8.compactMap(Self.nibble)
        guard digits.count == 64, hex.utf8.count == 64 else { return nil }
        self.init(bytes: stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
    }

    /// Hashes `bytes`.
    public init(of bytes: UnsafeRawBufferPointer) {
        self = withUnsafeTemporaryAllocation(byteCount: Self.byteCount, alignment: 8) { out in
            cairn_blake3(
                bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count,
                out.baseAddress!.assumingMemoryBound(to: UInt8.self))
            return Digest(bytes: out)!
        }
    }

    public init(of bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { Digest(of: $0) }
    }

    public var bytes: [UInt8] {
        [words.0, words.1, words.2, words.3].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) }
        }
    }

    public var hex: String { Hexadecimal.text(of: bytes) }

    /// The first twelve hexadecimal digits: what a person reads.
    public var short: String { String(hex.prefix(12)) }

    public static func == (a: Digest, b: Digest) -> Bool { a.words == b.words }
    public static func < (a: Digest, b: Digest) -> Bool { a.words < b.words }
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension Digest: CustomStringConvertible {
    public var description: String { hex }
}

/// Hashes bytes that arrive in pieces.
public struct DigestBuilder: ~Copyable {
    private let state: OpaquePointer

    public init() {
        guard let state = cairn_blake3_new() else { preconditionFailure("out of memory") }
        self.state = state
    }

    deinit { cairn_blake3_free(state) }

    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        cairn_blake3_update(
            state, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
    }

    public mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0) }
    }

    /// The digest of all that was appended so far; more may follow.
    public func digest() -> Digest {
        withUnsafeTemporaryAllocation(byteCount: Digest.byteCount, alignment: 8) { out in
            cairn_blake3_final(state, out.baseAddress!.assumingMemoryBound(to: UInt8.self))
            return Digest(bytes: out)!
        }
    }
}

/// Lower-case hexadecimal text.
public enum Hexadecimal {
    public static func text(of bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
