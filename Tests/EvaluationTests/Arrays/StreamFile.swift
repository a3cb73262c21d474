import Messages

@testable import Evaluation

/// Streams of columns of any names and types, byte by byte: data sets and live traffic, which
/// `cairn convert` does not write.
enum StreamFile {
    struct Column {
        let name: String
        let type: PredictionColumnType
        /// 0: lists of any length.
        var width = 1
        /// Of some rows, as they lie in a block of them.
        let bytes: (Range<Int>) -> [UInt8]
    }

    static func doubles(_ name: String, _ values: [Double]) -> Column {
        Column(name: name, type: .float64) { NumPyFile.bytes(Array(values[$0])) }
    }

    static func bytes(_ name: String, _ type: PredictionColumnType, _ values: [UInt8]) -> Column {
        Column(name: name, type: type) { Array(values[$0]) }
    }

    static func matrix(_ name: String, _ rows: [[Double]]) -> Column {
        Column(name: name, type: .float64, width: rows[0].count) {
            NumPyFile.bytes(rows[$0].flatMap(\.self))
        }
    }

    static func texts(_ name: String, _ values: [String]) -> Column {
        Column(name: name, type: .text) {
            ends(values[$0].map(\.utf8.count)) + values[$0].joined().utf8
        }
    }

    static func lists(_ name: String, _ rows: [[String]]) -> Column {
        Column(name: name, type: .text, width: 0) { range in
            let items = rows[range].flatMap(\.self)
            return ends(rows[range].map(\.count)) + ends(items.map(\.utf8.count))
                + items.joined().utf8
        }
    }

    private static func ends(_ counts: [Int]) -> [UInt8] {
        var end = 0
        return counts.flatMap { count in
            end += count
            return NumPyFile.little(end, 4)
        }
    }

    static func cpred(
        _ rowCount: Int, _ columns: [Column], classes: [String] = [], scoredClassCount: Int = 0,
        blockRowCount: Int = 2
    ) throws -> [UInt8] {
        let header = PredictionColumns(
            format: StreamFrame.format, task: .multiclass, classes: classes,
            columns: columns.map {
                PredictionColumn(name: $0.name, type: $0.type, width: UInt32($0.width))
            }, scoredClassCount: UInt32(scoredClassCount))
        var file = StreamFrame.magic + (try StreamFrame.bytes(.columns, header))
        for start in stride(from: 0, to: rowCount, by: blockRowCount) {
            let rows = start..<min(rowCount, start + blockRowCount)
            let parts = columns.map { $0.bytes(rows) }
            let bytes = parts.flatMap(\.self)
            file += try StreamFrame.bytes(
                .block,
                PredictionColumnsBlock(
                    rowCount: UInt32(rows.count), byteCounts: parts.map { UInt64($0.count) },
                    checksum: StreamFrame.crc32c(bytes)))
            file += bytes
        }
        return file
            + (try StreamFrame.bytes(.end, PredictionColumnsEnd(rowCount: UInt64(rowCount))))
    }
}
