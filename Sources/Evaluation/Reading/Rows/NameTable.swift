/// Class names with their places, in the order in which they came.
struct NameTable: Sendable {
    private(set) var column = TextColumn()
    private var table = ByteTable()

    init() {}

    /// - Parameter names: each once.
    init(_ names: some Sequence<String>) {
        for name in names { _ = place(inserting: name) }
    }

    var count: Int { column.count }
    var names: [String] { (0..<count).map { column.string($0) } }

    subscript(place: Int) -> String { column.string(place) }

    func place(of name: ByteSpan) -> Int32? { table.find(name, in: column) }

    func place(of name: String) -> Int32? {
        var name = name
        return name.withUTF8 { place(of: $0) }
    }

    /// Adds a name that is not there.
    mutating func append(_ name: ByteSpan) -> Int32 {
        let place = Int32(column.count)
        column.append(name)
        table.insert(name, at: place, in: column)
        return place
    }

    mutating func place(inserting name: String) -> Int32 {
        var name = name
        return name.withUTF8 { bytes in place(of: bytes) ?? append(bytes) }
    }

    /// Forgets the names that came last.
    mutating func removeLast(_ count: Int) {
        guard count > 0 else { return }
        self = NameTable(names.dropLast(count))
    }
}
