extension AnswerContext {
    /// The place of a name, which becomes one where the task has room; `nil` where it has none.
    mutating func place(accepting name: String) -> Int32? {
        if let place = names.place(of: name) { return place }
        if case .binary = task, names.count >= 2 { return nil }
        guard names.count < ClassNames.countMax else { return nil }
        return names.place(inserting: name)
    }

    func refusal(of name: String) -> String {
        if case .binary = task {
            return "\(InputError.excerpt(name)) is neither of the two labels "
                + InputError.list(names.names)
        }
        return "more than \(ClassNames.countMax) different labels"
    }

    /// What a binary task's score speaks of: the positive class, or the one that is not.
    ///
    /// - Parameter choice: −1 for the other class, −2 for the positive one.
    mutating func place(ofOtherThanPositive choice: Int) -> Int32 {
        guard case .binary(let positive) = task else {
            preconditionFailure("a score decided for class \(choice) of a task with many")
        }
        if choice == -2 { return names.place(inserting: positive) }
        if let other = (0..<names.count).first(where: { names[$0] != positive }) {
            return Int32(other)
        }
        // The data set knows no other class than the positive one: any other name will do.
        return names.place(inserting: positive == "0" ? "1" : "0")
    }
}
