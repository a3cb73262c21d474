import Compression

/// Files as NumPy writes them, byte by byte; the interop test has those of NumPy itself.
enum NumPyFile {
    /// - Parameters:
    ///   - shape: as Python writes it: `(3, 2)`.
    ///   - version: of the format, 1 to 3.
    static func npy(
        _ descr: String, _ shape: String, _ data: [UInt8], isColumnMajor: Bool = false,
        version: UInt8 = 1
    ) -> [UInt8] {
        let order = isColumnMajor ? "True" : "False"
        return npy(
            literal: "{'descr': '\(descr)', 'fortran_order': \(order), 'shape': \(shape), }", data,
            version: version)
    }

    static func npy(literal: String, _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
        var header = Array(literal.utf8)
        let prefix = version == 1 ? 10 : 12
        while (prefix + header.count + 1) % 64 != 0 { header.append(0x20) }
        header.append(0x0A)
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [version, 0]
        bytes += little(header.count, version == 1 ? 2 : 4)
        return bytes + header + data
    }

    static func vector<Value: FixedWidthInteger>(_ descr: String, _ values: [Value]) -> [UInt8] {
        npy(descr, "(\(values.count),)", values.flatMap { little(Int($0), Value.bitWidth / 8) })
    }

    static func vector(_ values: [Double]) -> [UInt8] {
        npy("<f8", "(\(values.count),)", bytes(values))
    }

    static func vector(_ values: [Bool]) -> [UInt8] {
        npy("|b1", "(\(values.count),)", values.map { $0 ? 1 : 0 })
    }

    static func vector(_ texts: [String]) -> [UInt8] {
        let width = texts.map { $0.unicodeScalars.count }.max() ?? 0
        return npy("<U\(width)", "(\(texts.count),)", unicode(texts, width))
    }

    static func unicode(_ texts: [String], _ width: Int) -> [UInt8] {
        texts.flatMap { text in
            let points = text.unicodeScalars.map { Int($0.value) }
            return (points + Array(repeating: 0, count: width - points.count)).flatMap {
                little($0, 4)
            }
        }
    }

    static func matrix(_ rows: [[Double]]) -> [UInt8] {
        npy("<f8", "(\(rows.count), \(rows.first?.count ?? 0))", bytes(rows.flatMap(\.self)))
    }

    static func bytes(_ values: [Double]) -> [UInt8] {
        values.flatMap { little(Int(bitPattern: UInt($0.bitPattern)), 8) }
    }

    static func little(_ value: Int, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// A zip of stored files.
    static func npz(_ arrays: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var (file, directory) = ([UInt8](), [UInt8]())
        for (name, bytes) in arrays {
            let name = Array((name + ".npy").utf8)
            let checksum = Int(bytes.withUnsafeBytes { CRC32(of: $0).value })
            let sizes =
                little(checksum, 4) + little(bytes.count, 4) + little(bytes.count, 4)
                + little(name.count, 2) + little(0, 2)
            let common = little(20, 2) + little(0, 2) + little(0, 2) + little(0, 4) + sizes
            directory += little(0x0201_4B50, 4) + little(20, 2) + common
            directory += little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4)
            directory += little(file.count, 4) + name
            file += little(0x0403_4B50, 4) + common + name + bytes
        }
        let start = file.count
        file += directory + little(0x0605_4B50, 4) + little(0, 4)
        file += little(arrays.count, 2) + little(arrays.count, 2)
        return file + little(directory.count, 4) + little(start, 4) + little(0, 2)
    }
}
