/// A mean that takes one value at a time, in the very steps that river takes, so that detectors
/// built on it agree with river's to the index.
struct RunningMean: Equatable, Sendable {
    private(set) var count = 0
    private(set) var value = 0.0

    init() {}

    init(count: Int, value: Double) {
        self.count = count
        self.value = value
    }

    mutating func add(_ next: Double) {
        count += 1
        value += 1 / Double(count) * (next - value)
    }
}
