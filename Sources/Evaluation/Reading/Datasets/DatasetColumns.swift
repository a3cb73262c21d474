/// Which columns of a data set an evaluation needs.
public struct DatasetColumns: Sendable, Equatable {
    /// What is right; the suite's `label_column`.
    public var label: String
    /// The suite's `weight_column`; `nil`: every example weighs 1.
    public var weight: String?
    /// The suite's `slices`, each once.
    public var slices: [String]

    public init(label: String = "label", weight: String? = nil, slices: [String] = []) {
        (self.label, self.weight, self.slices) = (label, weight, slices)
    }

    static let id = "id"
    static let references = "references"
    static let choices = "choices"
}

/// What a value of a data set is read for. One column may serve several.
enum DatasetRole: Sendable, Equatable {
    case id, label, weight, references, choices
    case slice(Int)
}

/// The wanted columns of a data set by name, each with its roles.
struct DatasetRoles: Sendable {
    private(set) var names: [String] = []
    private(set) var roles: [[DatasetRole]] = []
    private let task: EvaluationTask

    init(_ columns: DatasetColumns, _ task: EvaluationTask) {
        self.task = task
        add(.id, DatasetColumns.id)
        switch task {
        case .code, .serving: break
        case .textGeneration:
            add(.label, columns.label)
            add(.references, DatasetColumns.references)
        case .multipleChoice:
            // The label may be the text of a choice, so these are read first where they stand first.
            add(.label, columns.label)
            add(.choices, DatasetColumns.choices)
        case .binary, .multiclass, .regression, .languageModel, .multilabel, .ranking:
            add(.label, columns.label)
        }
        if let weight = columns.weight { add(.weight, weight) }
        for (place, slice) in columns.slices.enumerated() { add(.slice(place), slice) }
    }

    private mutating func add(_ role: DatasetRole, _ name: String) {
        if let place = names.firstIndex(of: name) {
            roles[place].append(role)
        } else {
            names.append(name)
            roles.append([role])
        }
    }

    /// What the columns hold, of a file of arrays.
    var fields: [RowField] {
        zip(names, roles).map { name, roles in
            RowField(name, roles.contains(.label) ? labelKind : kind(of: roles[0]))
        }
    }

    private var labelKind: ArrayField {
        switch task {
        case .multilabel: .labels
        case .ranking: .numbers
        case .languageModel, .textGeneration: .text
        case .binary, .multiclass, .regression, .multipleChoice, .code, .serving: .label
        }
    }

    private func kind(of role: DatasetRole) -> ArrayField {
        switch role {
        case .id, .label, .slice: .label
        case .weight: .number
        case .references, .choices: .texts
        }
    }

    /// Every wanted column must be there, in the header of a CSV file or as an array, but for those
    /// that a task can do without.
    /// - Parameters:
    ///   - present: the file's columns.
    ///   - lacks: the error that one is not there.
    func check(_ present: [String], lacks: (String) -> InputError) throws(InputError) {
        for (name, roles) in zip(names, roles) where !present.contains(name) {
            for role in roles {
                switch role {
                case .id, .references, .choices: break
                case .weight, .slice: throw lacks(name)
                case .label:
                    if task == .languageModel { break }
                    let stands =
                        task == .textGeneration && present.contains(DatasetColumns.references)
                    if !stands { throw lacks(name) }
                }
            }
        }
    }
}
