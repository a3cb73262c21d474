/// What an array must hold to be a field of predictions or a column of a data set.
enum ArrayField: Sendable, Equatable {
    /// For each row a class or an id: a text, a whole number, a truth value.
    case label
    case number
    case count
    case flag
    case text
    /// For each row numbers: a matrix, or all end to end with their offsets.
    case numbers
    /// For each row classes: a matrix of 0 and 1, or names end to end with their offsets.
    case labels
    /// For each row texts.
    case texts

    /// What a column holds by itself, where nobody wants it to be some field.
    ///
    /// - Parameter isList: whether rows have several elements, or as many as each has.
    init(of element: ArrayElement, isList: Bool) {
        switch (element.isText, element.kind == .bool) {
        case (true, _): self = isList ? .texts : .text
        case (false, true): self = isList ? .labels : .flag
        case (false, false): self = isList ? .numbers : .number
        }
    }

    /// For errors: what is expected.
    var wanted: String {
        switch self {
        case .label: "one label for each row: texts, whole numbers or booleans"
        case .number: "one number for each row"
        case .count: "one whole number for each row"
        case .flag: "one boolean for each row"
        case .text: "one text for each row"
        case .numbers: "numbers for each row: a matrix, or a vector with offsets"
        case .labels: "labels for each row: a matrix of 0 and 1, or names with offsets"
        case .texts: "texts for each row: a matrix, or a vector with offsets"
        }
    }

    /// - Parameter isRagged: whether the array has offsets.
    func takes(_ header: ArrayHeader, isRagged: Bool) -> Bool {
        takes(
            header.element, dimensionCount: header.shape.count, width: header.width,
            isRagged: isRagged)
    }

    func takes(_ element: ArrayElement, dimensionCount: Int, width: Int, isRagged: Bool) -> Bool {
        let (kind, isText) = (element.kind, element.isText)
        let isNumber = !isText && kind != .bool
        let isSingle = !isRagged && (dimensionCount == 1 || width == 1)
        let isList = isRagged ? dimensionCount == 1 : dimensionCount == 2
        switch self {
        case .label: return isSingle
        case .number, .count: return isSingle && isNumber
        case .flag: return isSingle && (kind == .bool || kind == .signed || kind == .unsigned)
        case .text: return isSingle && isText
        case .numbers: return isList && isNumber
        case .labels: return isList && kind != .float
        case .texts: return isList && isText
        }
    }
}
