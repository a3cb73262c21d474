import func Glibc.exp
import func Glibc.log

/// Buckets of latency that every host draws alike.
///
/// Bucket 0 ends at 0.01 ms, each next one 4 % later; the last one, which is open, begins after an
/// hour.
public enum LatencyBuckets {
    public static let count = 512
    /// Where bucket 0 ends, in milliseconds.
    public static let first = 0.01
    private static let growth = 1.04

    /// Of the end of one bucket against the end of the one before.
    public static let logGrowth = log(growth)

    /// - Parameter milliseconds: ≥ 0.
    public static func bucket(of milliseconds: Double) -> Int {
        guard milliseconds > first else { return 0 }
        let place = (log(milliseconds / first) / log(growth)).rounded(.up)
        return place < Double(count - 1) ? Int(place) : count - 1
    }

    /// Where a bucket ends, in milliseconds.
    public static func end(of bucket: Int) -> Double { first * exp(Double(bucket) * log(growth)) }
}
