import Dispatch

/// The results of `body` for 0..<count, in that order, worked on by `workerCount` threads.
func mapInParallel<Part: Sendable>(
    _ count: Int, workerCount: Int, _ body: @Sendable (Int) -> Part
) -> [Part] {
    let workerCount = max(1, min(workerCount, count))
    if workerCount == 1 { return (0..<count).map(body) }
    return [Part](unsafeUninitializedCapacity: count) { buffer, initialized in
        // Each place is written by one thread, and read after all have ended.
        nonisolated(unsafe) let results = buffer.baseAddress!
        DispatchQueue.concurrentPerform(iterations: workerCount) { worker in
            for index in stride(from: worker, to: count, by: workerCount) {
                (results + index).initialize(to: body(index))
            }
        }
        initialized = count
    }
}
