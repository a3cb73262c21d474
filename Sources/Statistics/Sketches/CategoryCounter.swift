import CairnCore

/// How often each of some names occurs: exactly up to a capacity, and beyond it for the frequent ones.
///
/// When a new name finds no room, every count falls by one (and what falls to 0 leaves), which takes
/// one occurrence each from capacity + 1 names. So a count is too low by at most `undercountMax`,
/// never too high, and that is at most count/(capacity + 1), also after merges in any order.
/// Source: Misra and Gries 1982; Agarwal et al., Mergeable Summaries, PODS 2012.
public struct CategoryCounter: Sketch {
    public static let mark = UInt8(ascii: "C")
    public static let capacities = 1...65_536
    public static let defaultCapacity = 1000
    /// Longer names are kept by their beginning and their digest.
    public static let nameByteCountMax = 200

    public let capacity: Int
    /// Of all names, those without a count of their own too.
    public private(set) var count = 0
    /// By how much a count may be too low; 0 as long as there was room for every name.
    public private(set) var undercountMax = 0
    /// By bytes: two spellings of one character are two names.
    private var counts: [[UInt8]: Int] = [:]

    public init(capacity: Int = Self.defaultCapacity) {
        precondition(Self.capacities.contains(capacity), "a capacity of \(capacity) names")
        self.capacity = capacity
    }

    public mutating func add(_ name: String, count: Int = 1) {
        add(bytes: name.utf8, count: count)
    }

    /// - Parameter bytes: the name in UTF-8.
    public mutating func add(bytes: some Collection<UInt8>, count: Int = 1) {
        precondition(count >= 0, "\(count) occurrences of a name")
        guard count > 0 else { return }
        self.count += count
        let name = Self.bounded(bytes)
        if let known = counts[name] {
            counts[name] = known + count
        } else if counts.count < capacity {
            counts[name] = count
        } else {
            let step = min(count, counts.values.min() ?? 0)
            lower(by: step)
            if count > step { counts[name] = count - step }
        }
    }

    public mutating func merge(_ other: CategoryCounter) throws(SketchError) {
        guard other.capacity == capacity else {
            throw SketchError(
                .different,
                "a counter of \(other.capacity) names cannot go into one of \(capacity)")
        }
        count = try Self.sum(count, other.count)
        undercountMax += other.undercountMax
        counts.merge(other.counts, uniquingKeysWith: +)
        guard counts.count > capacity else { return }
        lower(by: counts.values.sorted(by: >)[capacity])
    }

    private mutating func lower(by step: Int) {
        undercountMax += step
        counts = counts.compactMapValues { $0 > step ? $0 - step : nil }
    }

    /// The names with a count of their own, the most frequent first, equal ones by their bytes.
    public var categories: [(name: String, count: Int)] {
        ordered.map { (String(decoding: $0.key, as: UTF8.self), $0.value) }
    }

    private var ordered: [(key: [UInt8], value: Int)] {
        counts.sorted { a, b in
            a.value == b.value ? a.key.lexicographicallyPrecedes(b.key) : a.value > b.value
        }
    }

    /// Occurrences that no name's count has.
    public var otherCount: Int { count - counts.values.reduce(0, +) }

    /// What was counted of one name; 0 when it has no count of its own.
    public func count(of name: String) -> Int { counts[Self.bounded(name.utf8)] ?? 0 }

    private static func bounded(_ name: some Collection<UInt8>) -> [UInt8] {
        let name = Array(name)
        guard name.count > nameByteCountMax else { return name }
        let mark = Array("…#\(Digest(of: name).short)".utf8)
        var end = nameByteCountMax - mark.count
        // Not in the middle of a character.
        while end > 0 && name[end] & 0xC0 == 0x80 { end -= 1 }
        return name[..<end] + mark
    }
}

extension CategoryCounter {
    public func write(to bytes: inout SketchWriter) {
        bytes.count(capacity)
        bytes.count(count)
        bytes.count(undercountMax)
        bytes.count(counts.count)
        for (name, count) in ordered {
            bytes.nested(name)
            bytes.count(count)
        }
    }

    public init(from bytes: inout SketchReader) throws(SketchError) {
        let capacity = try bytes.count()
        guard Self.capacities.contains(capacity) else {
            throw SketchError(.damaged, "a capacity of \(capacity) names")
        }
        self.init(capacity: capacity)
        count = try bytes.count(atMost: 1 << 53)
        undercountMax = try bytes.count(atMost: count)
        for _ in 0..<(try bytes.count(atMost: capacity)) {
            let name = try bytes.nested(atMost: Self.nameByteCountMax)
            let known = counts.updateValue(try bytes.count(atMost: count), forKey: name)
            guard known == nil, counts[name] != 0 else {
                throw SketchError(.damaged, "a name that stands twice or was never counted")
            }
        }
        // Each sum is of at most 65,536 counts below 2⁵³.
        guard otherCount >= 0, undercountMax > 0 || otherCount == 0 else {
            throw SketchError(.damaged, "the counts of names do not fit the count of all")
        }
    }
}
