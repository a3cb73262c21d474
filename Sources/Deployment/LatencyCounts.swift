import func Glibc.exp
import func Glibc.log

/// How many requests took how long, in buckets that every host draws alike: sums of them are exact,
/// in any order, which a sketch with coins is not, and a log has to fold to the same state for ever.
///
/// Bucket 0 ends at 0.01 ms, each next one 4 % later, the last, open one begins after an hour.
public struct LatencyCounts: Equatable, Sendable {
    public static let bucketCount = 512
    private static let first = 0.01
    private static let growth = 0.04

    /// By bucket, ascending; none is 0.
    public private(set) var counts: [Int: Int] = [:]

    public init() {}

    /// Bounded by a relative error of 4 %.
    public static func bucket(of milliseconds: Double) -> Int {
        guard milliseconds > first else { return 0 }
        let place = log(milliseconds / first) / log(1 + growth)
        return place >= Double(bucketCount - 1) ? bucketCount - 1 : Int(place.rounded(.up))
    }

    /// Where a bucket ends, in milliseconds.
    public static func end(of bucket: Int) -> Double {
        first * exp(Double(bucket) * log(1 + growth))
    }

    /// - Returns: false where there is no such bucket.
    public mutating func add(_ count: Int, in bucket: Int) -> Bool {
        guard (0..<Self.bucketCount).contains(bucket), count >= 0 else { return false }
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
