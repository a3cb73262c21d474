import CairnCore
import Evaluation

/// What live traffic is held against: sketches of a data set's inputs and of what a version made of
/// them, each an encoded `SketchBundle`, and a data set's schema.
///
/// For one thread at a time, as the rest of the evaluator's store. What is kept of a data set stands
/// by its digest, and goes with the last name that points there; what is kept of an evaluation goes
/// with it.
public protocol ReferenceStore: AnyObject {
    /// Pins a schema to a data set's bytes, where none is pinned yet.
    /// - Returns: the schema that is pinned now.
    func pin(_ schema: DatasetSchema, to dataset: Digest) throws -> DatasetSchema
    /// - Returns: `nil` where none was pinned.
    func schema(of dataset: Digest) throws -> DatasetSchema?

    /// Keeps the sketches of a data set's inputs, where there are none: the same bytes have the same.
    func keepInputs(_ packed: [UInt8], of dataset: Digest) throws
    /// - Returns: `nil` before the first evaluation on the data set.
    func inputs(of dataset: Digest) throws -> [UInt8]?

    /// Keeps the sketches of an evaluation's scores and outputs in place of those there are. Kept
    /// before the result, as details are.
    func keepOutputs(_ packed: [UInt8], of id: EvaluationID) throws
    /// - Returns: `nil` where none were kept: before there are numbers, or where there are none.
    func outputs(of id: EvaluationID) throws -> [UInt8]?
}
