import CairnCore

/// PyTorch's files: a zip of stored entries, `data.pkl` and one file for each storage.
///
/// Source: PyTorch's `torch/serialization.py` and `caffe2/serialize/inline_container.h`; PKWARE's
/// APPNOTE 4.3, 4.4, 4.5.3.
enum TorchArchive {
    static let magic: [UInt8] = [0x50, 0x4B, 3, 4]

    private static let endByteCount = 22
    private static let localByteCount = 30

    static func look(_ known: KnownBytes) throws(FormatProblem) -> TensorFile.Finding {
        let size = known.fileByteCount
        // An end record has a comment of up to 64 KiB behind it, and 76 bytes of zip64 in front.
        let tail = max(0, size - (65_535 + endByteCount + 76))..<size
        guard let end = known.bytes(tail) else { return .needs([tail]) }
        let directory = try directory(end, startsAt: tail.lowerBound, fileByteCount: size)
        guard let bytes = known.bytes(directory) else { return .needs([directory]) }
        let entries = try entries(bytes, endsBefore: directory.lowerBound)
        guard let pickle = entries.first(where: { $0.name.hasSuffix("/data.pkl") }) else {
            return .table(.opaque())
        }
        let top = pickle.name.dropLast("data.pkl".count)
        let storages = entries.filter { $0.name.hasPrefix(top + "data/") }
        var places: [String: Range<Int>] = [:]
        // Most that is asked for is asked for at once.
        var missing: [Range<Int>] = []
        for entry in storages + [pickle] + entries.filter({ $0.name == top + "byteorder" }) {
            let header = entry.header..<entry.header + localByteCount
            guard let local = known.bytes(header) else {
                missing.append(header)
                continue
            }
            places[entry.name] = try place(of: entry, local, endsBefore: directory.lowerBound)
        }
        guard missing.isEmpty, let place = places[pickle.name] else { return .needs(missing) }
        guard place.count <= TensorFile.headerByteCountMax else {
            throw FormatProblem("a data.pkl of \(place.count) bytes; 100 MB is most")
        }
        let order = places[top + "byteorder"]
        let wanted = [place] + (order.map { [$0] } ?? [])
        guard let data = known.bytes(place), order == nil || order.map({ known.bytes($0) }) != nil
        else { return .needs(wanted) }
        if let order, let text = known.bytes(order), !text.starts(with: Array("little".utf8)) {
            throw FormatProblem("its numbers are big-endian")
        }
        let views = TorchTensors(try Pickle(data)).views
        return .table(
            table(views, fileByteCount: size) { places[top + "data/" + $0] })
    }

    // MARK: The zip

    private struct Entry {
        let name: String
        let byteCount: Int
        /// Where its local header begins.
        let header: Int
    }

    private static func directory(
        _ end: ArraySlice<UInt8>, startsAt start: Int, fileByteCount: Int
    ) throws(FormatProblem) -> Range<Int> {
        let record = stride(from: end.count - endByteCount, through: 0, by: -1).first {
            Little.number(end, $0, 4) == 0x0605_4B50
                && $0 + endByteCount + Little.number(end, $0 + 20, 2) == end.count
        }
        guard let record else { throw FormatProblem("a zip without its end") }
        var (size, offset) = (
            Little.number(end, record + 12, 4), Little.number(end, record + 16, 4)
        )
        if offset == 0xFFFF_FFFF || size == 0xFFFF_FFFF {
            // The locator stands before the record, and the zip64 record before that.
            let big = record - 76
            guard big >= 0, Little.number(end, record - 20, 4) == 0x0706_4B50,
                Little.number(end, big, 4) == 0x0606_4B50
            else { throw FormatProblem("a zip64 without its end") }
            (size, offset) = (Little.number(end, big + 40, 8), Little.number(end, big + 48, 8))
        }
        guard offset > 0, size >= 0, size <= TensorFile.headerByteCountMax,
            offset <= fileByteCount - size
        else {
            throw FormatProblem("a zip directory of \(size) bytes at \(offset) is not in the file")
        }
        return offset..<offset + size
    }

