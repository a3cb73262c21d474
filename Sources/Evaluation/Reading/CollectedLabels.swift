/// The labels and ids of a data set, checked row by row.
struct CollectedLabels {
    private let task: EvaluationTask
    private var count = 0
    private var ids: [String] = []
    private var knownIDs: Set<String> = []
    private var numbers: [Double] = []
    private var texts: [String] = []
    /// Classes in the order of their first use.
    private var names: [String] = []
    private var indices: [String: Int32] = [:]
    private var classes: [Int32] = []

    /// The line of the first row that lacks a label which it needs.
    private(set) var firstMissingLabel: Int?

    init(task: EvaluationTask) { self.task = task }

    /// The results of each example are kept; so many still fit into one record of the store.
    static let countMax = 50_000_000

    mutating func take(_ row: DatasetRow) throws(InputError) {
        guard count < Self.countMax else {
            throw InputError(line: row.line, "more than \(Self.countMax) rows")
        }
        try take(id: row.id, line: row.line)
        count += 1
        guard let label = row.label else {
            // A language model can be judged by likelihood alone; then no row has a text.
            if task != .languageModel || !texts.isEmpty {
                firstMissingLabel = firstMissingLabel ?? row.line
            }
            return
        }
        switch task {
        case .binary, .multiclass: try take(class: label, line: row.line)
        case .regression:
            guard let number = Double(label), number.isFinite else {
                throw InputError(
                    line: row.line,
                    "the label \(InputError.excerpt(label)) is no number, as a regression needs")
            }
            numbers.append(number)
        case .languageModel:
            guard texts.count == count - 1 else {
                throw InputError(line: row.line, "a label, but the rows before have none")
            }
            texts.append(label)
        case .multilabel, .multipleChoice, .textGeneration, .ranking, .code, .serving:
            throw InputError("data sets of \(task) tasks are not read")
        }
    }

    private mutating func take(id: String?, line: Int) throws(InputError) {
        guard let id else {
            if !ids.isEmpty { throw InputError(line: line, "no id, but the rows before have one") }
            return
        }
        guard ids.count == count else {
            throw InputError(line: line, "an id, but the rows before have none")
        }
        guard knownIDs.insert(id).inserted else {
            throw InputError(line: line, "the id \(InputError.excerpt(id)) stands a second time")
        }
        ids.append(id)
    }

    private mutating func take(class name: String, line: Int) throws(InputError) {
        guard !name.isEmpty else { throw InputError(line: line, "the label is empty") }
        if let index = indices[name] {
            classes.append(index)
            return
        }
        guard names.count < ClassNames.countMax else {
            throw InputError(
                line: line,
                "more than \(ClassNames.countMax) different labels; is this a regression?")
        }
        let index = Int32(names.count)
        names.append(name)
        indices[name] = index
        classes.append(index)
    }

    func examples() throws(InputError) -> Examples {
        guard count > 0 else { throw InputError("the data set has no rows") }
        return Examples(try truth(), ids: ids.isEmpty ? nil : ids, count: count)
    }

    private func truth() throws(InputError) -> Examples.Truth {
        switch task {
        case .binary(let positive):
            try check(positive: positive)
            return sortedClasses()
        case .multiclass: return sortedClasses()
        case .regression: return .numbers(numbers)
        case .languageModel: return .texts(texts.isEmpty ? nil : texts)
        case .multilabel, .multipleChoice, .textGeneration, .ranking, .code, .serving:
            throw InputError("data sets of \(task) tasks are not read")
        }
    }

    private func check(positive: String) throws(InputError) {
        guard names.count <= 2 else {
            throw InputError(
                "a binary task has two labels, this data set \(names.count): "
                    + InputError.list(names))
        }
        guard names.count < 2 || names.contains(positive) else {
            throw InputError(
                "no row has the positive label \(InputError.excerpt(positive)); the labels are "
                    + "\(InputError.list(names)). Say which is meant with positive_label.")
        }
    }

    private func sortedClasses() -> Examples.Truth {
        let sorted = ClassNames.sorted(names)
        return .classes(ClassNames.renumbered(classes, from: names, to: sorted), names: sorted)
    }
}
