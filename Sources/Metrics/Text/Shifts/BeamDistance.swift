/// The edit distance near the diagonal, of a sequence and of what shifts make of it.
///
/// Bit by bit of machine words as long as the beam cannot matter, else cell by cell within it.
struct BeamDistance: ~Copyable {
    typealias Symbols = UnsafeBufferPointer<Int32>

    struct State: BitwiseCopyable {
        var column: EditColumn<UInt128>
        /// Of the step that led here.
        var same: UInt128
    }

    private static let lengthMax = 128

    private var masks = BitMasks<UInt128>()
    /// Before and after each symbol of the first sequence.
    private var states = Room<State>()
    private var moved = Room<Int32>()
    private var table = BeamTable()
    private var beam = Beam(1, 1)
    private var isBitwise = false
    private var distance = 0
    private var isTableFilled = false

    /// `end` must follow, with the same sequence. Both sequences have a symbol.
    mutating func begin(_ known: Symbols, ownCount: Int, symbolCount: Int) {
        beam = Beam(ownCount, known.count)
        isBitwise = known.count <= Self.lengthMax
        moved.reserve(ownCount)
        guard isBitwise else { return }
        masks.reserve(symbolCount)
        masks.set(known)
        states.reserve(ownCount + 1)
        states.base[0] = State(column: EditColumn(), same: 0)
    }

    func end(_ known: Symbols) {
        if isBitwise { masks.clear(known) }
    }

    /// Of `own` as it is now, and a way.
    mutating func measure(_ own: Symbols, _ known: Symbols, _ path: inout EditPath) -> Int {
        isTableFilled = false
        path.begin(own.count, known.count)
        if isBitwise {
            var column = EditColumn<UInt128>()
            for place in own.indices {
                let same = column.advance(masks.base[Int(own[place])])
                states.base[place + 1] = State(column: column, same: same)
            }
            distance = own.count + column.rise(known.count)
            if beam.holds(distance) {
                trace(own, known, &path)
                return distance
            }
        }
        distance = fillTable(own, known)
        table.trace(beam, &path)
        return distance
    }

    private mutating func fillTable(_ own: Symbols, _ known: Symbols) -> Int {
        isTableFilled = true
        return table.fill(beam, own, known)
    }

    /// Of several steps that are as cheap: a pair, then a deletion, then an insertion.
    private func trace(_ own: Symbols, _ known: Symbols, _ path: inout EditPath) {
        var (i, j) = (own.count, known.count)
        while i > 0 || j > 0 {
            let step: EditPath.Step
            if i == 0 {
                step = .insertion
            } else if j == 0 {
                step = .deletion
            } else {
                let bit = UInt128(1) &<< UInt128(j - 1)
                if own[i - 1] == known[j - 1] {
                    step = .same
                } else if states.base[i].same & bit == 0 {
                    step = .substitution
                } else {
                    step = states.base[i - 1].column.falls & bit != 0 ? .deletion : .insertion
                }
            }
            path.take(step)
            i -= step == .insertion ? 0 : 1
            j -= step == .deletion ? 0 : 1
        }
    }

    /// Of `own`, which was measured last, if it were shifted.
    mutating func measure(_ own: Symbols, _ known: Symbols, _ shift: Shift) -> Int {
        guard let base = own.baseAddress else { return distance }
        shift.apply(to: base, moved.base)
        let range = shift.range
        if isBitwise {
            let shifted = bitwiseDistance(own, known, range)
            if beam.holds(shifted) { return shifted }
        }
        if !isTableFilled { _ = fillTable(own, known) }
        return table.distance(beam, own, moved.base, range, known)
    }

    private func bitwiseDistance(_ own: Symbols, _ known: Symbols, _ range: Range<Int>) -> Int {
        var column = states.base[range.lowerBound].column
        for place in range { column.advance(masks.base[Int(moved.base[place])]) }
        for place in range.upperBound..<own.count {
            // From here on all is as it was.
            if column == states.base[place].column {
                return own.count + states.base[own.count].column.rise(known.count)
            }
            column.advance(masks.base[Int(own[place])])
        }
        return own.count + column.rise(known.count)
    }
}
