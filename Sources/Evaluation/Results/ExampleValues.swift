/// A bit for each example.
public struct ExampleBits: Sendable, Equatable {
    public let count: Int
    /// The first example is the lowest bit of the first byte; bits beyond `count` are 0.
    private(set) var bytes: [UInt8]

    public init(repeating value: Bool, count: Int) {
        self.count = count
        bytes = Array(repeating: value ? 0xFF : 0, count: (count + 7) / 8)
        if value, count % 8 != 0 { bytes[bytes.count - 1] = 0xFF >> UInt8(8 - count % 8) }
    }

    /// - Returns: `nil` for too few or too many bytes, or bits beyond `count`.
    init?(bytes: [UInt8], count: Int) {
        guard bytes.count == (count + 7) / 8,
            count % 8 == 0 || bytes[bytes.count - 1] >> UInt8(count % 8) == 0
        else { return nil }
        (self.bytes, self.count) = (bytes, count)
    }

    public init(_ values: some Collection<Bool>) {
        self.init(repeating: false, count: values.count)
        for (index, value) in values.enumerated() where value { self[index] = true }
    }

    public subscript(index: Int) -> Bool {
        get { bytes[index >> 3] >> UInt8(index & 7) & 1 == 1 }
        set {
            let bit: UInt8 = 1 << UInt8(index & 7)
            if newValue { bytes[index >> 3] |= bit } else { bytes[index >> 3] &= ~bit }
        }
    }

    public var trueCount: Int { bytes.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Bytes that hold nothing beyond `count`.
    init(whole bytes: [UInt8], count: Int) { (self.bytes, self.count) = (bytes, count) }

    mutating func insert(_ places: ExamplePlaces, count: Int) {
        switch places {
        case .consecutive(let first):
            // Whole bytes between the ragged ends.
            let (end, firstByte, lastByte) = (first + count, (first + 7) / 8, (first + count) / 8)
            if firstByte >= lastByte {
                for index in first..<end { self[index] = true }
                return
            }
            for index in first..<8 * firstByte { self[index] = true }
            for byte in firstByte..<lastByte { bytes[byte] = 0xFF }
            for index in 8 * lastByte..<end { self[index] = true }
        case .listed(let places): for place in places { self[Int(place)] = true }
        }
    }

    mutating func write(_ bits: ExampleBits, at places: ExamplePlaces) {
        switch places {
        case .consecutive(let first): write(bits, at: first)
        case .listed(let listed):
            for (row, place) in listed.enumerated() { self[Int(place)] = bits[row] }
        }
    }

    /// Writes a run of bits.
    private mutating func write(_ bits: ExampleBits, at first: Int) {
        if first % 8 == 0 {
            let whole = bits.count / 8
            bytes.replaceSubrange(first / 8..<first / 8 + whole, with: bits.bytes[..<whole])
            for index in 8 * whole..<bits.count { self[first + index] = bits[index] }
        } else {
            for index in 0..<bits.count { self[first + index] = bits[index] }
        }
    }
}

/// A value for each example, in the narrowest type that holds them.
public enum ExampleValues: Sendable, Equatable {
    case bits(ExampleBits)
    case uint8([UInt8])
    case int32([Int32])
    case float32([Float])
    case float64([Double])
    /// So many times another column.
    case scaled(ExampleColumn, by: Double)

    /// Bits where all are 0 or 1, else as they are.
    init(_ values: [Double]) {
        if values.allSatisfy({ $0.bitPattern == 0 || $0 == 1 }) {
            self = .bits(ExampleBits(values.map { $0 == 1 }))
        } else {
            self = .float64(values)
        }
    }

    /// Of values that are all 0 or 1.
    static func bits(_ values: [Double]) -> ExampleValues {
        .bits(ExampleBits(values.map { $0 == 1 }))
    }

    /// `nil` where another column says it.
    var count: Int? {
        switch self {
        case .bits(let bits): bits.count
        case .uint8(let values): values.count
        case .int32(let values): values.count
        case .float32(let values): values.count
        case .float64(let values): values.count
        case .scaled: nil
        }
    }
}
