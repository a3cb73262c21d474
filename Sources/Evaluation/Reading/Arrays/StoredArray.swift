import Compression

/// An array in a file, and where its bytes lie.
struct StoredArray: Sendable {
    /// As in `np.savez(path, NAME=…)`; empty for a file that is one array.
    let name: String
    let header: ArrayHeader
    let source: any ByteSource
    /// Of the array's own file, header included, as it lies in `source`.
    let place: Range<Int>
    let isDeflated: Bool
    /// Of the array's own file; `nil` where nobody wrote one down.
    let checksum: UInt32?

    /// As errors name it; `nil` for a file that is one array.
    var part: String? { name.isEmpty ? nil : name + ".npy" }

    func failure(_ text: String) -> InputError {
        InputError(part.map { .part($0) } ?? .file, text)
    }

    /// A file that is one array.
    init(_ source: any ByteSource) throws(InputError) {
        self.source = source
        (name, isDeflated, checksum) = ("", false, nil)
        place = 0..<source.byteCount
        let feed = try ArrayFeed(source, place: place, isDeflated: false, part: nil)
        header = try Self.header(feed, byteCount: source.byteCount)
    }

    /// An array in a zip file.
    init(
        _ name: String, _ entry: ZipEntry, place: Range<Int>, in source: any ByteSource
    ) throws(InputError) {
        self.name = name
        (self.source, self.place) = (source, place)
        (isDeflated, checksum) = (entry.method == .deflated, entry.checksum)
        do throws(InputError) {
            let feed = try ArrayFeed(source, place: place, isDeflated: isDeflated, part: nil)
            header = try Self.header(feed, byteCount: entry.byteCount)
        } catch {
            throw InputError(.part(InputError.printable(entry.name)), error.text)
        }
    }

    /// The same array, its bytes in memory.
    init(_ array: StoredArray, inflated bytes: [UInt8]) {
        (name, header, checksum) = (array.name, array.header, array.checksum)
        (source, place, isDeflated) = (BytesInMemory(bytes), 0..<bytes.count, false)
    }

    /// - Parameter byteCount: of the array's own file.
    private static func header(_ feed: ArrayFeed, byteCount: Int) throws(InputError)
        -> ArrayHeader
    {
        guard byteCount >= ArrayHeader.prefixByteCount else {
            throw InputError("\(byteCount) bytes; a NumPy array has more")
        }
        var bytes = try feed.bytes(ArrayHeader.prefixByteCount)
        let count = try ArrayHeader.byteCount(of: bytes[...])
        guard count <= byteCount else {
            throw InputError("the file ends in its header of \(count) bytes")
        }
        if count > bytes.count { bytes += try feed.bytes(count - bytes.count) }
        let header = try ArrayHeader(bytes.prefix(count))
        let found = byteCount - header.byteCount
        guard header.dataByteCount == found else {
            throw InputError(
                "\(header.shapeText) of '\(header.element.name)' are \(header.dataByteCount) bytes, "
                    + "but the file has \(found) behind its header; "
                    + (header.dataByteCount > found
                        ? "it is cut short" : "one array a file is read"))
        }
        return header
    }
}

extension InputError {
    /// A name out of somebody's file, safe to print.
    static func printable(_ name: String) -> String {
        String(excerpt(name).dropFirst().dropLast())
    }
}
