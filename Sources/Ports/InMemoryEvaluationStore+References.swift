import CairnCore
import Evaluation

extension InMemoryEvaluationStore {
    public func pin(_ schema: DatasetSchema, to dataset: Digest) -> DatasetSchema {
        let pinned = state.schemas[dataset] ?? schema
        state.schemas[dataset] = pinned
        return pinned
    }

    public func schema(of dataset: Digest) -> DatasetSchema? { state.schemas[dataset] }

    public func keepInputs(_ packed: [UInt8], of dataset: Digest) {
        state.inputs[dataset] = state.inputs[dataset] ?? packed
    }

    public func inputs(of dataset: Digest) -> [UInt8]? { state.inputs[dataset] }

    public func keepOutputs(_ packed: [UInt8], of id: EvaluationID) { state.outputs[id] = packed }

    public func outputs(of id: EvaluationID) -> [UInt8]? { state.outputs[id] }
}
