/// Mean and spread of finite values, one by one and in parts.
///
/// Source: Welford 1962; Chan, Golub and LeVeque 1983 (merging).
struct RunningMoments: Equatable, Sendable {
    private(set) var count = 0
    private var center = 0.0
    /// Σ(x−mean)².
    private var squares = 0.0

    mutating func add(_ value: Double) {
        count += 1
        let gap = value - center
        center += gap / Double(count)
        squares += gap * (value - center)
    }

    mutating func merge(_ other: RunningMoments) {
        guard other.count > 0 else { return }
        guard count > 0 else { return self = other }
        let (n, m) = (Double(count), Double(other.count))
        let gap = other.center - center
        center += gap * (m / (n + m))
        squares += other.squares + gap * gap * (n * m / (n + m))
        count += other.count
    }

    var isFinite: Bool { center.isFinite && squares.isFinite }

    var mean: Double? { count > 0 && center.isFinite ? center : nil }

    var variance: Double? {
        guard count >= 2, squares.isFinite else { return nil }
        return max(0, squares) / Double(count - 1)
    }

    /// What does not fit into doubles is kept as 0 with a mark, since NaN is never stored.
    func write(to bytes: inout SketchWriter) {
        bytes.count(count)
        for value in [center, squares] {
            bytes.byte(value.isNaN ? 1 : 0)
            bytes.number(value.isNaN ? 0 : value)
        }
    }

    init() {}

    init(from bytes: inout SketchReader) throws(SketchError) {
        count = try bytes.count(atMost: 1 << 53)
        for path in [\RunningMoments.center, \.squares] {
            let isLost = try bytes.byte() == 1
            let value = try bytes.number()
            self[keyPath: path] = isLost ? .nan : value
        }
    }

    /// For values that have moments: nothing is lost then.
    var numbers: [Double] { [Double(count), center, squares] }

    init?(numbers: [Double]) {
        var reader = NumberReader(numbers)
        guard let count = reader.int(in: 0...1 << 53), let center = reader.next(),
            let squares = reader.next(in: 0...Double.greatestFiniteMagnitude), center.isFinite,
            reader.isAtEnd
        else { return nil }
        (self.count, self.center, self.squares) = (count, center, squares)
    }

    /// Also when both are lost.
    static func == (a: RunningMoments, b: RunningMoments) -> Bool {
        let same = { (x: Double, y: Double) in x == y || (x.isNaN && y.isNaN) }
        return a.count == b.count && same(a.center, b.center) && same(a.squares, b.squares)
    }
}
