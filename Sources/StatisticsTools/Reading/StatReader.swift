import Statistics

/// Gathers what a tool works on from one table, or from two: one for a and one for b.
public struct StatReader {
    private let need: StatNeed
    private let settings: StatSettings
    private let canOmit: Bool
    private let sources: [String]
    private var pickers: [ColumnPicker?]
    private var plans: [Plan?]
    private var data = StatData([])
    private let areRows: Bool

    /// Where the values of one table go.
    private enum Plan: Equatable {
        /// The places of the roles; with two tables each has one, from role `first` on.
        case columns([Int], first: Int)
        case grouped(by: Int, value: [Int])
        case vectors([Int], role: Int)
    }

    /// - Parameter sources: one or two names, for what is told about them.
    public init(_ tool: StatTool, _ settings: StatSettings, sources: [String]) throws(StatError) {
        (need, self.settings, self.sources) = (tool.need, settings, sources)
        canOmit = tool.flags.contains(StatFlags.nan)
        (pickers, plans) = (sources.map { _ in nil }, sources.map { _ in nil })
        areRows = need.areRows || settings.has("paired")
        if sources.count == 2, !tool.canReadTwoFiles {
            throw StatError("\(tool.name) reads one file, not two")
        }
        if sources.count == 2, settings.has("by") {
            throw StatError("--by is for one file that holds both samples, not for two files")
        }
        let roles = (need.roles + need.optional).prefix(2)
        data.samples = roles.map { StatSample($0.name) }
    }

    /// Takes the next row of a table.
    public mutating func add(_ row: TableReader.Row, of source: Int, columns: [String])
        throws(StatError)
    {
        let picker = pickers[source] ?? ColumnPicker(columns)
        if plans[source] == nil {
            plans[source] = try plan(picker, source)
            pickers[source] = picker
        }
        switch plans[source] {
        case .columns(let places, let first): try take(row, places, first, picker)
        case .grouped(let by, let value): try take(row, by: by, value, picker)
        case .vectors(let places, let role): try takeVector(row, places, role, picker)
        case nil: break
        }
    }

    private mutating func plan(_ picker: ColumnPicker, _ source: Int) throws(StatError) -> Plan {
        let (roles, optional) = (need.roles, need.optional)
        if let by = settings.text("by") { return try groupedPlan(picker, by) }
        if case .vectors = need {
            guard sources.count == 2 else {
                throw StatError("two files are needed, or one with --by COLUMN --a VALUE --b VALUE")
            }
            data.samples[source].name = sources[source]
            return .vectors(Array(0..<picker.count), role: source)
        }
        if sources.count == 2 {
            let place = try picker.only((roles + optional)[source], settings)
            data.samples[source].name = sources[source]
            return .columns([place], first: source)
        }
        let places = try picker.places(of: roles, optional: optional, settings)
        for (index, place) in places.prefix(2).enumerated() {
            data.samples[index].name = picker.count == 1 ? sources[0] : picker[place]
        }
        return .columns(places, first: 0)
    }

    private mutating func groupedPlan(_ picker: ColumnPicker, _ by: String) throws(StatError)
        -> Plan
    {
        guard let a = settings.text("a"), let b = settings.text("b") else {
            throw StatError(
                "--by needs --a and --b: which values of '\(by)' are the candidate's and the "
                    + "baseline's")
        }
        (data.samples[0].name, data.samples[1].name) = (a, b)
        let group = try picker.place(by, flag: "by")
        if case .vectors = need {
            return .grouped(by: group, value: (0..<picker.count).filter { $0 != group })
        }
        if let value = settings.text("value") {
            return .grouped(by: group, value: [try picker.place(value, flag: "value")])
        }
        guard picker.count == 2 else {
            throw StatError("--by needs --value: which column holds the values")
        }
        return .grouped(by: group, value: [1 - group])
    }

    private mutating func take(
        _ row: TableReader.Row, _ places: [Int], _ first: Int, _ picker: ColumnPicker
    ) throws(StatError) {
        for (offset, place) in places.enumerated() where first + offset < data.samples.count {
            try put(row, place, into: first + offset, picker)
        }
    }

    private mutating func take(
        _ row: TableReader.Row, by: Int, _ value: [Int], _ picker: ColumnPicker
    ) throws(StatError) {
        guard let role = data.samples.firstIndex(where: { $0.name == row.cells[by] }) else {
            return
        }
        if case .vectors = need { return try takeVector(row, value, role, picker) }
        try put(row, value[0], into: role, picker)
    }

    private mutating func put(
        _ row: TableReader.Row, _ place: Int, into role: Int, _ picker: ColumnPicker
    ) throws(StatError) {
        if need.wantsNames(settings) {
            data.samples[role].names.append(row.cells[place])
            return
        }
        let number = try NumberCell.number(row, place, picker)
        let isMissing = NumberCell.isMissing(row.cells[place])
        if isMissing, !areRows, settings.text("nan") != "replace" {
            // Columns of different length stand in one file: the shorter one ends in empty cells.
            data.samples[role].missingCount += 1
            return
        }
        if number.isNaN, !settings.keepsNaN {
            throw NumberCell.missing(row, place, picker, canOmit: canOmit)
        }
        data.samples[role].numbers.append(number)
    }

    private mutating func takeVector(
        _ row: TableReader.Row, _ places: [Int], _ role: Int, _ picker: ColumnPicker
    ) throws(StatError) {
        var vector: [Double] = []
        for place in places {
            let number = try NumberCell.number(row, place, picker)
            if number.isNaN { throw NumberCell.missing(row, place, picker, canOmit: canOmit) }
            vector.append(number)
        }
        data.samples[role].vectors.append(vector)
    }

    /// All that was read.
    public func finish() throws(StatError) -> StatData {
        let counts = data.samples.map { max($0.numbers.count, $0.names.count) }
        if areRows, counts.count == 2, counts[1] > 0 || need.optional.isEmpty,
            counts[0] != counts[1]
        {
            throw StatError(
                "\(data.samples[0].name) has \(counts[0]) values and \(data.samples[1].name) "
                    + "\(counts[1]); pairs need the same number of both")
        }
        return data
    }
}
