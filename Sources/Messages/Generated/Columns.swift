// Generated from proto/columns.proto by `cairn-dev generate`. Do not edit.

import CCairnMessages

/// What a value is; in the bytes of a block the lowest byte comes first.
public enum PredictionColumnType: UInt32, Sendable, CaseIterable {
    /// a byte, 0 or 1
    case bool = 1
    case int8 = 2
    case int16 = 3
    case int32 = 4
    case int64 = 5
    case uint8 = 6
    case uint16 = 7
    case uint32 = 8
    case uint64 = 9
    case float32 = 10
    case float64 = 11
    /// UTF-8, end to end behind the texts' ends, 4 bytes each
    case text = 12
    /// a place in the classes, in one byte
    case class8 = 13
    /// in two
    case class16 = 14

    init(_ raw: UInt32, _ field: StaticString) throws(MessageError) {
        guard let value = Self(rawValue: raw) else {
            throw MessageError(
                .unknownEnum, raw == 0 ? "\(field) is not set" : "\(field) holds \(raw), unknown here")
        }
        self = value
    }
}

/// A column, the same in all blocks.
public struct PredictionColumn: Sendable, Equatable {
    /// as in docs/reference/predictions.md: "scores"
    public var name: String
    public var type: PredictionColumnType
    /// values a row; 0: lists of any length
    public var width: UInt32

    public init(
        name: String = "",
        type: PredictionColumnType,
        width: UInt32 = 0
    ) {
        self.name = name
        self.type = type
        self.width = width
    }
}

extension PredictionColumn: WireMessage {
    public static let name = "cairn.PredictionColumn"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__prediction_column__unpack) {
            (c: Cairn__PredictionColumn) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__PredictionColumn) throws(MessageError) {
        self.name = try Arena.text(c.name, "PredictionColumn.name")
        self.type = try PredictionColumnType(c.type.rawValue, "PredictionColumn.type")
        self.width = c.width
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__PredictionColumn> {
        let c = try arena.new(Cairn__PredictionColumn.self)
        cairn__prediction_column__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "PredictionColumn.name") }
        c.pointee.type = Cairn__PredictionColumnType(rawValue: type.rawValue)
        c.pointee.width = width
        return c
    }
}

/// The first message of a file.
public struct PredictionColumns: Sendable, Equatable {
    /// 1; a reader refuses what it does not know
    public var format: UInt32
    /// what the predictions are of
    public var task: TaskKind
    /// each once: what places of classes speak of
    public var classes: [String]
    /// 1 to 64, each name once
    public var columns: [PredictionColumn]
    /// so many of the first classes are the columns of scores; 0: unnamed
    public var scoredClassCount: UInt32

    public init(
        format: UInt32 = 0,
        task: TaskKind,
        classes: [String] = [],
        columns: [PredictionColumn] = [],
        scoredClassCount: UInt32 = 0
    ) {
        self.format = format
        self.task = task
        self.classes = classes
        self.columns = columns
        self.scoredClassCount = scoredClassCount
    }
}

extension PredictionColumns: WireMessage {
    public static let name = "cairn.PredictionColumns"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__prediction_columns__unpack) {
            (c: Cairn__PredictionColumns) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__PredictionColumns) throws(MessageError) {
        self.format = c.format
        self.task = try TaskKind(c.task.rawValue, "PredictionColumns.task")
        self.classes = try Arena.map(c.classes, c.n_classes) { item throws(MessageError) in try Arena.text(item, "PredictionColumns.classes") }
        self.columns = try Arena.map(c.columns, c.n_columns) { item throws(MessageError) in try PredictionColumn(try Arena.pointee(item, "PredictionColumns.columns")) }
        self.scoredClassCount = c.scored_class_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__PredictionColumns> {
        let c = try arena.new(Cairn__PredictionColumns.self)
        cairn__prediction_columns__init(c)
        c.pointee.format = format
        c.pointee.task = Cairn__TaskKind(rawValue: task.rawValue)
        let classesItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: classes.count)
        for (index, value) in classes.enumerated() { classesItems[index] = try arena.string(value, "PredictionColumns.classes") }
        c.pointee.n_classes = classes.count
        c.pointee.classes = classesItems
        let columnsItems = try arena.array(of: UnsafeMutablePointer<Cairn__PredictionColumn>?.self, count: columns.count)
        for (index, value) in columns.enumerated() { columnsItems[index] = try value.fill(arena) }
        c.pointee.n_columns = columns.count
        c.pointee.columns = columnsItems
        c.pointee.scored_class_count = scoredClassCount
        return c
    }
}

/// Some rows. Behind the message lie the bytes of the columns, in the order of the header.
public struct PredictionColumnsBlock: Sendable, Equatable {
    /// 1 to 65,536
    public var rowCount: UInt32
    /// of each column; 64 MiB together at most
    public var byteCounts: [UInt64]
    /// CRC-32C of all of them
    public var checksum: UInt32

    public init(
        rowCount: UInt32 = 0,
        byteCounts: [UInt64] = [],
        checksum: UInt32 = 0
    ) {
        self.rowCount = rowCount
        self.byteCounts = byteCounts
        self.checksum = checksum
    }
}

extension PredictionColumnsBlock: WireMessage {
    public static let name = "cairn.PredictionColumnsBlock"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__prediction_columns_block__unpack) {
            (c: Cairn__PredictionColumnsBlock) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__PredictionColumnsBlock) throws(MessageError) {
        self.rowCount = c.row_count
        self.byteCounts = Arena.values(c.byte_counts, c.n_byte_counts)
        self.checksum = c.checksum
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__PredictionColumnsBlock> {
        let c = try arena.new(Cairn__PredictionColumnsBlock.self)
        cairn__prediction_columns_block__init(c)
        c.pointee.row_count = rowCount
        c.pointee.n_byte_counts = byteCounts.count
        c.pointee.byte_counts = try arena.copy(byteCounts)
        c.pointee.checksum = checksum
        return c
    }
}

/// The last message of a file: without it, the file is cut short.
public struct PredictionColumnsEnd: Sendable, Equatable {
    /// of all blocks
    public var rowCount: UInt64

    public init(
        rowCount: UInt64 = 0
    ) {
        self.rowCount = rowCount
    }
}

extension PredictionColumnsEnd: WireMessage {
    public static let name = "cairn.PredictionColumnsEnd"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__prediction_columns_end__unpack) {
            (c: Cairn__PredictionColumnsEnd) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__PredictionColumnsEnd) throws(MessageError) {
        self.rowCount = c.row_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__PredictionColumnsEnd> {
        let c = try arena.new(Cairn__PredictionColumnsEnd.self)
        cairn__prediction_columns_end__init(c)
        c.pointee.row_count = rowCount
        return c
    }
}
