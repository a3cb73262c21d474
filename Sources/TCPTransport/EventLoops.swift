import Ports

/// The event loops of a process: one on two cores, more where there are cores to spare.
public final class EventLoops: Sendable {
    public let all: [EventLoop]
    private let turns = SharedCounter()

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - count: threads; every connection lives on one of them for life.
    ///   - spin: how long a loop looks for work before it sleeps. Lowers latency, costs a core.
    public init(count: Int = 1, spin: Duration = .zero) throws(SocketError) {
        precondition(count >= 1, "\(count) loops")
        var loops: [EventLoop] = []
        for index in 0..<count {
            let loop = try EventLoop(spin: spin)
            try loop.start(name: "cairn-loop-\(index)")
            loops.append(loop)
        }
        all = loops
    }

    /// Ends the threads. End servers and channels first.
    public func stop() async {
        for loop in all { await loop.stop() }
    }

    /// Runs `body` with loops that live as long as it does.
    public static func with<Result: Sendable>(
        count: Int = 1, spin: Duration = .zero, _ body: (EventLoops) async throws -> Result
    ) async throws -> Result {
        let loops = try EventLoops(count: count, spin: spin)
        do {
            let result = try await body(loops)
            await loops.stop()
            return result
        } catch {
            await loops.stop()
            throw error
        }
    }

    /// One after the other.
    func next() -> EventLoop {
        all[Int(turns.next() % UInt64(all.count))]
    }
}
