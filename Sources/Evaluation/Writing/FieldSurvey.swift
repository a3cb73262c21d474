/// What all rows of a file have in common: found in a first pass over it, before anything is written.
struct FieldSurvey: Sendable {
    struct Field: Sendable {
        var isPresent = false
        var isNarrow = true
        /// Of lists: the items of every row; `nil`: rows differ, or have none.
        var width: Int?
        /// Of counts.
        var countMax = 0
        /// Of ids that are all whole numbers, as such are written; `nil`: one is not.
        var extent: ClosedRange<Int>?
        var isWhole = true
        var itemCount = 0
        /// Of texts: the code points of the longest.
        var textWidth = 0
    }

    let fields: [RowField]
    private(set) var found: [Field]
    private(set) var rowCount = 0
    /// Where numbers come by name.
    private(set) var numberNames: [String]?
    /// Names of numbers, then all other labels; `nil`: too many for places of two bytes.
    private(set) var classes: NameTable? = NameTable()

    init(_ fields: [RowField]) {
        self.fields = fields
        found = fields.map { _ in Field() }
    }

    mutating func add(_ block: FieldBlock) {
        guard block.rowCount > 0 else { return }
        if rowCount == 0 {
            numberNames = block.numberNames
            for name in block.numberNames ?? [] { _ = classes?.place(inserting: name) }
        }
        for (place, column) in block.columns.enumerated() {
            guard let column else { continue }
            found[place].isPresent = true
            if !block.narrow.contains(place) { found[place].isNarrow = false }
            add(column, at: place)
        }
        rowCount += block.rowCount
    }

    private mutating func add(_ column: FieldColumn, at place: Int) {
        switch column {
        case .texts(let texts):
            addTextWidths(texts, at: place)
            if fields[place].name == "id" {
                addIDs(texts, at: place)
            } else if fields[place].kind == .label {
                addClasses(texts)
            }
        case .counts(let counts):
            found[place].countMax = counts.reduce(found[place].countMax) { max($0, Int($1)) }
        case .lists(let lists): addWidths(lists.ends, at: place)
        case .textLists(let lists):
            found[place].itemCount += lists.texts.count
            addTextWidths(lists.texts, at: place)
            if fields[place].kind == .labels { addClasses(lists.texts) }
        case .numbers, .flags: break
        }
    }

    private mutating func addIDs(_ texts: TextColumn, at place: Int) {
        for index in 0..<texts.count where found[place].isWhole {
            let text = texts.string(index)
            guard let value = Int(text), "\(value)" == text else {
                found[place].isWhole = false
                return
            }
            let extent = found[place].extent ?? value...value
            found[place].extent = min(extent.lowerBound, value)...max(extent.upperBound, value)
        }
    }

    private mutating func addClasses(_ texts: TextColumn) {
        for index in 0..<texts.count {
            guard classes != nil else { return }
            texts.withSpan(index) { name in
                if classes?.place(of: name) == nil { _ = classes?.append(name) }
            }
            if let count = classes?.count, count > ClassNames.countMax { classes = nil }
        }
    }

    private mutating func addTextWidths(_ texts: TextColumn, at place: Int) {
        var widest = found[place].textWidth
        for index in 0..<texts.count {
            // Every code point has one byte that does not go on with another.
            let width = texts.withSpan(index) { text in
                text.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
            }
            widest = max(widest, width)
        }
        found[place].textWidth = widest
    }

    private mutating func addWidths(_ ends: [Int], at place: Int) {
        var last = 0
        for (row, end) in ends.enumerated() {
            let width = end - last
            if rowCount == 0, row == 0 {
                found[place].width = width
            } else if found[place].width != width {
                found[place].width = nil
            }
            last = end
        }
        found[place].itemCount += last
    }
}
