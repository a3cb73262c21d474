import CairnCore

/// What reports draw of each evaluation, as one blob: an encoded `EvaluationDetails` without its
/// record.
///
/// For one thread at a time, as the rest of the evaluator's store.
public protocol EvaluationDetailsStore: AnyObject {
    /// Keeps details in place of those there are. Kept before the result, so that whoever sees the
    /// result finds them; a try that ended without one leaves the same bits as the next.
    func keepDetails(_ packed: [UInt8], of id: EvaluationID) throws
    /// - Returns: `nil` where none were kept: before there are numbers, or where there are none.
    func details(of id: EvaluationID) throws -> [UInt8]?
}
