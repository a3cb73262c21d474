extension QuantileSketch {
    /// Weights of 2⁵⁰ and more do not occur: counts are below 2⁵³.
    private static let levelCountMax = 50

    /// No encoded sketch of this size is longer.
    public static func encodedByteCountMax(size: Int) -> Int {
        128 + 8 * capacities(size, levelCount: levelCountMax)[levelCountMax] + 10 * levelCountMax
    }

    public func write(to bytes: inout SketchWriter) {
        bytes.count(size)
        bytes.word(stream)
        bytes.count(count)
        bytes.count(ignoredCount)
        bytes.count(tossCount)
        bytes.number(squaredWeights)
        if let minimum, let maximum {
            bytes.number(minimum)
            bytes.number(maximum)
        }
        // Scores that came as 32-bit floats take half the room.
        let isShort = levels.allSatisfy { $0.allSatisfy { Double(Float($0)) == $0 } }
        bytes.byte(isShort ? 1 : 0)
        bytes.count(levels.count)
        for level in levels {
            bytes.count(level.count)
            for value in level { isShort ? bytes.short(Float(value)) : bytes.number(value) }
        }
    }

    public init(from bytes: inout SketchReader) throws(SketchError) {
        let size = try bytes.count()
        guard Self.sizes.contains(size) else {
            throw SketchError(.damaged, "a sketch of size \(size), not in \(Self.sizes)")
        }
        let stream = try bytes.word()
        let (count, ignored) = (try bytes.count(atMost: 1 << 53), try bytes.count(atMost: 1 << 53))
        let tosses = try bytes.count(atMost: 1 << 53)
        let squares = try bytes.number()
        let bounds = count > 0 ? (try bytes.number(), try bytes.number()) : nil
        let levels = try Self.levels(from: &bytes, size: size)
        self.init(size: size, stream: stream, levels: levels, bounds: bounds)
        (self.count, ignoredCount, tossCount) = (count, ignored, tosses)
        squaredWeights = squares
        guard isSound else {
            throw SketchError(.damaged, "the sketch's values do not fit its count of \(count)")
        }
    }

    private static func levels(
        from bytes: inout SketchReader, size: Int
    ) throws(SketchError) -> [[Double]] {
        let isShort = try bytes.byte() == 1
        let levelCount = try bytes.count(atMost: levelCountMax)
        let limit = capacities(size, levelCount: levelCount)[levelCount]
        var levels: [[Double]] = []
        for _ in 0..<levelCount {
            var level: [Double] = []
            for _ in 0..<(try bytes.count(atMost: limit)) {
                level.append(isShort ? try bytes.short() : try bytes.number())
            }
            levels.append(level)
        }
        return levels
    }

    /// What every step keeps, held against what was read.
    private var isSound: Bool {
        guard !levels.isEmpty, isWithinBudget, squaredWeights >= 0, squaredWeights.isFinite,
            levels.dropFirst().allSatisfy({ zip($0, $0.dropFirst()).allSatisfy(<=) })
        else { return false }
        // Whole numbers of at most 2⁵³, and what is more cannot overflow.
        let sum = levels.enumerated().reduce(0.0) {
            $0 + Double($1.element.count).scaled(by: $1.offset)
        }
        let range = (minimum ?? 0)...max(minimum ?? 0, maximum ?? 0)
        return sum == Double(count) && (minimum ?? 0) <= (maximum ?? 0)
            && levels.allSatisfy { $0.allSatisfy(range.contains) }
    }
}
