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

    init(_ columns: DatasetColumns, _ task: EvaluationTask) {
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

    /// Every wanted column must be in the header of a CSV file, but for those that a task can do
    /// without.
    func check(_ header: CSVHeader, _ columns: DatasetColumns, _ task: EvaluationTask)
        throws(InputError)
    {
        for (name, roles) in zip(names, roles) where !header.names.contains(name) {
            for role in roles {
                switch role {
                case .id, .references, .choices: break
                case .weight, .slice: throw header.lacks(name)
                case .label:
                    if task == .languageModel { break }
                    let stands =
                        task == .textGeneration
                        && header.names.contains(DatasetColumns.references)
                    if !stands { throw header.lacks(name) }
                }
            }
        }
    }
}
