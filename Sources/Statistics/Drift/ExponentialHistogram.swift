/// A stream's values, oldest first, in buckets of 1, 2, 4, … values: row i holds buckets of 2ⁱ.
///
/// Each bucket keeps a sum and a sum of squared deviations. Adding is O(1) on average and
/// allocates only when the window doubles.
struct ExponentialHistogram: Equatable, Sendable {
    /// A row that reaches `capacity + 1` buckets merges its two oldest into the next row.
    let capacity: Int
    /// Buckets per row; the last row is never empty.
    private var counts: [Int] = []
    /// Row i holds its buckets, oldest first, from index i · (capacity + 1); unused slots are zero.
    private var buckets: [Bucket] = []

    struct Bucket: Equatable, Sendable {
        var total = 0.0
        var squaredDeviations = 0.0
    }

    init(capacity: Int) { self.capacity = capacity }

    private var stride: Int { capacity + 1 }

    mutating func append(_ value: Double) {
        append(Bucket(total: value), toRow: 0)
        var row = 0
        while counts[row] == stride {
            append(mergeTwoOldest(ofRow: row), toRow: row + 1)
            row += 1
        }
    }

    mutating func removeAll() {
        counts.removeAll(keepingCapacity: true)
        buckets.removeAll(keepingCapacity: true)
    }

    /// Offers (values, sum) of each bucket but the newest, from the oldest on, until `found` is
    /// true.
    func firstFromOldest(_ found: (Int, Double) -> Bool) -> Bool {
        for row in counts.indices.reversed() {
            for slot in 0..<counts[row] {
                if row == 0 && slot == counts[0] - 1 { return false }
                if found(1 << row, buckets[row * stride + slot].total) { return true }
            }
        }
        return false
    }

    /// Removes the oldest bucket. There must be one.
    mutating func removeOldest() -> (count: Int, total: Double, squaredDeviations: Double) {
        let row = counts.count - 1
        let bucket = buckets[row * stride]
        removeFront(1, ofRow: row)
        while counts.last == 0 {
            counts.removeLast()
            buckets.removeLast(stride)
        }
        return (1 << row, bucket.total, bucket.squaredDeviations)
    }

    private mutating func append(_ bucket: Bucket, toRow row: Int) {
        if row == counts.count {
            counts.append(0)
            buckets.append(contentsOf: repeatElement(Bucket(), count: stride))
        }
        buckets[row * stride + counts[row]] = bucket
        counts[row] += 1
    }

    private mutating func mergeTwoOldest(ofRow row: Int) -> Bucket {
        let (a, b) = (buckets[row * stride], buckets[row * stride + 1])
        let n = Double(1 << row)
        let gap = a.total / n - b.total / n
        removeFront(2, ofRow: row)
        return Bucket(
            total: a.total + b.total,
            squaredDeviations: a.squaredDeviations + b.squaredDeviations + n * gap * gap / 2)
    }

    private mutating func removeFront(_ removed: Int, ofRow row: Int) {
        let first = row * stride
        for slot in 0..<counts[row] {
            let source = slot + removed
            buckets[first + slot] = source < counts[row] ? buckets[first + source] : Bucket()
        }
        counts[row] -= removed
    }
}

extension ExponentialHistogram: StoredAsNumbers {
    /// capacity, rows, then each row's bucket count and its buckets.
    var numbers: [Double] {
        var numbers = [Double(capacity), Double(counts.count)]
        for (row, count) in counts.enumerated() {
            numbers.append(Double(count))
            for bucket in buckets[row * stride..<row * stride + count] {
                numbers += [bucket.total, bucket.squaredDeviations]
            }
        }
        return numbers
    }

    init?(numbers: [Double]) {
        var reader = NumberReader(numbers)
        guard let capacity = reader.int(in: 1...1 << 16), let rows = reader.int(in: 0...62) else {
            return nil
        }
        self.init(capacity: capacity)
        for row in 0..<rows {
            guard let count = reader.int(in: 0...capacity) else { return nil }
            counts.append(count)
            for _ in 0..<count {
                guard let total = reader.next(), let deviations = reader.next() else { return nil }
                buckets.append(Bucket(total: total, squaredDeviations: deviations))
            }
            buckets += repeatElement(Bucket(), count: stride - count)
            if row == rows - 1 && count == 0 { return nil }
        }
        guard reader.isAtEnd else { return nil }
    }

    /// The number of values in all buckets.
    var valueCount: Int { counts.enumerated().reduce(0) { $0 + $1.element << $1.offset } }
}
