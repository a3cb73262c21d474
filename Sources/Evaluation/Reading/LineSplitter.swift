/// Cuts bytes that arrive in pieces into lines, without their line feeds.
///
/// Lines inside one piece are handed out in place; only a line that spans pieces is copied.
struct LineSplitter {
    static let lineByteCountMax = 16 << 20

    private var carried: [UInt8] = []
    /// The number of the line that comes next, from 1.
    private(set) var line = 1

    mutating func append(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (Int, UnsafeRawBufferPointer) throws(InputError) -> Void
    ) throws(InputError) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            let part = rest[..<end]
            rest = rest[(end + 1)...]
            if carried.isEmpty {
                try give(UnsafeRawBufferPointer(rebasing: part), body)
            } else {
                carried.append(contentsOf: part)
                try giveCarried(body)
            }
        }
        carried.append(contentsOf: rest)
        try check(carried.count)
    }

    /// The last line, where the file does not end with a line feed.
    mutating func finish(
        _ body: (Int, UnsafeRawBufferPointer) throws(InputError) -> Void
    ) throws(InputError) {
        if !carried.isEmpty { try giveCarried(body) }
    }

    private mutating func giveCarried(
        _ body: (Int, UnsafeRawBufferPointer) throws(InputError) -> Void
    ) throws(InputError) {
        let whole = carried
        carried = []
        // A closure that throws a typed error loses its type in `withUnsafeBytes` of arrays.
        let result = whole.withUnsafeBytes { raw in
            Result { () throws(InputError) in try body(line, raw) }
        }
        try check(whole.count)
        line += 1
        try result.get()
    }

    private mutating func give(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (Int, UnsafeRawBufferPointer) throws(InputError) -> Void
    ) throws(InputError) {
        try check(bytes.count)
        try body(line, bytes)
        line += 1
    }

    private func check(_ count: Int) throws(InputError) {
        guard count <= Self.lineByteCountMax else {
            throw InputError(line: line, "longer than \(Self.lineByteCountMax) bytes")
        }
    }
}
