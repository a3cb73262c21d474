/// A column of names: each name once, in the order of its first use, and where it is used.
struct NamedPlaces: Sendable {
    private(set) var names = NameTable()
    /// Of the rows that were added one by one, or as a column.
    private var own: [Int32] = []
    /// Of the rows that follow, as they were before they were added: with the places here of their names.
    private var others: [(places: [Int32], map: [Int32])] = []
    private(set) var count = 0

    /// - Returns: `false` where that would be more than `countMax` names.
    mutating func append(_ name: ByteSpan, countMax: Int) -> Bool {
        guard let place = place(of: name, countMax: countMax) else { return false }
        append(place: place)
        return true
    }

    mutating func place(of name: ByteSpan, countMax: Int) -> Int32? {
        if let place = names.place(of: name) { return place }
        guard names.count < countMax else { return nil }
        return names.append(name)
    }

    /// The names of a whole column.
    ///
    /// - Parameter isGood: whether that may be a name.
    /// - Returns: `false` where some name is none, or has no room; this is then worth nothing.
    mutating func append(
        _ column: LoadedColumn, count: Int, countMax: Int = ClassNames.countMax,
        _ isGood: (ByteSpan) -> Bool
    ) -> Bool {
        let found = column.labelPlaces(count) { name in
            isGood(name) ? place(of: name, countMax: countMax) : nil
        }
        guard let found else { return false }
        own = own.isEmpty ? found : own + found
        self.count += found.count
        return true
    }

    mutating func append(place: Int32) {
        own.append(place)
        count += 1
    }

    /// Adds the other's names and places behind these.
    /// - Returns: `false` where that would be more than `countMax` names.
    mutating func append(_ others: NamedPlaces, countMax: Int) -> Bool {
        guard let map = adopt(others.names, countMax: countMax) else { return false }
        self.others.append((others.own, map))
        for (places, own) in others.others {
            self.others.append((places, own.map { map[Int($0)] }))
        }
        count += others.count
        return true
    }

    /// For each of the other names its place among these, to which it is added.
    /// - Returns: `nil` where that would be more than `countMax`.
    mutating func adopt(_ others: NameTable, countMax: Int) -> [Int32]? {
        var map: [Int32] = []
        for name in others.names {
            let place = names.place(inserting: name)
            guard Int(place) < countMax else { return nil }
            map.append(place)
        }
        return map
    }

    /// The names in the order of `ClassNames`, and where each of the present ones is there.
    var sorted: (names: [String], map: [Int32]) {
        let old = names.names
        let new = ClassNames.sorted(old)
        let table = NameTable(new)
        return (new, old.map { table.place(of: $0)! })
    }

    /// For each row the place of its name.
    ///
    /// - Parameter map: from places here to those that are wanted.
    func places<Place: FixedWidthInteger>(by map: [Int32], as type: Place.Type) -> [Place] {
        [Place](unsafeUninitializedCapacity: count) { out, initialized in
            for (places, inner) in [(own, Array(map.indices).map { Int32($0) })] + others {
                let table = inner.map { Place(truncatingIfNeeded: map[Int($0)]) }
                for place in places {
                    out.initializeElement(at: initialized, to: table[Int(place)])
                    initialized += 1
                }
            }
        }
    }
}
