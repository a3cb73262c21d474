/// The type of an array's elements: NumPy's `dtype`.
struct ArrayElement: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case bool, signed, unsigned, float
        /// Code points of four bytes, zeros behind the text.
        case unicode
        /// Bytes, zeros behind the text.
        case bytes
    }

    let kind: Kind
    /// Bytes of one element.
    let width: Int
    let isBigEndian: Bool
    /// As the file writes it: `<f8`.
    let name: String

    var isText: Bool { kind == .unicode || kind == .bytes }

    /// What is swapped where the other end comes first.
    var wordByteCount: Int {
        switch kind {
        case .bool, .bytes: 1
        case .unicode: 4
        case .signed, .unsigned, .float: width
        }
    }

    /// - Parameter name: `descr` of the header.
    /// - Throws: what the type is, why it is not read, and how to save it instead.
    init(_ name: String) throws(InputError) {
        self.name = name
        let letters = Array(name.utf8)
        guard letters.count >= 2, letters.count <= 12 else { throw Self.unknown(name) }
        switch letters[0] {
        case UInt8(ascii: "<"), UInt8(ascii: "|"), UInt8(ascii: "="): isBigEndian = false
        case UInt8(ascii: ">"): isBigEndian = true
        default: throw Self.unknown(name)
        }
        if letters[1] == UInt8(ascii: "O") { throw Self.objects }
        let digits = letters[2...]
        guard digits.allSatisfy({ (48...57).contains($0) }),
            let size = Int(String(decoding: digits, as: UTF8.self))
        else { throw Self.unknown(name) }
        switch (letters[1], size) {
        case (UInt8(ascii: "b"), 1): (kind, width) = (.bool, 1)
        case (UInt8(ascii: "i"), 1), (UInt8(ascii: "i"), 2), (UInt8(ascii: "i"), 4),
            (UInt8(ascii: "i"), 8):
            (kind, width) = (.signed, size)
        case (UInt8(ascii: "u"), 1), (UInt8(ascii: "u"), 2), (UInt8(ascii: "u"), 4),
            (UInt8(ascii: "u"), 8):
            (kind, width) = (.unsigned, size)
        case (UInt8(ascii: "f"), 2), (UInt8(ascii: "f"), 4), (UInt8(ascii: "f"), 8):
            (kind, width) = (.float, size)
        case (UInt8(ascii: "U"), _): (kind, width) = (.unicode, 4 * size)
        case (UInt8(ascii: "S"), _): (kind, width) = (.bytes, size)
        default: throw Self.unknown(name)
        }
    }

    private static func unknown(_ name: String) -> InputError {
        InputError(
            "the dtype \(InputError.excerpt(name)) is not read; expected booleans, whole numbers, "
                + "float16, float32, float64 or texts (U, S). Convert it with .astype before saving"
        )
    }

    static let objects = InputError(
        "an array of Python objects (dtype=object) is pickled, and nothing is unpickled here. Save "
            + "plain types, np.asarray(values, dtype=\"U\") for texts, and pass "
            + "allow_pickle=False to be told when it is not plain; lists of unequal lengths are "
            + "saved end to end, with their offsets")
}
