import CairnCore
import Ports
import ServiceKit

/// Tries a call again, with growing waits and full jitter, until it works, its error says that
/// trying is of no use, or its time is over.
public struct Retries: Sendable {
    var policy: RetryPolicy
    var clock: any WallClock
    /// Where the jitter comes from, one number for each call.
    var seeds: @Sendable () -> UInt64

    /// - Parameter clock: for waiting; `nil` takes one that nobody can set.
    public init(
        policy: RetryPolicy = RetryPolicy(), clock: (any WallClock)? = nil,
        seeds: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) {
        (self.policy, self.clock, self.seeds) = (policy, clock ?? SteadyClock(), seeds)
    }

    /// - Parameters:
    ///   - limit: how long to try, in all; `nil` is without end.
    ///   - mayRepeat: whether the same call may be made again after this error.
    ///   - body: one try, with the time that is left.
    /// - Throws: the error of the last try.
    func run<Result>(
        within limit: Duration?, where mayRepeat: (RPCError) -> Bool,
        _ body: (_ left: Duration?) async throws -> Result
    ) async throws -> Result {
        let end = limit.map { clock.now() + $0 }
        var random = SeededRandom(seed: seeds())
        var failures = 0
        while true {
            do {
                return try await body(end.map { max(.milliseconds(1), $0 - clock.now()) })
            } catch let error as RPCError where mayRepeat(error) {
                try Task.checkCancellation()
                failures += 1
                let next = clock.now() + policy.wait(after: failures, using: &random)
                if let end, next >= end { throw error }
                try await clock.sleep(until: next)
            }
        }
    }
}

extension RPCError {
    /// The service may not have seen the call, or not answered it in time: a call that is harmless
    /// to repeat may be made again.
    var isPassing: Bool {
        switch code {
        case .unavailable, .deadlineExceeded, .cancelled: true
        case .protocol, .dataLoss: canRetry
        default: false
        }
    }

    /// Ingest has started again since the upload was opened: opened again, it goes on.
    var wantsUploadOpen: Bool { facts["reopen"] != nil }

    /// No connection could be made: no service has seen the call.
    var isUnsent: Bool {
        code == .unavailable
            && (text.hasPrefix("could not connect to ") || text.hasPrefix("could not find "))
    }
}
