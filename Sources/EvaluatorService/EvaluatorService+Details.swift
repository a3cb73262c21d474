import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// What reports draw: kept with each evaluation, and handed out.
extension EvaluatorService {
    func addDetails(to routes: inout RPCRoutes) {
        routes.unary(EvaluatorMethods.getEvaluationDetails) { [self] request, _ in
            try await answering { try await details(request) }
        }
    }

    /// Keeps what was looked at in the pass over the first repeat's predictions.
    func keep(_ collectors: EvaluationCollectors, of id: EvaluationID) async throws {
        let details = try collectors.details.details.message.encoded()
        let outputs = collectors.reference.bundle.encoded
        try await durably("the details of evaluation \(id) were not stored") {
            try await ledger.with { store, _ in
                try store.atomically {
                    try store.keepDetails(details, of: id)
                    try store.keepOutputs(outputs, of: id)
                }
            }
        }
    }

    private func details(_ request: GetEvaluation) async throws -> EvaluationDetails {
        let evaluation = try await find(request)
        let id = evaluation.job.id
        guard let packed = try await ledger.with({ store, _ in try store.details(of: id) }) else {
            throw RPCError(
                .notFound,
                evaluation.job.isDone
                    ? "evaluation \(id) has no details: it ended without numbers, or was made "
                        + "before details were kept. `cairn eval --again` makes them"
                    : "evaluation \(id) is \(evaluation.job.phase); its details come with its result"
            )
        }
        return try Self.assembled(try EvaluationDetails(decoding: packed), evaluation.message)
    }

    /// With the record and all slices that fit into a message. What only a page of the evaluation
    /// itself shows stays out of the record here.
    static func assembled(_ packed: EvaluationDetails, _ record: EvaluationRecord) throws
        -> EvaluationDetails
    {
        var (details, record) = (packed, record)
        let slices = packed.slices.isEmpty ? record.slices : packed.slices
        (record.labels, record.confusion, record.logTail) = ([], [], "")
        (record.slices, record.skippedRows) = ([], [])
        (details.record, details.slices) = (record, [])
        var room = WireLimits.messageByteCount * 9 / 10 - (try details.encoded().count)
        for slice in slices {
            room -= try slice.encoded().count + 8
            if room < 0 { break }
            details.slices.append(slice)
        }
        return details
    }
}
