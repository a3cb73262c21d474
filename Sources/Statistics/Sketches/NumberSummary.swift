/// Numbers of a stream: their distribution, mean and spread.
public struct NumberSummary: Sketch {
    public static let mark = UInt8(ascii: "N")

    public private(set) var quantiles: QuantileSketch
    /// Rows without a number.
    public private(set) var missingCount = 0
    /// Of the finite ones.
    private var moments = RunningMoments()

    public init(size: Int = QuantileSketch.defaultSize, stream: UInt64) {
        quantiles = QuantileSketch(size: size, stream: stream)
    }

    /// NaN counts as missing.
    public mutating func add(_ value: Double) {
        guard !value.isNaN else { return addMissing() }
        quantiles.add(value)
        if value.isFinite { moments.add(value) }
    }

    public mutating func addMissing(_ count: Int = 1) { missingCount += count }

    public mutating func merge(_ other: NumberSummary) throws(SketchError) {
        try quantiles.merge(other.quantiles)
        missingCount += other.missingCount
        moments.merge(other.moments)
    }

    public var count: Int { quantiles.count }

    /// Of the finite values; `nil` for none, or where it has no place among doubles.
    public var mean: Double? { moments.mean }

    /// Of the finite values, over n − 1; `nil` for fewer than two, or where it has no place among
    /// doubles.
    public var standardDeviation: Double? { moments.variance?.squareRoot() }

    public func write(to bytes: inout SketchWriter) {
        bytes.nested(quantiles.encoded)
        bytes.count(missingCount)
        moments.write(to: &bytes)
    }

    public init(from bytes: inout SketchReader) throws(SketchError) {
        quantiles = try QuantileSketch(encoded: try bytes.nested())
        missingCount = try bytes.count(atMost: 1 << 53)
        moments = try RunningMoments(from: &bytes)
        guard moments.count <= quantiles.count else {
            throw SketchError(.damaged, "more values in the mean than there are")
        }
    }
}
