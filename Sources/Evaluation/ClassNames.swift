/// Labels are names; this is their order: by number where all are whole numbers, else by bytes.
enum ClassNames {
    /// A confusion matrix of so many classes still fits into a record.
    static let countMax = 65_536

    static func sorted(_ names: some Collection<String>) -> [String] {
        let numbers = names.compactMap { Int64($0) }
        guard numbers.count == names.count else {
            return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
        return zip(numbers, names).sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
    }

    /// The places in `new` of classes given by their places in `old`, all of which `new` holds.
    static func renumbered(_ classes: [Int32], from old: [String], to new: [String]) -> [Int32] {
        let places = Dictionary(uniqueKeysWithValues: zip(new, new.indices))
        let map = old.map { Int32(places[$0]!) }
        return classes.map { map[Int($0)] }
    }
}
