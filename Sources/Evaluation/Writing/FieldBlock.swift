/// Some rows of a predictions file as they stand there: what is written in another format. Nothing is held
/// against a data set.
struct FieldBlock: Sendable {
    let rowCount: Int
    /// By the places of the fields; `nil`: the rows do not have it.
    let columns: [FieldColumn?]
    /// Where numbers come by name, the names, in the order of the numbers.
    let numberNames: [String]?
    /// Fields whose numbers fit into a Float because that is what they were.
    let narrow: Set<Int>
    let rows: RowPlaces
}

/// The values of one field.
enum FieldColumn: Sendable {
    case texts(TextColumn)
    case numbers([Double])
    case counts([Int32])
    case flags([Bool])
    case lists(ListColumn<Double>)
    case textLists(TextListColumn)

    /// An empty column of what the field holds.
    init(_ kind: ArrayField) {
        self =
            switch kind {
            case .label, .text: .texts(TextColumn())
            case .number: .numbers([])
            case .count: .counts([])
            case .flag: .flags([])
            case .numbers: .lists(ListColumn())
            case .labels, .texts: .textLists(TextListColumn())
            }
    }

    var count: Int {
        switch self {
        case .texts(let column): column.count
        case .numbers(let column): column.count
        case .counts(let column): column.count
        case .flags(let column): column.count
        case .lists(let column): column.count
        case .textLists(let column): column.count
        }
    }
}
