/// The truth of a data set: what is right for each example, in the file's order.
public struct Examples: Sendable, Equatable {
    public enum Truth: Sendable, Equatable {
        /// Each example's place in `names`, which is in the order of `ClassNames`.
        case classes([Int32], names: [String])
        case numbers([Double])
        /// What a language model shall find likely; `nil` where the data set has no label column.
        case texts([String]?)
    }

    public let truth: Truth
    /// The `id` column, where the data set has one; each id stands once.
    public let ids: [String]?
    public let count: Int

    init(_ truth: Truth, ids: [String]?, count: Int) {
        (self.truth, self.ids, self.count) = (truth, ids, count)
    }
}
