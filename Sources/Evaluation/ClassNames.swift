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
}
