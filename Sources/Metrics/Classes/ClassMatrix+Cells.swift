import Statistics

extension ClassMatrix {
    /// Counts and sums of weights for pairs of classes.
    struct Cells: Equatable, Sendable {
        private enum Counts: Equatable, Sendable {
            case dense([UInt64])
            case sparse([UInt32: UInt64])
        }

        private var classCount: Int
        private var counts: Counts
        /// Of pairs that came with weights.
        private var sums: [UInt32: CompensatedSum] = [:]

        init(classCount: Int) {
            self.classCount = classCount
            counts =
                classCount <= ClassMatrix.denseMax
                ? .dense(Array(repeating: 0, count: classCount * classCount)) : .sparse([:])
        }

        private static func key(_ truth: Int, _ predicted: Int) -> UInt32 {
            UInt32(truth) << 16 | UInt32(predicted)
        }

        mutating func count(_ count: UInt64, _ truth: Int, _ predicted: Int) {
            switch counts {
            case .dense(var dense):
                counts = .dense([])
                dense[truth * classCount + predicted] += count
                counts = .dense(dense)
            case .sparse(var sparse):
                counts = .sparse([:])
                sparse[Self.key(truth, predicted), default: 0] += count
                counts = .sparse(sparse)
            }
        }

        mutating func add(_ weight: Double, _ truth: Int, _ predicted: Int) {
            sums[Self.key(truth, predicted), default: CompensatedSum()].add(weight)
        }

        mutating func grow(from old: Int, to new: Int) {
            var grown = Cells(classCount: new)
            grown.sums = sums
            for (truth, predicted, count) in counted { grown.count(count, truth, predicted) }
            self = grown
        }

        mutating func merge(_ other: Cells) {
            for (truth, predicted, count) in other.counted { self.count(count, truth, predicted) }
            for (key, sum) in other.sums { sums[key, default: CompensatedSum()].merge(sum) }
        }

        subscript(truth: Int, predicted: Int) -> Double {
            let key = Self.key(truth, predicted)
            let count =
                switch counts {
                case .dense(let dense): dense[truth * classCount + predicted]
                case .sparse(let sparse): sparse[key] ?? 0
                }
            return Double(count) + (sums[key]?.value ?? 0)
        }

        /// Pairs that were counted, row by row.
        private var counted: [(truth: Int, predicted: Int, count: UInt64)] {
            switch counts {
            case .dense(let dense):
                dense.indices.filter { dense[$0] > 0 }.map {
                    ($0 / classCount, $0 % classCount, dense[$0])
                }
            case .sparse(let sparse):
                sparse.sorted { $0.key < $1.key }.map {
                    (Int($0.key >> 16), Int($0.key & 0xFFFF), $0.value)
                }
            }
        }

        /// Pairs that came, be their weight 0.
        var seen: [(truth: Int, predicted: Int)] {
            let keys = Set(counted.map { Self.key($0.truth, $0.predicted) }).union(sums.keys)
            return keys.sorted().map { (Int($0 >> 16), Int($0 & 0xFFFF)) }
        }

        var filled: [(truth: Int, predicted: Int, weight: Double)] {
            seen.map { ($0.truth, $0.predicted, self[$0.truth, $0.predicted]) }
                .filter { $0.weight > 0 }
        }
    }
}
