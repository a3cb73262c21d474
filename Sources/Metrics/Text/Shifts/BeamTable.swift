/// How far from the diagonal cells are looked at. Both sequences have a symbol.
///
/// Source: sacreBLEU 2.6, which keeps to the diagonal of the table as it is, not to that of a square.
struct Beam {
    private static let leastWidth = 25

    let ownCount: Int
    let knownCount: Int
    private let ratio: Double
    private let width: Int

    init(_ ownCount: Int, _ knownCount: Int) {
        (self.ownCount, self.knownCount) = (ownCount, knownCount)
        ratio = Double(knownCount) / Double(ownCount)
        // Long rows few in number would not touch each other.
        width =
            Double(Self.leastWidth) < ratio / 2
            ? Int((ratio / 2 + Double(Self.leastWidth)).rounded(.up)) : Self.leastWidth
    }

    /// Columns of row 1 or later.
    @inline(__always) func columns(_ row: Int) -> Range<Int> {
        let middle = Int((Double(row) * ratio).rounded(.down))
        let end = row == ownCount ? knownCount + 1 : min(knownCount + 1, middle + width)
        return max(0, middle - width)..<end
    }

    /// Columns of a row at most.
    var widthMax: Int { min(knownCount + 1, 2 * width + 2) }

    /// All ways of this length are within.
    @inline(__always) func holds(_ distance: Int) -> Bool {
        knownCount < Self.leastWidth
            // A way of d steps is at most d columns off the square's diagonal, and that at most the
            // difference of the lengths, and one for rounding, off the table's.
            || distance + abs(ownCount - knownCount) + 1 < Self.leastWidth
    }
}

/// The table of edit distances within a beam, row by row of the first sequence.
struct BeamTable: ~Copyable {
    typealias Symbols = UnsafeBufferPointer<Int32>
    typealias Step = EditPath.Step

    private static let far = Int32.max / 2

    private var costs = Room<Int32>()
    private var steps = Room<Step>()
    /// Two rows, in turn, of a sequence that was shifted.
    private var other = Room<Int32>()

    /// - Returns: the distance.
    mutating func fill(_ beam: Beam, _ own: Symbols, _ known: Symbols) -> Int {
        let width = beam.widthMax
        costs.reserve((own.count + 1) * width)
        steps.reserve((own.count + 1) * width)
        for row in 1...own.count {
            Self.fill(
                beam, row, own[row - 1], known, above: costs.base + (row - 1) * width,
                costs.base + row * width, steps.base + row * width)
        }
        return Int(costs.base[own.count * width + known.count - beam.columns(own.count).lowerBound])
    }

    /// - Parameter above: the row before, if that is not the first.
    @inline(__always) private static func fill(
        _ beam: Beam, _ row: Int, _ symbol: Int32, _ known: Symbols,
        above: UnsafePointer<Int32>, _ costs: UnsafeMutablePointer<Int32>,
        _ steps: UnsafeMutablePointer<Step>?
    ) {
        let columns = beam.columns(row)
        let earlier = row > 1 ? beam.columns(row - 1) : 0..<known.count + 1
        @inline(__always) func cost(_ column: Int) -> Int32 {
            if row == 1 { return Int32(column) }
            return earlier.contains(column) ? above[column - earlier.lowerBound] : far
        }
        var before = far
        for column in columns {
            var (least, step) = (far, Step.unknown)
            if column > 0 {
                let isSame = symbol == known[column - 1]
                (least, step) = (
                    cost(column - 1) + (isSame ? 0 : 1), isSame ? .same : .substitution
                )
            }
            if cost(column) + 1 < least { (least, step) = (cost(column) + 1, .deletion) }
            if before + 1 < least { (least, step) = (before + 1, .insertion) }
            if least >= far { (least, step) = (far, .unknown) }
            costs[column - columns.lowerBound] = least
            steps?[column - columns.lowerBound] = step
            before = least
        }
    }

    func trace(_ beam: Beam, _ path: inout EditPath) {
        var (row, column) = (beam.ownCount, beam.knownCount)
        while row > 0 || column > 0 {
            let step =
                row == 0
                ? .insertion
                : steps.base[row * beam.widthMax + column - beam.columns(row).lowerBound]
            path.take(step)
            row -= step == .insertion ? 0 : 1
            column -= step == .deletion ? 0 : 1
        }
    }

    /// - Parameters:
    ///   - own: what the table was filled for.
    ///   - moved: stands for it within `range`.
    mutating func distance(
        _ beam: Beam, _ own: Symbols, _ moved: UnsafePointer<Int32>, _ range: Range<Int>,
        _ known: Symbols
    ) -> Int {
        let width = beam.widthMax
        other.reserve(2 * width)
        var above = UnsafePointer(costs.base + range.lowerBound * width)
        for row in range.lowerBound + 1...own.count {
            let (place, target) = (row - 1, other.base + row % 2 * width)
            Self.fill(
                beam, row, range.contains(place) ? moved[place] : own[place], known,
                above: above, target, nil)
            let known = costs.base + row * width
            // From here on all is as it was.
            if row >= range.upperBound
                && UnsafeBufferPointer(start: target, count: beam.columns(row).count)
                    .elementsEqual(
                        UnsafeBufferPointer(start: known, count: beam.columns(row).count))
            {
                above = UnsafePointer(costs.base + own.count * width)
                break
            }
            above = UnsafePointer(target)
        }
        return Int(above[known.count - beam.columns(own.count).lowerBound])
    }
}
