import Compression

/// The arrays of a `.npy` or `.npz` file.
struct ArrayFile: Sendable {
    /// In the order of the file.
    let arrays: [StoredArray]
    let isArchive: Bool

    static let arrayCountMax = 256
    private static let directoryByteCountMax = 1 << 20
    /// Of all arrays of a file together, unpacked.
    static let inflatedByteCountMax = 64 << 30
    /// Deflated bytes become at most so many times more.
    private static let deflateRatioMax = 1_032

    init(_ source: any ByteSource, isArchive: Bool) throws(InputError) {
        self.isArchive = isArchive
        arrays = isArchive ? try Self.arrays(of: source) : [try StoredArray(source)]
    }

    /// The file lacks an array, or all of several.
    func lacks(_ wanted: String...) -> InputError { lacks(anyOf: wanted) }

    func lacks(anyOf wanted: [String]) -> InputError {
        let names = arrays.map(\.name).sorted()
        return InputError(
            "no array \(InputError.list(wanted)); "
                + (isArchive
                    ? "the file has \(InputError.list(names))"
                    : "a .npy file is one array without a name: save several with np.savez"))
    }

    private static func arrays(of source: any ByteSource) throws(InputError) -> [StoredArray] {
        let size = source.byteCount
        let end = try read(source, ZipDirectory.tail(fileByteCount: size))
        let place = try inZip { () throws(ZipError) in
            try ZipDirectory.range(
                in: end[...], fileByteCount: size, byteCountMax: directoryByteCountMax)
        }
        let directory = try read(source, place)
        let entries = try inZip { () throws(ZipError) in
            try ZipDirectory.entries(
                directory[...], endsBefore: place.lowerBound, countMax: arrayCountMax)
        }
        guard !entries.isEmpty else { throw InputError("the file has no arrays") }
        var (arrays, names, inflated) = ([StoredArray](), Set<String>(), 0)
        for entry in entries {
            try check(entry, &inflated)
            let local = try read(
                source, entry.header..<entry.header + ZipEntry.localByteCount)
            let bytes = try inZip { () throws(ZipError) in
                try entry.place(local: local[...], endsBefore: place.lowerBound)
            }
            arrays.append(try StoredArray(entry, place: bytes, in: source))
            guard names.insert(arrays[arrays.count - 1].name).inserted else {
                throw InputError(
                    "the array \(InputError.excerpt(entry.name)) stands twice in the file")
            }
        }
        return arrays
    }

    private static func check(_ entry: ZipEntry, _ inflated: inout Int) throws(InputError) {
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
        inflated += entry.byteCount
        guard inflated <= inflatedByteCountMax else {
            throw InputError("more than \(inflatedByteCountMax) bytes, unpacked")
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
