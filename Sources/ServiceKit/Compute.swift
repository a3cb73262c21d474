import Dispatch

/// Work for a processor, kept off the network loops and off Swift's cooperative pool.
public enum Compute {
    private static let queue = DispatchQueue(
        label: "cairn.compute", qos: .userInitiated, attributes: .concurrent)

    public static func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async
        -> Result
    {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: body()) }
        }
    }
}
