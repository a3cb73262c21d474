/// Which examples the rows of a predictions file answer: by `id`, or in the data set's own order.
///
/// As long as the ids follow the data set's order, which is seen by comparing, there is no table of
/// them; the first block that does not needs one.
struct ExampleJoin {
    private let examples: ExampleSet
    private let workerCount: Int
    private var table: ByteTable?
    /// Rows of the file so far, bad ones too.
    private var rowCount = 0
    private(set) var answeredCount = 0
    /// Examples that have their answer, once one came out of order.
    private var answered: BitSet?
    /// Examples before `rowCount` that have none, as long as all came in order.
    private var skipped: [Int32] = []

    init(_ examples: ExampleSet, workerCount: Int) {
        (self.examples, self.workerCount) = (examples, workerCount)
    }

    /// The examples that the rows of some blocks answer, the blocks in the order of the file.
    mutating func join(_ blocks: [RowBlock]) -> [JoinedBlock] {
        var starts: [Int] = []
        for block in blocks {
            starts.append(rowCount)
            rowCount += block.rowCount
        }
        let (examples, first) = (examples, starts)
        var joined = mapInParallel(blocks.count, workerCount: workerCount) { index in
            JoinedBlock(blocks[index], from: first[index], examples, table: nil)
        }
        let strange = joined.indices.filter { joined[$0].needsTable }
        if !strange.isEmpty {
            let table = idTable()
            let found = mapInParallel(strange.count, workerCount: workerCount) { index in
                let block = strange[index]
                return JoinedBlock(blocks[block], from: first[block], examples, table: table)
            }
            for (block, found) in zip(strange, found) { joined[block] = found }
        }
        for index in blocks.indices {
            note(&joined[index], blocks[index], from: starts[index])
        }
        return joined
    }

    private mutating func idTable() -> ByteTable {
        if let table { return table }
        var made = ByteTable(capacity: examples.count)
        if let ids = examples.ids {
            let doubled = made.insertAll(of: ids)
            precondition(doubled == nil, "the id of row \(doubled ?? 0) stands twice")
        }
        table = made
        return made
    }

    /// Each example is answered once; later answers are bad rows.
    private mutating func note(_ joined: inout JoinedBlock, _ block: RowBlock, from start: Int) {
        if answered == nil {
            if case .consecutive = joined.examples {
                noteInOrder(joined, block, from: start)
                return
            }
            var set = BitSet(count: examples.count)
            set.insert(0..<min(start, examples.count))
            for place in skipped { set.remove(Int(place)) }
            answered = set
            skipped = []
        }
        var repeated: [Int] = []
        for index in 0..<block.keptCount where !joined.isBad(index) {
            if answered!.insert(joined.place(index, block)) {
                answeredCount += 1
            } else {
                repeated.append(index)
            }
        }
        joined.add(.repeated, at: repeated)
    }

    private mutating func noteInOrder(_ joined: JoinedBlock, _ block: RowBlock, from start: Int) {
        let good = block.keptCount - joined.problems.count
        answeredCount += good
        guard good < block.rowCount else { return }
        var row = 0
        for index in 0..<block.keptCount where !joined.isBad(index) {
            while row < block.row(index) {
                skipped.append(Int32(truncatingIfNeeded: start + row))
                row += 1
            }
            row += 1
        }
        while row < block.rowCount, start + row < examples.count {
            skipped.append(Int32(start + row))
            row += 1
        }
    }

    /// The first example without an answer.
    var firstMissing: Int? {
        if let answered { return answered.firstMissing }
        return skipped.first.map(Int.init) ?? (rowCount < examples.count ? rowCount : nil)
    }
}

/// The examples of one block.
struct JoinedBlock: Sendable {
    enum Problem: Sendable {
        /// More rows than examples.
        case tooMany
        /// No example has the id.
        case unknown
        /// The example was answered before.
        case repeated
        /// The repeated label is not the data set's.
        case label
        /// Not as many choices or documents as the example has.
        case count(found: Int, expected: Int)
        /// Too few choices for the right one to be among them.
        case choices(found: Int, right: Int)
    }

