/// The edits that turn one sequence into another where moving a run of symbols is one edit too.
///
/// Greedy: as long as it helps, the shift that helps most is made; then substitutions, insertions
/// and deletions are counted. Source: Snover et al., 2006; limits and choices of sacreBLEU 2.6.
struct ShiftSearch: ~Copyable {
    typealias Symbols = UnsafeBufferPointer<Int32>

    private static let lengthMax = 10
    private static let reachMax = 50
    /// Of one pair of sequences.
    private static let candidateCountMax = 1_000

    private var moved = Room<Int32>()
    private var spare = Room<Int32>()
    private var distances = BeamDistance()
    private var path = EditPath()
    private var candidateCount = 0

    private struct Candidate {
        let gain: Int
        let shift: Shift

        /// Of those that gain as much: the longest run, the first, to the first place.
        func isBetter(than other: Candidate) -> Bool {
            (gain, shift.length, -shift.start, -shift.target)
                > (other.gain, other.shift.length, -other.shift.start, -other.shift.target)
        }
    }

    /// - Parameter symbolCount: all symbols are less than that.
    mutating func editCount(_ own: Symbols, _ known: Symbols, symbolCount: Int) -> Int {
        if known.isEmpty || own.isEmpty { return own.count + known.count }
        moved.reserve(own.count)
        spare.reserve(own.count)
        for place in own.indices { moved.base[place] = own[place] }
        let current = Symbols(start: moved.base, count: own.count)
        distances.begin(known, ownCount: own.count, symbolCount: symbolCount)
        defer { distances.end(known) }
        candidateCount = 0
        var shiftCount = 0
        while true {
            let distance = distances.measure(current, known, &path)
            guard let best = bestShift(current, known, distance) else {
                return shiftCount + distance
            }
            best.apply(to: moved.base, spare.base)
            (moved.base + best.range.lowerBound).update(
                from: spare.base + best.range.lowerBound, count: best.range.count)
            shiftCount += 1
        }
    }

    /// - Returns: `nil` if none gains anything, or there were too many.
    private mutating func bestShift(
        _ own: Symbols, _ known: Symbols, _ distance: Int
    ) -> Shift? {
        var best: Candidate?
        search: for start in own.indices {
            let reach = Self.reachMax
            for other in max(0, start - reach)..<max(0, min(known.count, start + reach + 1)) {
                var length = 0
                while length < Self.lengthMax && start + length < own.count
                    && other + length < known.count
                    && own[start + length] == known[other + length]
                {
                    length += 1
                    if path.areRight(start, other, length) { continue }
                    // Not into itself.
                    if (start..<start + length).contains(path.places[other]) { continue }
                    tryShifts(own, known, start, other, length, distance, &best)
                    if candidateCount >= Self.candidateCountMax { break search }
                }
            }
        }
        guard candidateCount < Self.candidateCountMax, let best, best.gain > 0 else { return nil }
        return best.shift
    }

    /// To where each symbol of the run, and the one before it, is now.
    private mutating func tryShifts(
        _ own: Symbols, _ known: Symbols, _ start: Int, _ other: Int, _ length: Int,
        _ distance: Int, _ best: inout Candidate?
    ) {
        var last = -1
        for place in other - 1..<other + length {
            let target = place < 0 ? 0 : path.places[place] + 1
            if target == last { continue }
            last = target
            let shift = Shift(start: start, length: length, target: target, count: own.count)
            candidateCount += 1
            let candidate = Candidate(
                gain: distance - distances.measure(own, known, shift), shift: shift)
            if best.map({ candidate.isBetter(than: $0) }) ?? true { best = candidate }
        }
    }
}

/// A run of symbols, and the place of the sequence before which it is put.
struct Shift {
    let start: Int
    let length: Int
    let target: Int
    /// Of the sequence.
    let count: Int

    /// All that changes places.
    @inline(__always) var range: Range<Int> {
        if target < start { return target..<start + length }
        // Into itself, or right behind: as many places on.
        return start..<(target > start + length ? target : min(count, target + length))
    }

    /// Writes all that changes to the same places of `new`.
    @inline(__always) func apply(
        to old: UnsafePointer<Int32>, _ new: UnsafeMutablePointer<Int32>
    ) {
        let range = range
        let others = range.count - length
        if target < start {
            (new + target).update(from: old + start, count: length)
            (new + (target + length)).update(from: old + target, count: others)
        } else {
            (new + start).update(from: old + (start + length), count: others)
            (new + (start + others)).update(from: old + start, count: length)
        }
    }
}