    private static func entries(
        _ bytes: ArraySlice<UInt8>, endsBefore end: Int
    ) throws(FormatProblem) -> [Entry] {
        var (entries, at) = ([Entry](), 0)
        while at < bytes.count {
            guard bytes.count - at >= 46, Little.number(bytes, at, 4) == 0x0201_4B50 else {
                throw FormatProblem("the zip directory is damaged")
            }
            let nameCount = Little.number(bytes, at + 28, 2)
            let extraCount = Little.number(bytes, at + 30, 2)
            let next = at + 46 + nameCount + extraCount + Little.number(bytes, at + 32, 2)
            guard next <= bytes.count else { throw FormatProblem("the zip directory is cut") }
            let first = bytes.startIndex + at + 46
            let name = String(decoding: bytes[first..<first + nameCount], as: UTF8.self)
            let extra = bytes[first + nameCount..<first + nameCount + extraCount]
            let (size, header) = wide(
                extra, Little.number(bytes, at + 24, 4), Little.number(bytes, at + 20, 4),
                Little.number(bytes, at + 42, 4))
            guard Little.number(bytes, at + 10, 2) == 0 else {
                throw FormatProblem("'\(name)' is compressed; PyTorch stores its entries")
            }
            guard size >= 0, header >= 0, header <= end - localByteCount, size <= end - header
            else { throw FormatProblem("'\(name)' lies outside of the file") }
            entries.append(Entry(name: name, byteCount: size, header: header))
            at = next
        }
        return entries
    }

    /// Size and place of an entry, from its zip64 field where the short ones are full.
    private static func wide(
        _ extra: ArraySlice<UInt8>, _ size: Int, _ stored: Int, _ header: Int
    ) -> (size: Int, header: Int) {
        var (size, header, at) = (size, header, 0)
        while extra.count - at >= 4 {
            let count = Little.number(extra, at + 2, 2)
            defer { at += 4 + count }
            guard Little.number(extra, at, 2) == 1, extra.count - at - 4 >= count else { continue }
            var field = at + 4
            func next() -> Int? {
                guard field + 8 <= at + 4 + count else { return nil }
                defer { field += 8 }
                return Little.number(extra, field, 8)
            }
            if size == 0xFFFF_FFFF { size = next() ?? -1 }
            if stored == 0xFFFF_FFFF { _ = next() }
            if header == 0xFFFF_FFFF { header = next() ?? -1 }
        }
        return (size, header)
    }

    /// Its bytes, behind the local header, whose extra field is longer than the directory's.
    private static func place(
        of entry: Entry, _ local: ArraySlice<UInt8>, endsBefore end: Int
    ) throws(FormatProblem) -> Range<Int> {
        let start =
            entry.header + localByteCount + Little.number(local, 26, 2)
            + Little.number(local, 28, 2)
        guard Little.number(local, 0, 4) == 0x0403_4B50, start <= end - entry.byteCount else {
            throw FormatProblem("the local header of '\(entry.name)' is damaged")
        }
        return start..<start + entry.byteCount
    }

    // MARK: Its tensors

    private static func table(
        _ views: [TorchTensors.View], fileByteCount: Int, place: (String) -> Range<Int>?
    ) -> TensorTable {
        var (tensors, others, names) = ([Tensor](), [OtherTensor](), Set<String>())
        for view in views where names.insert(view.name).inserted {
            guard let place = place(view.storage) else { continue }
            let count = TensorFile.byteCount(of: view.shape, view.element)
            let (start, runsOver) = view.offset.multipliedReportingOverflow(
                by: view.element.byteCount)
            guard view.isContiguous, let count, !runsOver, start <= place.count,
                count <= place.count - start
            else {
                others.append(
                    OtherTensor(
                        name: view.name, element: view.element, shape: view.shape,
                        why: "strided: not row by row", isReadable: false))
                continue
            }
            tensors.append(
                Tensor(
                    name: view.name, element: view.element, shape: view.shape,
                    offset: place.lowerBound + start, byteCount: count))
        }
        return .shared(.pytorch, tensors, others: others, fileByteCount: fileByteCount)
    }
}

/// Numbers as they lie in files, lowest byte first.
enum Little {
    /// - Parameter offset: from the start of the slice; all bytes lie in it.
    /// - Returns: −1 for what is more than any file has.
    static func number(_ bytes: ArraySlice<UInt8>, _ offset: Int, _ width: Int) -> Int {
        let start = bytes.startIndex + offset
        var value: UInt64 = 0
        for byte in bytes[start..<start + width].reversed() { value = value << 8 | UInt64(byte) }
        return Int(exactly: value) ?? -1
    }
}
