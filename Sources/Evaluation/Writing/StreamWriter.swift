import CKernels
import Messages

/// Writes `.cpred` files: docs/reference/predictions-columns.md.
struct StreamWriter: FieldWriter {
    private struct Column {
        let place: Int
        let type: PredictionColumnType
        let width: Int
    }

    private let survey: FieldSurvey
    private let columns: [Column]
    private let task: EvaluationTask

    init(_ survey: FieldSurvey, _ task: EvaluationTask) {
        (self.survey, self.task) = (survey, task)
        columns = survey.found.indices.compactMap { place in
            let found = survey.found[place]
            guard found.isPresent else { return nil }
            let width =
                switch survey.fields[place].kind {
                case .numbers: found.width.map { $0 > 1 ? $0 : 0 } ?? 0
                case .labels, .texts: 0
                case .label, .text, .number, .count, .flag: 1
                }
            return Column(place: place, type: survey.type(place), width: width)
        }
    }

    func head() throws(InputError) -> [UInt8] {
        let named = survey.numberNames?.count ?? 0
        let needsClasses = columns.contains { $0.type == .class8 || $0.type == .class16 }
        let header = PredictionColumns(
            format: StreamFrame.format, task: TaskKind(task),
            classes: needsClasses ? survey.classes?.names ?? [] : survey.numberNames ?? [],
            columns: columns.map {
                PredictionColumn(
                    name: survey.fields[$0.place].name, type: $0.type, width: UInt32($0.width))
            }, scoredClassCount: UInt32(named))
        return StreamFrame.magic + (try frame(.columns, header))
    }

    func bytes(_ block: FieldBlock) throws(InputError) -> [UInt8] {
        var all: [UInt8] = []
        for start in stride(from: 0, to: block.rowCount, by: PredictionBlock.usualRowCount) {
            let rows = start..<min(block.rowCount, start + PredictionBlock.usualRowCount)
            var (bytes, counts) = ([UInt8](), [UInt64]())
            for column in columns {
                let before = bytes.count
                if let values = block.columns[column.place] { write(values, rows, column, &bytes) }
                counts.append(UInt64(bytes.count - before))
            }
            guard bytes.count <= StreamFrame.blockByteCountMax else {
                throw InputError(
                    block.rows.place(start, row: start),
                    "\(rows.count) rows of \(bytes.count) bytes; \(StreamFrame.blockByteCountMax) "
                        + "is most for a block")
            }
            all += try frame(
                .block,
                PredictionColumnsBlock(
                    rowCount: UInt32(rows.count), byteCounts: counts,
                    checksum: StreamFrame.crc32c(bytes)))
            all += bytes
        }
        return all
    }

    func tail() throws(InputError) -> [UInt8] {
        try frame(.end, PredictionColumnsEnd(rowCount: UInt64(survey.rowCount)))
    }

    private func frame(_ kind: StreamFrame.Kind, _ message: some WireMessage) throws(InputError)
        -> [UInt8]
    {
        do throws(MessageError) { return try StreamFrame.bytes(kind, message) } catch {
            throw InputError("\(error)")
        }
    }

    private func write(
        _ values: FieldColumn, _ rows: Range<Int>, _ column: Column, _ out: inout [UInt8]
    ) {
        switch values {
        case .texts(let texts): write(texts, rows, column.type, &out)
        case .numbers(let numbers): write(numbers[rows], column.type, &out)
        case .counts(let counts):
            for count in counts[rows] { out.append(Int(count), as: column.type) }
        case .flags(let flags): for flag in flags[rows] { out.append(flag ? 1 : 0) }
        case .lists(let lists):
            let first = rows.lowerBound == 0 ? 0 : lists.ends[rows.lowerBound - 1]
            let last = rows.isEmpty ? first : lists.ends[rows.upperBound - 1]
            if column.width == 0 {
                for end in lists.ends[rows] { out.append(littleEndian: UInt32(end - first)) }
            }
            write(lists.items[first..<last], column.type, &out)
        case .textLists(let lists):
            let first = rows.lowerBound == 0 ? 0 : lists.ends[rows.lowerBound - 1]
            let last = rows.isEmpty ? first : lists.ends[rows.upperBound - 1]
            for end in lists.ends[rows] { out.append(littleEndian: UInt32(end - first)) }
            write(lists.texts, first..<last, column.type, &out)
        }
    }

    private func write(
        _ numbers: ArraySlice<Double>, _ type: PredictionColumnType, _ out: inout [UInt8]
    ) {
        if type == .float32 {
            for number in numbers { out.append(littleEndian: Float(number).bitPattern) }
        } else {
            for number in numbers { out.append(littleEndian: number.bitPattern) }
        }
    }

    private func write(
        _ texts: TextColumn, _ range: Range<Int>, _ type: PredictionColumnType,
        _ out: inout [UInt8]
    ) {
        switch type {
        case .class8, .class16:
            for index in range {
                let place = texts.withSpan(index) { survey.classes?.place(of: $0) ?? 0 }
                out.append(Int(place), as: type)
            }
        case .text:
            let first = range.lowerBound == 0 ? 0 : texts.ends[range.lowerBound - 1]
            let last = range.isEmpty ? first : texts.ends[range.upperBound - 1]
            for end in texts.ends[range] { out.append(littleEndian: UInt32(end - first)) }
            out.append(contentsOf: texts.bytes[first..<last])
        default:
            for index in range { out.append(Int(texts.string(index)) ?? 0, as: type) }
        }
    }
}

extension FieldSurvey {
    /// The narrowest type that holds all values of a field.
    fileprivate func type(_ place: Int) -> PredictionColumnType {
        let field = found[place]
        switch fields[place].kind {
        case .label, .labels:
            if fields[place].name == "id" {
                guard field.isWhole, let extent = field.extent else { return .text }
                return Self.type(of: extent)
            }
            guard let classes else { return .text }
            return classes.count <= 256 ? .class8 : .class16
        case .number, .numbers: return field.isNarrow ? .float32 : .float64
        case .count: return Self.type(of: 0...field.countMax)
        case .flag: return .bool
        case .text, .texts: return .text
        }
    }

    private static func type(of extent: ClosedRange<Int>) -> PredictionColumnType {
        if extent.lowerBound >= 0 {
            switch extent.upperBound {
            case ...Int(UInt8.max): return .uint8
            case ...Int(UInt16.max): return .uint16
            case ...Int(UInt32.max): return .uint32
            default: return .uint64
            }
        }
        if extent.lowerBound >= Int8.min, extent.upperBound <= Int8.max { return .int8 }
        if extent.lowerBound >= Int16.min, extent.upperBound <= Int16.max { return .int16 }
        if extent.lowerBound >= Int32.min, extent.upperBound <= Int32.max { return .int32 }
        return .int64
    }
}

extension [UInt8] {
    /// - Parameter type: that holds the number.
    fileprivate mutating func append(_ number: Int, as type: PredictionColumnType) {
        switch type {
        case .uint8, .class8, .int8: append(UInt8(truncatingIfNeeded: number))
        case .uint16, .class16, .int16: append(littleEndian: UInt16(truncatingIfNeeded: number))
        case .uint32, .int32: append(littleEndian: UInt32(truncatingIfNeeded: number))
        default: append(littleEndian: number)
        }
    }
}
