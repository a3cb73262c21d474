/// Vectors of a stream: the mean and the spread of every dimension.
public struct VectorSummary: Sketch {
    public static let mark = UInt8(ascii: "V")
    public static let dimensionMax = 16_384
    /// Larger values are no embedding's; below it every mean and variance is a double.
    public static let magnitudeMax = 1e140

    /// Of the first vector; 0 before it.
    public var dimension: Int { dimensions.count }
    public private(set) var count = 0
    /// Rows without a vector, of another dimension, or with a value beyond `magnitudeMax`.
    public private(set) var missingCount = 0
    private var dimensions: [RunningMoments] = []

    public init() {}

    public mutating func add(_ vector: some Collection<Double>) {
        guard (1...Self.dimensionMax).contains(vector.count),
            dimension == 0 || vector.count == dimension,
            vector.allSatisfy({ $0.magnitude <= Self.magnitudeMax })
        else { return addMissing() }
        if dimensions.isEmpty {
            dimensions = Array(repeating: RunningMoments(), count: vector.count)
        }
        count += 1
        for (index, value) in vector.enumerated() { dimensions[index].add(value) }
    }

    public mutating func addMissing(_ count: Int = 1) { missingCount += count }

    public mutating func merge(_ other: VectorSummary) throws(SketchError) {
        guard dimension == other.dimension || dimension == 0 || other.dimension == 0 else {
            throw SketchError(
                .different,
                "vectors of \(other.dimension) dimensions cannot go to those of \(dimension)")
        }
        count = try Self.sum(count, other.count)
        missingCount += other.missingCount
        if dimensions.isEmpty {
            dimensions = other.dimensions
        } else {
            for (index, moments) in other.dimensions.enumerated() {
                dimensions[index].merge(moments)
            }
        }
    }

    /// Of each dimension; empty before the first vector.
    public var mean: [Double] { dimensions.compactMap(\.mean) }

    /// Of each dimension, over n − 1; empty before the second vector.
    public var variance: [Double] { dimensions.compactMap(\.variance) }

    public func write(to bytes: inout SketchWriter) {
        bytes.count(count)
        bytes.count(missingCount)
        bytes.count(dimension)
        for moments in dimensions { moments.write(to: &bytes) }
    }

    public init(from bytes: inout SketchReader) throws(SketchError) {
        count = try bytes.count(atMost: 1 << 53)
        missingCount = try bytes.count(atMost: 1 << 53)
        for _ in 0..<(try bytes.count(atMost: Self.dimensionMax)) {
            dimensions.append(try RunningMoments(from: &bytes))
        }
        guard dimensions.isEmpty == (count == 0),
            dimensions.allSatisfy({ $0.count == count && $0.isFinite })
        else {
            throw SketchError(.damaged, "dimensions that do not fit \(count) vectors")
        }
    }
}
