import CairnCore
import Messages
import Ports
import ServiceKit
import Synchronization

/// Takes outcome reports from the programs of this host and passes them on to the controller.
///
/// A report is on this host's disk before its program is answered. The controller knows each by its
/// reporter, incarnation and sequence, so that one that is sent twice is applied once.
public final class OutcomeForwarder: Sendable {
    private let target: String
    private let spool: any Spool
    private let controller: any RPCChannel
    private let clock: any WallClock
    private let policy: RetryPolicy
    private let seed: UInt64
    private let log: @Sendable (String) -> Void
    private let doorbell = Doorbell()
    /// The controller's epoch, as it said last.
    private let epoch = Mutex<UInt64>(0)

    public init(
        target: TargetName, spool: any Spool, controller: any RPCChannel, clock: any WallClock,
        policy: RetryPolicy = RetryPolicy(most: .seconds(5)),
        seed: UInt64 = .random(in: .min ... .max), log: @escaping @Sendable (String) -> Void
    ) {
        self.target = target.description
        (self.spool, self.controller, self.clock) = (spool, controller, clock)
        (self.policy, self.seed, self.log) = (policy, seed, log)
    }

    /// What the agent answers on its socket: the controller's own call.
    public func addRoutes(to routes: inout RPCRoutes) {
        routes.unary(ControllerMethods.reportOutcomes) { [self] request, _ in
            try check(request)
            try await spool.append(try request.encoded())
            doorbell.ring()
            return OutcomesAccepted(epoch: epoch.withLock { $0 })
        }
    }

    /// At the door, so that nothing is kept that the controller would never take.
    private func check(_ report: ReportOutcomes) throws {
        guard report.target == target else {
            throw RPCError(
                .invalidArgument, "this host serves \(target), the report is of '\(report.target)'")
        }
        guard (1...128).contains(report.reporter.utf8.count), report.sequence > 0 else {
            throw RPCError(
                .invalidArgument,
                "a report needs a reporter of 1 to 128 bytes and a sequence from 1")
        }
        guard report.outcomes.count <= 256, report.pairs.count <= 256,
            report.histograms.count <= 256
        else {
            throw RPCError(
                .invalidArgument,
                "\(report.outcomes.count) outcomes, \(report.pairs.count) pairs and "
                    + "\(report.histograms.count) histograms in one report; 256 of each is most")
        }
    }

    /// Passes reports on until its task is cancelled.
    public func run() async throws {
        var random = SeededRandom(seed: seed)
        var failures = 0
        while true {
            let generation = doorbell.generation
            guard let (number, bytes) = try await spool.first() else {
                try await doorbell.wait(after: generation)
                continue
            }
            do {
                try await deliver(bytes)
                try await spool.remove(through: number)
                failures = 0
            } catch {
                try Task.checkCancellation()
                failures += 1
                if failures == 1 { log("outcomes wait on this host's disk: \(error)") }
                try await clock.sleep(
                    until: clock.now() + policy.wait(after: failures, using: &random))
            }
        }
    }

    private func deliver(_ bytes: [UInt8]) async throws {
        do {
            let reply = try await controller.unary(
                ControllerMethods.reportOutcomes.id, RawMessage(bytes),
                CallOptions(deadline: .seconds(5)))
            let accepted = try OutcomesAccepted(decoding: reply.bytes)
            epoch.withLock { $0 = accepted.epoch }
        } catch let error as RPCError where error.code == .invalidArgument {
            // It would never be taken, and must not dam up what comes behind it.
            log("the controller refused a report of outcomes: \(error.text)")
        }
    }
}