    private(set) var examples: ExamplePlaces
    /// By the row's place among those that were kept, ascending.
    private(set) var problems: [(index: Int, problem: Problem)] = []
    /// Whether ids are not in the data set's order, so that their examples must be looked up.
    private(set) var needsTable = false

    init(_ block: RowBlock, from start: Int, _ set: ExampleSet, table: ByteTable?) {
        examples = .consecutive(from: start)
        if let ids = block.ids {
            if let table {
                lookUp(ids, set, table)
            } else {
                needsTable = !isInOrder(ids, block, start, set)
                if needsTable { return }
            }
        } else if start + block.rowCount > set.count {
            for index in 0..<block.keptCount where start + block.row(index) >= set.count {
                problems.append((index, .tooMany))
            }
        }
        compareLabels(block, set)
        compareCounts(block, set)
    }

    /// The example of a row that was kept as `index`.
    func place(_ index: Int, _ block: RowBlock) -> Int {
        switch examples {
        case .consecutive(let first): first + block.row(index)
        case .listed(let places): Int(places[index])
        }
    }

    func isBad(_ index: Int) -> Bool {
        guard !problems.isEmpty else { return false }
        var (low, high) = (0, problems.count)
        while low < high {
            let middle = (low + high) / 2
            if problems[middle].index < index { low = middle + 1 } else { high = middle }
        }
        return low < problems.count && problems[low].index == index
    }

    mutating func add(_ problem: Problem, at indices: [Int]) {
        guard !indices.isEmpty else { return }
        problems = (problems + indices.map { ($0, problem) }).sorted { $0.index < $1.index }
    }

    private func isInOrder(_ ids: TextColumn, _ block: RowBlock, _ start: Int, _ set: ExampleSet)
        -> Bool
    {
        guard let known = set.ids, start + block.rowCount <= set.count else { return false }
        for index in 0..<ids.count {
            let place = start + block.row(index)
            guard ids.withSpan(index, { known.equals(place, $0) }) else { return false }
        }
        return true
    }

    private mutating func lookUp(_ ids: TextColumn, _ set: ExampleSet, _ table: ByteTable) {
        var places: [Int32] = []
        places.reserveCapacity(ids.count)
        for index in 0..<ids.count {
            let place = set.ids.flatMap { known in
                ids.withSpan(index) { table.find($0, in: known) }
            }
            if place == nil { problems.append((index, .unknown)) }
            places.append(place ?? 0)
        }
        examples = .listed(places)
    }

    private mutating func compareLabels(_ block: RowBlock, _ set: ExampleSet) {
        switch (block.labels, set.truth) {
        case (.classes(let labels, _), .classes(let truth, _)):
            compare(block) { labels[$0] >= 0 && Int(labels[$0]) != truth[$1] }
        case (.numbers(let labels), .numbers(let truth)):
            compare(block) { !labels[$0].isNaN && labels[$0] != truth[$1] }
        default: break
        }
    }

    /// What one row has for each choice or document of its example.
    private mutating func compareCounts(_ block: RowBlock, _ set: ExampleSet) {
        switch (block.answers, set.truth) {
        case (.choices(let answers), .choices(let gold, let lengths)):
            compare(block) { row, example in
                let found = answers.logLikelihoods[row].count
                if let expected = lengths?[example].count, found != expected {
                    return .count(found: found, expected: expected)
                }
                let right = Int(gold[example])
                return right < found ? nil : .choices(found: found, right: right)
            }
        case (.rankings(let scores), .relevance(let relevance)):
            compare(block) { row, example in
                let (found, expected) = (scores[row].count, relevance[example].count)
                return found == expected ? nil : .count(found: found, expected: expected)
            }
        default: break
        }
    }

    private mutating func compare(_ block: RowBlock, _ problem: (Int, Int) -> Problem?) {
        for index in 0..<block.keptCount where !isBad(index) {
            if let problem = problem(index, place(index, block)) { add(problem, at: [index]) }
        }
    }

    /// - Parameter differs: whether the label of a row is not that of the example.
    private mutating func compare(_ block: RowBlock, _ differs: (Int, Int) -> Bool) {
        var found: [Int] = []
        for index in 0..<block.keptCount where !isBad(index) {
            if differs(index, place(index, block)) { found.append(index) }
        }
        add(.label, at: found)
    }
}
