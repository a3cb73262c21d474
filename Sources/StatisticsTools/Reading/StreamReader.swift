import Statistics

/// Feeds a tool that answers row by row.
public struct StreamReader {
    /// Something to tell, with where it was seen.
    public struct Sighting: Sendable, Equatable {
        /// Of the row, from 0: header and blank lines do not count.
        public let index: Int
        /// Of the file, from 1.
        public let line: Int
        public let event: StatEvent
    }

    private var stream: any StatStream
    private let need: StatNeed
    private let settings: StatSettings
    private let canOmit: Bool
    private var picker: ColumnPicker?
    private var places: [Int] = []
    private var index = 0

    /// - Returns: `nil` for a tool that works on all data together.
    public init?(_ tool: StatTool, _ settings: StatSettings) throws(StatError) {
        guard case .stream(let make) = tool.work else { return nil }
        (need, self.settings, stream) = (tool.need, settings, try make(settings))
        canOmit = tool.flags.contains(StatFlags.nan)
    }

    public mutating func add(_ row: TableReader.Row, columns: [String]) throws(StatError)
        -> Sighting?
    {
        let picker = self.picker ?? ColumnPicker(columns)
        if self.picker == nil {
            places = try picker.places(of: need.roles, optional: need.optional, settings)
            self.picker = picker
        }
        var numbers: [Double] = []
        for place in places {
            let number = try NumberCell.number(row, place, picker)
            if number.isNaN, !settings.keepsNaN {
                throw NumberCell.missing(row, place, picker, canOmit: canOmit)
            }
            numbers.append(number)
        }
        defer { index += 1 }
        do {
            return try stream.add(numbers).map { Sighting(index: index, line: row.line, event: $0) }
        } catch {
            throw StatError("line \(row.line): \(error)")
        }
    }

    public func finish() -> StatAnswer { stream.answer() }
}
