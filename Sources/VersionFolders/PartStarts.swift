/// Where parts begin that lie one behind the other.
struct PartStarts {
    private(set) var starts: [Int] = []
    private(set) var end = 0

    init(of byteCounts: some Sequence<Int>) {
        for byteCount in byteCounts {
            starts.append(end)
            end += byteCount
        }
    }

    subscript(index: Int) -> Int { starts[index] }

    /// The last part that begins at `offset` or before it; 0 without parts.
    func part(at offset: Int) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
