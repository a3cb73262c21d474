import Messages

/// The columns of a stream, and which of the wanted fields they are.
struct StreamLayout: Sendable {
    struct Column: Sendable {
        let name: String
        /// Among the wanted fields; `nil`: read over.
        let place: Int?
        let field: ArrayField
        let element: ArrayElement
        /// 0: lists of any length.
        let width: Int
    }

    static let columnCountMax = 64

    let columns: [Column]
    let classes: NameTable

    /// - Parameter wanted: `nil`: every column, as what it holds.
    init(_ header: PredictionColumns, wanted: [RowField]?) throws(InputError) {
        guard (1...Self.columnCountMax).contains(header.columns.count) else {
            throw InputError(
                "\(header.columns.count) columns; expected 1 to \(Self.columnCountMax)")
        }
        guard header.classes.count <= ClassNames.countMax else {
            throw InputError("\(header.classes.count) classes; \(ClassNames.countMax) is most")
        }
        classes = NameTable(header.classes)
        guard classes.count == header.classes.count else {
            throw InputError("a class stands twice among the \(header.classes.count) classes")
        }
        for name in header.classes where name.isEmpty {
            throw InputError("a class with an empty name")
        }
        var (columns, names): ([Column], Set<String>) = ([], [])
        for column in header.columns {
            guard names.insert(column.name).inserted else {
                throw InputError("the column \(InputError.excerpt(column.name)) stands twice")
            }
            columns.append(try Self.column(column, columns.count, wanted))
        }
        self.columns = columns
    }

    private static func column(_ column: PredictionColumn, _ index: Int, _ wanted: [RowField]?)
        throws(InputError) -> Column
    {
        let part = InputError.Place.part(InputError.printable(column.name))
        let (element, width) = (ArrayElement(column.type), Int(column.width))
        guard width <= ArrayHeader.widthMax else {
            throw InputError(part, "\(width) values a row; \(ArrayHeader.widthMax) is most")
        }
        guard let wanted else {
            return Column(
                name: column.name, place: index,
                field: ArrayField(of: element, isList: width != 1), element: element, width: width)
        }
        let place = wanted.firstIndex { $0.name == column.name }
        let field = place.map { wanted[$0].kind } ?? .label
        if place != nil, !field.takes(element, width: width) {
            throw InputError(
                part,
                "\(width == 0 ? "lists" : "\(width)") of \(element.name) a row; expected "
                    + field.wanted)
        }
        return Column(
            name: column.name, place: place, field: field, element: element, width: width)
    }
}

extension ArrayField {
    /// - Parameter width: values a row; 0: lists of any length.
    fileprivate func takes(_ element: ArrayElement, width: Int) -> Bool {
        takes(
            element, dimensionCount: width <= 1 ? 1 : 2, width: max(1, width),
            isRagged: width == 0)
    }
}

extension ArrayElement {
    init(_ type: PredictionColumnType) {
        switch type {
        case .bool: self.init(.bool, 1, "booleans")
        case .int8: self.init(.signed, 1, "int8")
        case .int16: self.init(.signed, 2, "int16")
        case .int32: self.init(.signed, 4, "int32")
        case .int64: self.init(.signed, 8, "int64")
        case .uint8: self.init(.unsigned, 1, "uint8")
        case .uint16: self.init(.unsigned, 2, "uint16")
        case .uint32: self.init(.unsigned, 4, "uint32")
        case .uint64: self.init(.unsigned, 8, "uint64")
        case .float32: self.init(.float, 4, "float32")
        case .float64: self.init(.float, 8, "float64")
        case .text: self.init(.text, 1, "texts")
        case .class8: self.init(.place, 1, "classes")
        case .class16: self.init(.place, 2, "classes")
        }
    }
}
