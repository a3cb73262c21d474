/// The sketches of many columns under their names: what is kept of a data set, or of what a version
/// made of it.
public struct SketchBundle: Sketch {
    public static let mark = UInt8(ascii: "B")
    public static let nameByteCountMax = 1000

    /// One column's.
    public enum Entry: Equatable, Sendable {
        case numbers(NumberSummary)
        case categories(CategoryCounter, missingCount: Int)
        case vectors(VectorSummary)
    }

    /// Rows in all, and how many of them could not be read.
    public var rowCount = 0
    public var skippedCount = 0
    /// In the order in which they were set; each name once.
    public private(set) var names: [String] = []
    private var entries: [String: Entry] = [:]

    public init() {}

    /// Setting `nil` removes a name. Names are at most `nameByteCountMax` bytes.
    public subscript(name: String) -> Entry? {
        get { entries[name] }
        set {
            precondition(name.utf8.count <= Self.nameByteCountMax, "a name of a sketch: \(name)")
            if entries[name] == nil, newValue != nil { names.append(name) }
            if newValue == nil { names.removeAll { $0 == name } }
            entries[name] = newValue
        }
    }

    /// Names that only one of two has keep what it has.
    public mutating func merge(_ other: SketchBundle) throws(SketchError) {
        var merged = self
        merged.rowCount = try Self.sum(rowCount, other.rowCount)
        merged.skippedCount = try Self.sum(skippedCount, other.skippedCount)
        for name in other.names {
            guard let entry = other[name] else { continue }
            merged[name] = try merged[name]?.merged(with: entry, named: name) ?? entry
        }
        self = merged
    }

    public func write(to bytes: inout SketchWriter) {
        bytes.count(rowCount)
        bytes.count(skippedCount)
        bytes.count(names.count)
        for name in names {
            bytes.nested(Array(name.utf8))
            switch entries[name] {
            case .numbers(let sketch): bytes.nested(sketch.encoded)
            case .categories(let sketch, let missing):
                bytes.nested(sketch.encoded)
                bytes.count(missing)
            case .vectors(let sketch): bytes.nested(sketch.encoded)
            case nil: preconditionFailure("the name \(name) has no sketch")
            }
        }
    }

    public init(from bytes: inout SketchReader) throws(SketchError) {
        rowCount = try bytes.count(atMost: 1 << 53)
        skippedCount = try bytes.count(atMost: rowCount)
        for _ in 0..<(try bytes.count(atMost: 1 << 20)) {
            let text = try bytes.nested(atMost: Self.nameByteCountMax)
            guard let name = String(validating: text, as: UTF8.self), entries[name] == nil else {
                throw SketchError(.damaged, "a sketch's name is no text or stands twice")
            }
            let encoded = try bytes.nested()
            switch encoded.first {
            case NumberSummary.mark: self[name] = .numbers(try NumberSummary(encoded: encoded))
            case VectorSummary.mark: self[name] = .vectors(try VectorSummary(encoded: encoded))
            case CategoryCounter.mark:
                self[name] = .categories(
                    try CategoryCounter(encoded: encoded),
                    missingCount: try bytes.count(atMost: 1 << 53))
            default: throw SketchError(.damaged, "a sketch of no known kind")
            }
        }
    }
}

extension SketchBundle.Entry {
    func merged(
        with other: SketchBundle.Entry, named name: String
    ) throws(SketchError) -> SketchBundle.Entry {
        switch (self, other) {
        case (.numbers(var sketch), .numbers(let other)):
            try sketch.merge(other)
            return .numbers(sketch)
        case (.categories(var sketch, let missing), .categories(let other, let others)):
            try sketch.merge(other)
            return .categories(sketch, missingCount: try CategoryCounter.sum(missing, others))
        case (.vectors(var sketch), .vectors(let other)):
            try sketch.merge(other)
            return .vectors(sketch)
        case (.numbers, _), (.categories, _), (.vectors, _):
            throw SketchError(.different, "the sketches of \(name) are of two kinds")
        }
    }
}
