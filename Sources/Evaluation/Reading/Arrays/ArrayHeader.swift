/// What stands before the elements of an array: how they lie.
///
/// Source: NumPy's `numpy/lib/_format_impl.py`, "Format Version 1.0" to "3.0".
struct ArrayHeader: Sendable, Equatable {
    let element: ArrayElement
    /// Whether columns lie one behind the other instead of rows.
    let isColumnMajor: Bool
    /// One or two dimensions; rows first.
    let shape: [Int]
    /// From the beginning of the array's file to its first element.
    let byteCount: Int

    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// A header of plain types takes a tenth of a KiB.
    static let byteCountMax = 65_536
    /// Bytes by which it is known how long a header is.
    static let prefixByteCount = 12
    /// Scores of so many classes still fit into a row.
    static let widthMax = ClassNames.countMax

    var rowCount: Int { shape[0] }
    /// Elements in a row.
    var width: Int { shape.count == 2 ? shape[1] : 1 }
    /// Does not overflow: `init` has seen to that.
    var rowByteCount: Int { width * element.width }
    var dataByteCount: Int { rowCount * rowByteCount }

    /// How long the header is, by its first bytes.
    static func byteCount(of prefix: ArraySlice<UInt8>) throws(InputError) -> Int {
        guard prefix.count >= prefixByteCount, prefix.starts(with: magic) else {
            throw InputError(
                "no NumPy array: it does not begin as np.save writes it ('\\x93NUMPY')")
        }
        let (at, major) = (prefix.startIndex, prefix[prefix.startIndex + 6])
        let minor = prefix[at + 7]
        guard (1...3).contains(major), minor == 0 else {
            throw InputError(
                "version \(major).\(minor) of NumPy's format; 1.0, 2.0 and 3.0 are read")
        }
        let count =
            major == 1
            ? 10 + Int(prefix[at + 8]) + Int(prefix[at + 9]) << 8
            : 12 + (0..<4).reduce(0) { $0 + Int(prefix[at + 8 + $1]) << (8 * $1) }
        guard count <= byteCountMax else {
            throw InputError("a header of \(count) bytes; \(byteCountMax) is most")
        }
        return count
    }

    /// - Parameter bytes: as many as `byteCount(of:)` said.
    init(_ bytes: ArraySlice<UInt8>) throws(InputError) {
        byteCount = bytes.count
        let start = bytes[bytes.startIndex + 6] == 1 ? 10 : 12
        var literal = HeaderLiteral(bytes[(bytes.startIndex + start)...])
        let fields = try literal.fields()
        element = try ArrayElement(fields.descr)
        (isColumnMajor, shape) = (fields.isColumnMajor, fields.shape)
        try checkShape()
    }

    private func checkShape() throws(InputError) {
        guard (1...2).contains(shape.count) else {
            throw InputError(
                "the shape \(shapeText); expected one value for each example, or one row of them: "
                    + "one or two dimensions")
        }
        guard rowCount <= ExampleSet.countMax else {
            throw InputError("\(rowCount) rows; \(ExampleSet.countMax) is most")
        }
        guard width <= Self.widthMax else {
            throw InputError("\(width) columns; \(Self.widthMax) is most")
        }
        let (rowByteCount, overflows) = width.multipliedReportingOverflow(by: element.width)
        guard !overflows, rowByteCount <= TextPieces.rowByteCountMax else {
            throw InputError(
                "a row of \(width) × '\(element.name)' is longer than "
                    + "\(TextPieces.rowByteCountMax) bytes")
        }
    }

    /// As Python writes it: `(3, 4)`, `(3,)`.
    var shapeText: String { Self.text(of: shape) }

    static func text(of shape: [Int]) -> String {
        "(\(shape.map(String.init).joined(separator: ", "))\(shape.count == 1 ? "," : ""))"
    }
}
