import CMetrics
import Statistics

extension ClassMatrix {
    /// Counts and sums of weights for pairs of classes.
    struct Cells: Equatable, Sendable {
        private let classCount: Int
        /// Row by row; empty above `denseMax` classes.
        private var counts: [UInt64]
        /// The pairs that were counted, above `denseMax` classes.
        private var sparse: [UInt32: UInt64] = [:]
        /// Of pairs that came with weights.
        private var sums: [UInt32: CompensatedSum] = [:]

        init(classCount: Int) {
            self.classCount = classCount
            counts = Array(
                repeating: 0,
                count: classCount <= ClassMatrix.denseMax ? classCount * classCount : 0)
        }

        private static func key(_ truth: Int, _ predicted: Int) -> UInt32 {
            UInt32(truth) << 16 | UInt32(predicted)
        }

        private var isDense: Bool { classCount <= ClassMatrix.denseMax }

        /// - Returns: whether all classes are from 0 to `classCount` − 1; else nothing was counted.
        mutating func count(_ truth: LabelView, _ predicted: LabelView) -> Bool {
            guard isDense else { return countSparse(truth, predicted) }
            var (found, bad) = ([UInt32](repeating: 0, count: counts.count), Int32(0))
            let (count, classes) = (truth.count, UInt32(classCount))
            switch (truth, predicted) {
            case (.uint8(let truth), .uint8(let predicted)):
                cairn_confusion_u8(truth.start, predicted.start, count, classes, &found, &bad)
            case (.int32(let truth), .int32(let predicted)):
                cairn_confusion_i32(truth.start, predicted.start, count, classes, &found, &bad)
            case (.int32, .uint8), (.uint8, .int32):
                cairn_confusion_i32(truth.int32, predicted.int32, count, classes, &found, &bad)
            }
            guard bad == 0 else { return false }
            for cell in counts.indices { counts[cell] += UInt64(found[cell]) }
            return true
        }

        private mutating func countSparse(_ truth: LabelView, _ predicted: LabelView) -> Bool {
            for index in 0..<truth.count {
                guard (0..<classCount).contains(truth[index]),
                    (0..<classCount).contains(predicted[index])
                else { return false }
            }
            for index in 0..<truth.count {
                sparse[Self.key(truth[index], predicted[index]), default: 0] += 1
            }
            return true
        }

        mutating func add(_ weight: Double, _ truth: Int, _ predicted: Int) {
            sums[Self.key(truth, predicted), default: CompensatedSum()].add(weight)
        }

        func grown(to classCount: Int) -> Cells {
            var grown = Cells(classCount: classCount)
            grown.merge(self)
            return grown
        }

        /// Of as many classes, or fewer.
        mutating func merge(_ other: Cells) {
            if isDense, classCount == other.classCount {
                for cell in counts.indices { counts[cell] += other.counts[cell] }
            } else {
                for (truth, predicted, count) in other.counted {
                    if isDense {
                        counts[truth * classCount + predicted] += count
                    } else {
                        sparse[Self.key(truth, predicted), default: 0] += count
                    }
                }
            }
            for (key, sum) in other.sums { sums[key, default: CompensatedSum()].merge(sum) }
        }

        subscript(truth: Int, predicted: Int) -> Double {
            let key = Self.key(truth, predicted)
            let count = isDense ? counts[truth * classCount + predicted] : sparse[key] ?? 0
            return Double(count) + (sums[key]?.value ?? 0)
        }

        /// Pairs that were counted, row by row.
        private var counted: [(truth: Int, predicted: Int, count: UInt64)] {
            if isDense {
                return counts.indices.filter { counts[$0] > 0 }.map {
                    ($0 / classCount, $0 % classCount, counts[$0])
                }
            }
            return sparse.sorted { $0.key < $1.key }.map {
                (Int($0.key >> 16), Int($0.key & 0xFFFF), $0.value)
            }
        }

        /// Pairs that came, be their weight 0.
        var seen: [(truth: Int, predicted: Int)] {
            if sums.isEmpty { return counted.map { ($0.truth, $0.predicted) } }
            let keys = Set(counted.map { Self.key($0.truth, $0.predicted) }).union(sums.keys)
            return keys.sorted().map { (Int($0 >> 16), Int($0 & 0xFFFF)) }
        }

        var filled: [(truth: Int, predicted: Int, weight: Double)] {
            seen.map { ($0.truth, $0.predicted, self[$0.truth, $0.predicted]) }
                .filter { $0.weight > 0 }
        }
    }
}
