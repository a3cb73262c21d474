/// Memory that is used again, text after text: it grows, and goes with its owner.
struct Room<Element: BitwiseCopyable>: ~Copyable {
    private(set) var base: UnsafeMutablePointer<Element>
    private(set) var capacity: Int

    init(_ capacity: Int = 64) {
        base = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit { base.deallocate() }

    /// Makes room for so many; what is there already stays.
    @inline(__always) mutating func reserve(_ count: Int) {
        if count > capacity { grow(count) }
    }

    @inline(never) private mutating func grow(_ count: Int) {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 2 * capacity))
        larger.update(from: base, count: capacity)
        base.deallocate()
        (base, capacity) = (larger, max(count, 2 * capacity))
    }
}
