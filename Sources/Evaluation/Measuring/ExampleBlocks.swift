import Dispatch
import Statistics

/// The examples of a data set in blocks of a fixed size, worked on in parallel.
///
/// What comes of the blocks is put together in their order, so that no number depends on how many
/// threads there were.
struct ExampleBlocks {
    static let size = 65_536

    let count: Int
    /// Threads; 1 or more.
    let workerCount: Int

    private var blockCount: Int { (count + Self.size - 1) / Self.size }

    /// The results of `body` for each block, in order.
    func map<Partial: Sendable>(_ body: @Sendable (Range<Int>) -> Partial) -> [Partial] {
        let blockCount = blockCount
        let workerCount = max(1, min(workerCount, blockCount))
        return [Partial](unsafeUninitializedCapacity: blockCount) { buffer, initialized in
            // Each block is written by one thread, and read after all have ended.
            nonisolated(unsafe) let results = buffer.baseAddress
            DispatchQueue.concurrentPerform(iterations: workerCount) { worker in
                for block in stride(from: worker, to: blockCount, by: workerCount) {
                    let start = block * Self.size
                    let range = start..<min(count, start + Self.size)
                    (results! + block).initialize(to: body(range))
                }
            }
            initialized = blockCount
        }
    }

    /// A value for each example.
    func values(_ body: @Sendable (Int) -> Double) -> [Double] {
        map { range in range.map(body) }.flatMap(\.self)
    }

    /// The sum of values, compensated inside the blocks and over them.
    func sum(_ values: [Double]) -> Double {
        CompensatedSum(of: map { CompensatedSum(of: values[$0]).value }).value
    }

    /// The mean of values; there is at least one.
    func mean(_ values: [Double]) -> Double { sum(values) / Double(count) }
}
