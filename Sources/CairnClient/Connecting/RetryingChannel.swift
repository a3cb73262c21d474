import Messages
import Ports

/// A channel to one service whose calls survive a restart of it: what is harmless to repeat is
/// repeated, under the caller's deadline and with the same call id.
///
/// When the time is over, the error says who does not answer and what to do.
public struct RetryingChannel: RPCChannel {
    private let channel: any RPCChannel
    private let service: String
    private let address: String
    private let retries: Retries
    private let nextCallID: @Sendable () -> UInt64

    /// - Parameters:
    ///   - service: as a person knows it: "ingest".
    ///   - address: for the error text.
    public init(
        _ channel: any RPCChannel, service: String, address: String, retries: Retries = Retries()
    ) {
        (self.channel, self.service, self.address) = (channel, service, address)
        (self.retries, nextCallID) = (retries, { .random(in: 1 ... .max) })
    }

    public func unary(_ method: UInt16, _ request: RawMessage, _ options: CallOptions) async throws
        -> RawMessage
    {
        var options = options
        options.callID = options.callID ?? nextCallID()
        let isHarmless = Repeatable.methods.contains(method)
        return try await explaining {
            try await retries.run(
                within: options.deadline,
                where: { $0.isUnsent || isHarmless && $0.isPassing },
                { [options] left in
                    var options = options
                    options.deadline = left
                    return try await channel.unary(method, request, options)
                })
        }
    }

    /// Opening is tried again; a call that was opened and then cut is its user's to take up.
    public func open(_ method: UInt16, _ options: CallOptions) async throws -> any RawCall {
        try await explaining {
            try await retries.run(within: options.deadline, where: \.isUnsent) { _ in
                try await channel.open(method, options)
            }
        }
    }

    private func explaining<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as RPCError where error.isUnsent {
            let reason = error.text.components(after: "\(address): ") ?? error.text
            throw RPCError(
                .unavailable,
                "\(service) at \(address) does not answer: \(reason.lowercasedFirst); start it "
                    + "with `cairn up`", facts: error.facts, canRetry: true)
        }
    }
}

/// Calls that are harmless to repeat whatever became of the first try: they only read, or carry an
/// id by which the service knows a repeat, or say how something shall be.
enum Repeatable {
    static let methods: Set<UInt16> = [
        IngestMethods.startRun.id, IngestMethods.logMetrics.id, IngestMethods.finishRun.id,
        IngestMethods.getRun.id, IngestMethods.listRuns.id, IngestMethods.openUpload.id,
        IngestMethods.offerChunks.id, IngestMethods.abortUpload.id,
        IngestMethods.resolveVersion.id, IngestMethods.listVersions.id, IngestMethods.setAlias.id,
        IngestMethods.listModels.id, IngestMethods.createVersion.id, IngestMethods.pinVersion.id,
        IngestMethods.unpinVersion.id, IngestMethods.getIngestStatus.id,
        EvaluatorMethods.listDatasets.id, EvaluatorMethods.applySuite.id,
        EvaluatorMethods.listSuites.id, EvaluatorMethods.versionCommitted.id,
        EvaluatorMethods.getEvaluation.id, EvaluatorMethods.listEvaluations.id,
        EvaluatorMethods.compare.id, EvaluatorMethods.getEvaluatorStatus.id,
        ControllerMethods.applyTarget.id, ControllerMethods.listTargets.id,
        ControllerMethods.getTargetStatus.id, ControllerMethods.verdictReached.id,
        ControllerMethods.reportOutcomes.id, ControllerMethods.verifyAudit.id,
        ControllerMethods.getControllerStatus.id,
    ]
}

extension String {
    func components(after mark: String) -> String? {
        firstRange(of: mark).map { String(self[$0.upperBound...]) }
    }

    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
