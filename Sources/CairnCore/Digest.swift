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
    public init?(hex: some StringProtocol) { self.init(hexDigits: hex.utf8) }

    /// The same from the bytes of the digits.
    public init?(hexDigits digits: some Sequence<UInt8>) {
        var (words, count) = ((UInt64(0), UInt64(0), UInt64(0), UInt64(0)), 0)
        for digit in digits {
            guard let nibble = Self.nibble(digit) else { return nil }
            switch count >> 4 {
            case 0: words.0 = words.0 << 4 | UInt64(nibble)
            case 1: words.1 = words.1 << 4 | UInt64(nibble)
            case 2: words.2 = words.2 << 4 | UInt64(nibble)
            case 3: words.3 = words.3 << 4 | UInt64(nibble)
            default: return nil
            }
            count += 1
        }
        guard count == 64 else { return nil }
        self.words = words
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
        [UInt8](unsafeUninitializedCapacity: Self.byteCount) { bytes, count in
            for index in 0..<Self.byteCount { bytes.initializeElement(at: index, to: byte(index)) }
            count = Self.byteCount
        }
    }

    private func byte(_ index: Int) -> UInt8 {
        let word =
            switch index >> 3 {
            case 0: words.0
            case 1: words.1
            case 2: words.2
            default: words.3
            }
        return UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64(index & 7)))
    }

    public var hex: String { hex(ofFirst: Self.byteCount) }

    /// The first twelve hexadecimal digits: what a person reads.
    public var short: String { hex(ofFirst: 6) }

    private func hex(ofFirst byteCount: Int) -> String {
        String(unsafeUninitializedCapacity: 2 * byteCount) { text in
            for index in 0..<byteCount {
                let byte = byte(index)
                text.initializeElement(at: 2 * index, to: Hexadecimal.digit(byte >> 4))
                text.initializeElement(at: 2 * index + 1, to: Hexadecimal.digit(byte & 15))
            }
            return 2 * byteCount
        }
    }

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
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 15))
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }
}
