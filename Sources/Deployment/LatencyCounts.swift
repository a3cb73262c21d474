import CairnCore

/// How many requests took how long: sums are exact in any order, which those of a sketch with coins
/// are not, and a log has to fold to the same state for ever.
public struct LatencyCounts: Equatable, Sendable {
    /// By bucket, ascending; none is 0.
    public private(set) var counts: [Int: Int] = [:]

    public init() {}

    /// - Returns: false where there is no such bucket.
    public mutating func add(_ count: Int, in bucket: Int) -> Bool {
        guard (0..<LatencyBuckets.count).contains(bucket), count >= 0 else { return false }
        if count > 0 { counts[bucket, default: 0] += count }
        return true
    }

    mutating func add(_ other: LatencyCounts) {
        counts.merge(other.counts) { $0 + $1 }
    }

    public var total: Int { counts.values.reduce(0, +) }

    /// The bucket that the share `p` of all lies in or before; `nil` for no requests.
    func quantile(_ p: Double) -> Int? {
        let wanted = p * Double(total)
        var seen = 0
        for (bucket, count) in counts.sorted(by: { $0.key < $1.key }) {
            seen += count
            if Double(seen) >= wanted { return bucket }
        }
        return nil
    }

    func count(above bucket: Int) -> Int {
        counts.reduce(0) { $1.key > bucket ? $0 + $1.value : $0 }
    }
}
