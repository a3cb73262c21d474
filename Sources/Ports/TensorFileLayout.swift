import CairnCore
import TensorFormats

/// Makes files that tensors are then written into.
public protocol TensorFileLayout: Sendable {
    /// What the elements of a tensor become in such a file; `nil` for what has no place in it.
    func element(for element: ElementType) -> ElementType?

    /// Makes a file with room for every tensor, whose bytes are not written yet.
    ///
    /// - Parameter metadata: short texts about the whole.
    /// - Returns: where each lies, in bytes.
    func layOut(
        _ tensors: [TensorToWrite], metadata: [String: String], at path: String
    ) async throws -> [Int]
}
