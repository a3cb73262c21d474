/// Where blocks of rows come from: a text file or a file of columns.
protocol RowBlockSource {
    /// The next blocks, in the order of the file; `nil` at its end.
    /// - Parameter context: knows all class names so far; those of the file's form are added.
    mutating func next(_ context: inout AnswerContext) throws(InputError) -> [RowBlock]?
    /// For each column of scores the place of its class; empty until there are some.
    func scoredClasses(in names: NameTable) -> [Int32]
    /// How much of the file was read, in bytes.
    var position: Int { get }
}
