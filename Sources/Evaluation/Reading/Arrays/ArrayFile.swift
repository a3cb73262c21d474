import Compression

/// The arrays of a `.npy` or `.npz` file. What nobody asks for is not looked at.
struct ArrayFile: Sendable {
    private let source: any ByteSource
    /// The arrays of a zip by name, with the places of their bytes; empty where the file is an array.
    private let entries: [String: ZipEntry]
    /// Where the zip's directory begins.
    private let end: Int
    let isArchive: Bool

    static let arrayCountMax = 256
    private static let directoryByteCountMax = 1 << 20
    /// Of an array, unpacked.
    static let inflatedByteCountMax = 64 << 30
    /// Deflated bytes become at most so many times more.
    private static let deflateRatioMax = 1_032

    init(_ source: any ByteSource, isArchive: Bool) throws(InputError) {
        (self.source, self.isArchive) = (source, isArchive)
        (entries, end) = isArchive ? try Self.directory(of: source) : ([:], 0)
    }

    /// Of a zip's arrays.
    var names: [String] { entries.keys.sorted() }

    /// The file as one array.
    func only() throws(InputError) -> StoredArray { try StoredArray(source) }

    /// - Returns: `nil` where the zip has no array of that name.
    func array(_ name: String) throws(InputError) -> StoredArray? {
        guard let entry = entries[name] else { return nil }
        try Self.check(entry)
        let local = try Self.read(source, entry.header..<entry.header + ZipEntry.localByteCount)
        let bytes = try Self.inZip { () throws(ZipError) in
            try entry.place(local: local[...], endsBefore: end)
        }
        return try StoredArray(name, entry, place: bytes, in: source)
    }

    /// The file lacks an array, or all of several.
    func lacks(_ wanted: String...) -> InputError { lacks(anyOf: wanted) }

    func lacks(anyOf wanted: [String]) -> InputError {
        InputError(
            "no array \(InputError.list(wanted)); "
                + (isArchive
                    ? "the file has \(InputError.list(names))"
                    : "a .npy file is one array without a name: save several with np.savez"))
    }

    private static func directory(of source: any ByteSource) throws(InputError)
        -> ([String: ZipEntry], end: Int)
    {
        let size = source.byteCount
        let end = try read(source, ZipDirectory.tail(fileByteCount: size))
        let place = try inZip { () throws(ZipError) in
            try ZipDirectory.range(
                in: end[...], fileByteCount: size, byteCountMax: directoryByteCountMax)
        }
        let directory = try read(source, place)
        let all = try inZip { () throws(ZipError) in
            try ZipDirectory.entries(
                directory[...], endsBefore: place.lowerBound, countMax: arrayCountMax)
        }
        guard !all.isEmpty else { throw InputError("the file has no arrays") }
        var entries: [String: ZipEntry] = [:]
        for entry in all {
            let name = entry.name.hasSuffix(".npy") ? String(entry.name.dropLast(4)) : entry.name
            guard entries.updateValue(entry, forKey: name) == nil else {
                throw InputError(
                    "the array \(InputError.excerpt(entry.name)) stands twice in the file")
            }
        }
        return (entries, place.lowerBound)
    }

    private static func check(_ entry: ZipEntry) throws(InputError) {
        let part = InputError.Place.part(InputError.printable(entry.name))
        guard !entry.isEncrypted else { throw InputError(part, "it is encrypted") }
        if case .other(let number) = entry.method {
            throw InputError(
                part,
                "it is packed by method \(number); expected arrays that are stored (np.savez) or "
                    + "deflated (np.savez_compressed)")
        }
        guard entry.method == .deflated else { return }
        guard entry.byteCount / deflateRatioMax <= entry.packedByteCount else {
            throw InputError(
                part,
                "\(entry.packedByteCount) packed bytes are said to unpack to \(entry.byteCount), "
                    + "which none do")
        }
        guard entry.byteCount <= inflatedByteCountMax else {
            throw InputError(part, "more than \(inflatedByteCountMax) bytes, unpacked")
        }
    }

    private static func read(_ source: any ByteSource, _ range: Range<Int>) throws(InputError)
        -> [UInt8]
    {
        let room = RawBytes(range.count)
        try source.readWhole(at: range.lowerBound, into: room.buffer, nil)
        return Array(room.bytes)
    }

    private static func inZip<Found>(_ body: () throws(ZipError) -> Found) throws(InputError)
        -> Found
    {
        do throws(ZipError) { return try body() } catch {
            throw InputError(
                "\(error.description); expected what np.savez or np.savez_compressed writes")
        }
    }
}
