/// Bytes in place: of a piece of a file, or of a `Scratch`. Valid until the next row is read.
typealias ByteSpan = UnsafeBufferPointer<UInt8>

/// Room for a text that does not stand in the file as it is meant: one with escapes.
final class Scratch {
    private var base = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    private var capacity = 256
    private(set) var count = 0

    deinit { base.deallocate() }

    func removeAll() { count = 0 }

    func append(_ byte: UInt8) {
        if count == capacity { grow(to: 2 * capacity) }
        base[count] = byte
        count += 1
    }

    func append(_ bytes: ByteSpan) {
        guard let start = bytes.baseAddress else { return }
        if count + bytes.count > capacity { grow(to: 2 * (count + bytes.count)) }
        (base + count).update(from: start, count: bytes.count)
        count += bytes.count
    }

    /// All that was appended; valid until the next change.
    var span: ByteSpan { ByteSpan(start: base, count: count) }

    private func grow(to capacity: Int) {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: base, count: count)
        base.deallocate()
        (base, self.capacity) = (larger, capacity)
    }
}

extension UnsafeBufferPointer<UInt8> {
    var string: String { String(decoding: self, as: UTF8.self) }

    func equals(_ other: ByteSpan) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count where self[index] != other[index] { return false }
        return true
    }

    func equals(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { equals($0) }
    }

    /// Whether this is UTF-8; most texts are ASCII, which is quickly seen.
    var isUTF8: Bool {
        var joined: UInt8 = 0
        for byte in self { joined |= byte }
        return joined < 0x80 || String(validating: self, as: UTF8.self) != nil
    }
}
