// Generated from proto/evaluator.proto by `cairn-dev generate`. Do not edit.

import CCairnMessages

/// The calls of `cairn.Evaluator`.
public enum EvaluatorMethods {
    public static let addDataset = Method<AddDataset, DatasetRecord>(
        id: 0x0201, name: "Evaluator/AddDataset", shape: .clientStream)
    public static let listDatasets = Method<ListDatasets, DatasetList>(
        id: 0x0202, name: "Evaluator/ListDatasets", shape: .unary)
    public static let fetchDataset = Method<FetchDataset, DatasetPart>(
        id: 0x0203, name: "Evaluator/FetchDataset", shape: .serverStream)
    public static let applySuite = Method<SuiteSpec, SuiteRecord>(
        id: 0x0210, name: "Evaluator/ApplySuite", shape: .unary)
    public static let listSuites = Method<ListSuites, SuiteList>(
        id: 0x0211, name: "Evaluator/ListSuites", shape: .unary)
    public static let versionCommitted = Method<VersionCommitted, Done>(
        id: 0x0220, name: "Evaluator/VersionCommitted", shape: .unary)
    public static let evaluate = Method<Evaluate, EvaluationRecord>(
        id: 0x0221, name: "Evaluator/Evaluate", shape: .unary)
    public static let uploadPredictions = Method<UploadPredictions, EvaluationRecord>(
        id: 0x0222, name: "Evaluator/UploadPredictions", shape: .clientStream)
    public static let getEvaluation = Method<GetEvaluation, EvaluationRecord>(
        id: 0x0223, name: "Evaluator/GetEvaluation", shape: .unary)
    public static let listEvaluations = Method<ListEvaluations, EvaluationList>(
        id: 0x0224, name: "Evaluator/ListEvaluations", shape: .unary)
    public static let watchEvaluation = Method<GetEvaluation, EvaluationRecord>(
        id: 0x0225, name: "Evaluator/WatchEvaluation", shape: .serverStream)
    public static let compare = Method<Compare, Comparison>(
        id: 0x0226, name: "Evaluator/Compare", shape: .unary)
    public static let getRunnerLog = Method<GetEvaluation, RunnerLogPart>(
        id: 0x0227, name: "Evaluator/GetRunnerLog", shape: .serverStream)
    public static let cancelEvaluation = Method<CancelEvaluation, EvaluationRecord>(
        id: 0x0228, name: "Evaluator/CancelEvaluation", shape: .unary)
    public static let getEvaluationDetails = Method<GetEvaluation, EvaluationDetails>(
        id: 0x0229, name: "Evaluator/GetEvaluationDetails", shape: .unary)
    public static let getReference = Method<GetEvaluation, ReferenceDistributions>(
        id: 0x022A, name: "Evaluator/GetReference", shape: .unary)
    public static let getEvaluatorStatus = Method<GetEvaluatorStatus, EvaluatorStatus>(
        id: 0x0240, name: "Evaluator/GetEvaluatorStatus", shape: .unary)
}

public enum TaskKind: UInt32, Sendable, CaseIterable {
    case binary = 1
    case multiclass = 2
    case regression = 3
    case languageModel = 4
    case multilabel = 5
    case multipleChoice = 6
    case textGeneration = 7
    case ranking = 8
    /// programs that pass their tests: pass@k
    case code = 9
    /// latencies, tokens, errors of requests
    case serving = 10

    init(_ raw: UInt32, _ field: StaticString) throws(MessageError) {
        guard let value = Self(rawValue: raw) else {
            throw MessageError(
                .unknownEnum, raw == 0 ? "\(field) is not set" : "\(field) holds \(raw), unknown here")
        }
        self = value
    }
}

public enum GateKind: UInt32, Sendable, CaseIterable {
    case atLeast = 1
    case atMost = 2
    /// not worse than the parent by more than the bound
    case nonInferiorToParent = 3
    /// the same against what serves on the suite's stable_target
    case nonInferiorToStable = 4

    init(_ raw: UInt32, _ field: StaticString) throws(MessageError) {
        guard let value = Self(rawValue: raw) else {
            throw MessageError(
                .unknownEnum, raw == 0 ? "\(field) is not set" : "\(field) holds \(raw), unknown here")
        }
        self = value
    }
}

public enum Verdict: UInt32, Sendable, CaseIterable {
    case pending = 1
    case pass = 2
    case fail = 3
    case inconclusive = 4
    /// no numbers: the runner failed, or the predictions are bad
    case error = 5
    case cancelled = 6

    init(_ raw: UInt32, _ field: StaticString) throws(MessageError) {
        guard let value = Self(rawValue: raw) else {
            throw MessageError(
                .unknownEnum, raw == 0 ? "\(field) is not set" : "\(field) holds \(raw), unknown here")
        }
        self = value
    }
}

/// Client → evaluator. The first message names the data set, the attachments are its bytes.
public struct AddDataset: Sendable, Equatable {
    /// first message only; "digits-test"
    public var name: String
    /// first message only: BLAKE3 of all the bytes; refused when it differs
    public var digest: [UInt8]
    /// first message only: its ending says the format (.csv, .jsonl)
    public var fileName: String
    /// first message only: every row is held against it, and it is pinned
    public var schema: DatasetSchema?

    public init(
        name: String = "",
        digest: [UInt8] = [],
        fileName: String = "",
        schema: DatasetSchema? = nil
    ) {
        self.name = name
        self.digest = digest
        self.fileName = fileName
        self.schema = schema
    }
}

extension AddDataset: WireMessage {
    public static let name = "cairn.AddDataset"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__add_dataset__unpack) {
            (c: Cairn__AddDataset) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__AddDataset) throws(MessageError) {
        self.name = try Arena.text(c.name, "AddDataset.name")
        self.digest = Arena.bytes(c.digest)
        self.fileName = try Arena.text(c.file_name, "AddDataset.file_name")
        self.schema = if let pointer = c.schema { try DatasetSchema(pointer.pointee) } else { nil }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__AddDataset> {
        let c = try arena.new(Cairn__AddDataset.self)
        cairn__add_dataset__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "AddDataset.name") }
        if !digest.isEmpty { c.pointee.digest = try arena.binary(digest) }
        if !fileName.isEmpty { c.pointee.file_name = try arena.string(fileName, "AddDataset.file_name") }
        if let schema { c.pointee.schema = try schema.fill(arena) }
        return c
    }
}

/// What the columns of a data set shall be. A row that is something else refuses the data set.
public struct DatasetSchema: Sendable, Equatable {
    /// 1 to 1,000, each name once
    public var columns: [ColumnSchema]
    /// columns that are not listed refuse the data set
    public var refusesOthers: Bool

    public init(
        columns: [ColumnSchema] = [],
        refusesOthers: Bool = false
    ) {
        self.columns = columns
        self.refusesOthers = refusesOthers
    }
}

extension DatasetSchema: WireMessage {
    public static let name = "cairn.DatasetSchema"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__dataset_schema__unpack) {
            (c: Cairn__DatasetSchema) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__DatasetSchema) throws(MessageError) {
        self.columns = try Arena.map(c.columns, c.n_columns) { item throws(MessageError) in try ColumnSchema(try Arena.pointee(item, "DatasetSchema.columns")) }
        self.refusesOthers = c.refuses_others != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__DatasetSchema> {
        let c = try arena.new(Cairn__DatasetSchema.self)
        cairn__dataset_schema__init(c)
        let columnsItems = try arena.array(of: UnsafeMutablePointer<Cairn__ColumnSchema>?.self, count: columns.count)
        for (index, value) in columns.enumerated() { columnsItems[index] = try value.fill(arena) }
        c.pointee.n_columns = columns.count
        c.pointee.columns = columnsItems
        c.pointee.refuses_others = refusesOthers ? 1 : 0
        return c
    }
}

public struct ColumnSchema: Sendable, Equatable {
    public var name: String
    /// "number", "integer", "text", "category", "boolean", "vector"
    public var kind: String
    /// a value may be missing
    public var nullable: Bool
    public var hasMinimum: Bool
    /// of numbers, of a text's length in characters, of a vector's numbers
    public var minimum: Double
    public var hasMaximum: Bool
    public var maximum: Double
    /// of a category; empty: any
    public var allowed: [String]
    /// of a vector; 0: any
    public var dimension: UInt32

    public init(
        name: String = "",
        kind: String = "",
        nullable: Bool = false,
        hasMinimum: Bool = false,
        minimum: Double = 0,
        hasMaximum: Bool = false,
        maximum: Double = 0,
        allowed: [String] = [],
        dimension: UInt32 = 0
    ) {
        self.name = name
        self.kind = kind
        self.nullable = nullable
        self.hasMinimum = hasMinimum
        self.minimum = minimum
        self.hasMaximum = hasMaximum
        self.maximum = maximum
        self.allowed = allowed
        self.dimension = dimension
    }
}

extension ColumnSchema: WireMessage {
    public static let name = "cairn.ColumnSchema"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__column_schema__unpack) {
            (c: Cairn__ColumnSchema) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ColumnSchema) throws(MessageError) {
        self.name = try Arena.text(c.name, "ColumnSchema.name")
        self.kind = try Arena.text(c.kind, "ColumnSchema.kind")
        self.nullable = c.nullable != 0
        self.hasMinimum = c.has_minimum != 0
        self.minimum = c.minimum
        self.hasMaximum = c.has_maximum != 0
        self.maximum = c.maximum
        self.allowed = try Arena.map(c.allowed, c.n_allowed) { item throws(MessageError) in try Arena.text(item, "ColumnSchema.allowed") }
        self.dimension = c.dimension
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ColumnSchema> {
        let c = try arena.new(Cairn__ColumnSchema.self)
        cairn__column_schema__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "ColumnSchema.name") }
        if !kind.isEmpty { c.pointee.kind = try arena.string(kind, "ColumnSchema.kind") }
        c.pointee.nullable = nullable ? 1 : 0
        c.pointee.has_minimum = hasMinimum ? 1 : 0
        c.pointee.minimum = minimum
        c.pointee.has_maximum = hasMaximum ? 1 : 0
        c.pointee.maximum = maximum
        let allowedItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: allowed.count)
        for (index, value) in allowed.enumerated() { allowedItems[index] = try arena.string(value, "ColumnSchema.allowed") }
        c.pointee.n_allowed = allowed.count
        c.pointee.allowed = allowedItems
        c.pointee.dimension = dimension
        return c
    }
}

public struct DatasetRecord: Sendable, Equatable {
    public var name: String
    public var digest: [UInt8]
    public var byteCount: UInt64
    /// 1, 2, …: a new digest under the same name is the next version
    public var version: UInt32
    public var addedUnixMs: Int64
    public var fileName: String
    public var existed: Bool
    /// absent: none
    public var schema: DatasetSchema?
    /// of the version before; empty for the first
    public var previousDigest: [UInt8]

    public init(
        name: String = "",
        digest: [UInt8] = [],
        byteCount: UInt64 = 0,
        version: UInt32 = 0,
        addedUnixMs: Int64 = 0,
        fileName: String = "",
        existed: Bool = false,
        schema: DatasetSchema? = nil,
        previousDigest: [UInt8] = []
    ) {
        self.name = name
        self.digest = digest
        self.byteCount = byteCount
        self.version = version
        self.addedUnixMs = addedUnixMs
        self.fileName = fileName
        self.existed = existed
        self.schema = schema
        self.previousDigest = previousDigest
    }
}

extension DatasetRecord: WireMessage {
    public static let name = "cairn.DatasetRecord"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__dataset_record__unpack) {
            (c: Cairn__DatasetRecord) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__DatasetRecord) throws(MessageError) {
        self.name = try Arena.text(c.name, "DatasetRecord.name")
        self.digest = Arena.bytes(c.digest)
        self.byteCount = c.byte_count
        self.version = c.version
        self.addedUnixMs = c.added_unix_ms
        self.fileName = try Arena.text(c.file_name, "DatasetRecord.file_name")
        self.existed = c.existed != 0
        self.schema = if let pointer = c.schema { try DatasetSchema(pointer.pointee) } else { nil }
        self.previousDigest = Arena.bytes(c.previous_digest)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__DatasetRecord> {
        let c = try arena.new(Cairn__DatasetRecord.self)
        cairn__dataset_record__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "DatasetRecord.name") }
        if !digest.isEmpty { c.pointee.digest = try arena.binary(digest) }
        c.pointee.byte_count = byteCount
        c.pointee.version = version
        c.pointee.added_unix_ms = addedUnixMs
        if !fileName.isEmpty { c.pointee.file_name = try arena.string(fileName, "DatasetRecord.file_name") }
        c.pointee.existed = existed ? 1 : 0
        if let schema { c.pointee.schema = try schema.fill(arena) }
        if !previousDigest.isEmpty { c.pointee.previous_digest = try arena.binary(previousDigest) }
        return c
    }
}

public struct ListDatasets: Sendable, Equatable {
    public init() {}
}

extension ListDatasets: WireMessage {
    public static let name = "cairn.ListDatasets"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__list_datasets__unpack) {
            (c: Cairn__ListDatasets) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ListDatasets) throws(MessageError) {
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ListDatasets> {
        let c = try arena.new(Cairn__ListDatasets.self)
        cairn__list_datasets__init(c)
        return c
    }
}

public struct DatasetList: Sendable, Equatable {
    public var datasets: [DatasetRecord]

    public init(
        datasets: [DatasetRecord] = []
    ) {
        self.datasets = datasets
    }
}

extension DatasetList: WireMessage {
    public static let name = "cairn.DatasetList"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__dataset_list__unpack) {
            (c: Cairn__DatasetList) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__DatasetList) throws(MessageError) {
        self.datasets = try Arena.map(c.datasets, c.n_datasets) { item throws(MessageError) in try DatasetRecord(try Arena.pointee(item, "DatasetList.datasets")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__DatasetList> {
        let c = try arena.new(Cairn__DatasetList.self)
        cairn__dataset_list__init(c)
        let datasetsItems = try arena.array(of: UnsafeMutablePointer<Cairn__DatasetRecord>?.self, count: datasets.count)
        for (index, value) in datasets.enumerated() { datasetsItems[index] = try value.fill(arena) }
        c.pointee.n_datasets = datasets.count
        c.pointee.datasets = datasetsItems
        return c
    }
}

public struct FetchDataset: Sendable, Equatable {
    public var digest: [UInt8]

    public init(
        digest: [UInt8] = []
    ) {
        self.digest = digest
    }
}

extension FetchDataset: WireMessage {
    public static let name = "cairn.FetchDataset"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__fetch_dataset__unpack) {
            (c: Cairn__FetchDataset) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__FetchDataset) throws(MessageError) {
        self.digest = Arena.bytes(c.digest)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__FetchDataset> {
        let c = try arena.new(Cairn__FetchDataset.self)
        cairn__fetch_dataset__init(c)
        if !digest.isEmpty { c.pointee.digest = try arena.binary(digest) }
        return c
    }
}

/// The attachment is the next part of the bytes.
public struct DatasetPart: Sendable, Equatable {
    public var offset: UInt64

    public init(
        offset: UInt64 = 0
    ) {
        self.offset = offset
    }
}

extension DatasetPart: WireMessage {
    public static let name = "cairn.DatasetPart"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__dataset_part__unpack) {
            (c: Cairn__DatasetPart) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__DatasetPart) throws(MessageError) {
        self.offset = c.offset
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__DatasetPart> {
        let c = try arena.new(Cairn__DatasetPart.self)
        cairn__dataset_part__init(c)
        c.pointee.offset = offset
        return c
    }
}

/// A condition that a version must meet.
public struct Gate: Sendable, Equatable {
    /// "accuracy"
    public var metric: String
    public var kind: GateKind
    /// threshold; or margin for NON_INFERIOR, in the metric's unit
    public var bound: Double
    /// for the tests; 0 means 0.05
    public var alpha: Double

    public init(
        metric: String = "",
        kind: GateKind,
        bound: Double = 0,
        alpha: Double = 0
    ) {
        self.metric = metric
        self.kind = kind
        self.bound = bound
        self.alpha = alpha
    }
}

extension Gate: WireMessage {
    public static let name = "cairn.Gate"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__gate__unpack) {
            (c: Cairn__Gate) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__Gate) throws(MessageError) {
        self.metric = try Arena.text(c.metric, "Gate.metric")
        self.kind = try GateKind(c.kind.rawValue, "Gate.kind")
        self.bound = c.bound
        self.alpha = c.alpha
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__Gate> {
        let c = try arena.new(Cairn__Gate.self)
        cairn__gate__init(c)
        if !metric.isEmpty { c.pointee.metric = try arena.string(metric, "Gate.metric") }
        c.pointee.kind = Cairn__GateKind(rawValue: kind.rawValue)
        c.pointee.bound = bound
        c.pointee.alpha = alpha
        return c
    }
}

/// How a suite gets predictions from a version.
public struct Runner: Sendable, Equatable {
    /// argv; {checkpoint} {dataset} {predictions} stand for paths
    public var command: [String]
    /// 0 means 600,000
    public var timeLimitMs: UInt32
    public var environment: [KeyValue]
    /// of predictions and of the log each; 0 means 256 MiB
    public var outputByteCountMax: UInt64
    /// of the address space of each of its processes; 0 means no limit
    public var memoryByteCountMax: UInt64
    /// the user it runs as; empty: the evaluator's setting, else its own user
    public var user: String
    /// what {predictions} ends in: the format; empty means "predictions.jsonl"
    public var predictionsFile: String

    public init(
        command: [String] = [],
        timeLimitMs: UInt32 = 0,
        environment: [KeyValue] = [],
        outputByteCountMax: UInt64 = 0,
        memoryByteCountMax: UInt64 = 0,
        user: String = "",
        predictionsFile: String = ""
    ) {
        self.command = command
        self.timeLimitMs = timeLimitMs
        self.environment = environment
        self.outputByteCountMax = outputByteCountMax
        self.memoryByteCountMax = memoryByteCountMax
        self.user = user
        self.predictionsFile = predictionsFile
    }
}

extension Runner: WireMessage {
    public static let name = "cairn.Runner"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__runner__unpack) {
            (c: Cairn__Runner) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__Runner) throws(MessageError) {
        self.command = try Arena.map(c.command, c.n_command) { item throws(MessageError) in try Arena.text(item, "Runner.command") }
        self.timeLimitMs = c.time_limit_ms
        self.environment = try Arena.map(c.environment, c.n_environment) { item throws(MessageError) in try KeyValue(try Arena.pointee(item, "Runner.environment")) }
        self.outputByteCountMax = c.output_byte_count_max
        self.memoryByteCountMax = c.memory_byte_count_max
        self.user = try Arena.text(c.user, "Runner.user")
        self.predictionsFile = try Arena.text(c.predictions_file, "Runner.predictions_file")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__Runner> {
        let c = try arena.new(Cairn__Runner.self)
        cairn__runner__init(c)
        let commandItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: command.count)
        for (index, value) in command.enumerated() { commandItems[index] = try arena.string(value, "Runner.command") }
        c.pointee.n_command = command.count
        c.pointee.command = commandItems
        c.pointee.time_limit_ms = timeLimitMs
        let environmentItems = try arena.array(of: UnsafeMutablePointer<Cairn__KeyValue>?.self, count: environment.count)
        for (index, value) in environment.enumerated() { environmentItems[index] = try value.fill(arena) }
        c.pointee.n_environment = environment.count
        c.pointee.environment = environmentItems
        c.pointee.output_byte_count_max = outputByteCountMax
        c.pointee.memory_byte_count_max = memoryByteCountMax
        if !user.isEmpty { c.pointee.user = try arena.string(user, "Runner.user") }
        if !predictionsFile.isEmpty { c.pointee.predictions_file = try arena.string(predictionsFile, "Runner.predictions_file") }
        return c
    }
}

/// Client → evaluator. Declarative: the whole suite as it shall be; the same text twice changes nothing.
public struct SuiteSpec: Sendable, Equatable {
    public var name: String
    /// runs on every new version of it
    public var model: String
    public var datasetDigest: [UInt8]
    public var task: TaskKind
    /// empty: all of the task
    public var metrics: [String]
    /// absent: predictions are uploaded
    public var runner: Runner?
    public var gates: [Gate]
    /// of the data set; empty means "label"
    public var labelColumn: String
    /// runs of the runner for the pooled t; 0 means 1
    public var repeats: UInt32
    /// binary tasks; empty means "1"
    public var positiveLabel: String
    /// columns of the data set; every metric also for each of their values
    public var slices: [String]
    /// of the data set; empty: every example weighs 1
    public var weightColumn: String
    /// "0", "1" or "undefined"; empty means "0"
    public var zeroDivision: String
    /// given to the runner as CAIRN_SEED, plus the repeat
    public var seed: UInt64
    /// of its evaluations; higher ones go first
    public var priority: Int32
    /// bad rows are counted and left out; false: the first one is an error
    public var skipInvalid: Bool
    /// "prod/chat": whose stable version gates against stable mean
    public var stableTarget: String

    public init(
        name: String = "",
        model: String = "",
        datasetDigest: [UInt8] = [],
        task: TaskKind,
        metrics: [String] = [],
        runner: Runner? = nil,
        gates: [Gate] = [],
        labelColumn: String = "",
        repeats: UInt32 = 0,
        positiveLabel: String = "",
        slices: [String] = [],
        weightColumn: String = "",
        zeroDivision: String = "",
        seed: UInt64 = 0,
        priority: Int32 = 0,
        skipInvalid: Bool = false,
        stableTarget: String = ""
    ) {
        self.name = name
        self.model = model
        self.datasetDigest = datasetDigest
        self.task = task
        self.metrics = metrics
        self.runner = runner
        self.gates = gates
        self.labelColumn = labelColumn
        self.repeats = repeats
        self.positiveLabel = positiveLabel
        self.slices = slices
        self.weightColumn = weightColumn
        self.zeroDivision = zeroDivision
        self.seed = seed
        self.priority = priority
        self.skipInvalid = skipInvalid
        self.stableTarget = stableTarget
    }
}

extension SuiteSpec: WireMessage {
    public static let name = "cairn.SuiteSpec"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__suite_spec__unpack) {
            (c: Cairn__SuiteSpec) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__SuiteSpec) throws(MessageError) {
        self.name = try Arena.text(c.name, "SuiteSpec.name")
        self.model = try Arena.text(c.model, "SuiteSpec.model")
        self.datasetDigest = Arena.bytes(c.dataset_digest)
        self.task = try TaskKind(c.task.rawValue, "SuiteSpec.task")
        self.metrics = try Arena.map(c.metrics, c.n_metrics) { item throws(MessageError) in try Arena.text(item, "SuiteSpec.metrics") }
        self.runner = if let pointer = c.runner { try Runner(pointer.pointee) } else { nil }
        self.gates = try Arena.map(c.gates, c.n_gates) { item throws(MessageError) in try Gate(try Arena.pointee(item, "SuiteSpec.gates")) }
        self.labelColumn = try Arena.text(c.label_column, "SuiteSpec.label_column")
        self.repeats = c.repeats
        self.positiveLabel = try Arena.text(c.positive_label, "SuiteSpec.positive_label")
        self.slices = try Arena.map(c.slices, c.n_slices) { item throws(MessageError) in try Arena.text(item, "SuiteSpec.slices") }
        self.weightColumn = try Arena.text(c.weight_column, "SuiteSpec.weight_column")
        self.zeroDivision = try Arena.text(c.zero_division, "SuiteSpec.zero_division")
        self.seed = c.seed
        self.priority = c.priority
        self.skipInvalid = c.skip_invalid != 0
        self.stableTarget = try Arena.text(c.stable_target, "SuiteSpec.stable_target")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__SuiteSpec> {
        let c = try arena.new(Cairn__SuiteSpec.self)
        cairn__suite_spec__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "SuiteSpec.name") }
        if !model.isEmpty { c.pointee.model = try arena.string(model, "SuiteSpec.model") }
        if !datasetDigest.isEmpty { c.pointee.dataset_digest = try arena.binary(datasetDigest) }
        c.pointee.task = Cairn__TaskKind(rawValue: task.rawValue)
        let metricsItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: metrics.count)
        for (index, value) in metrics.enumerated() { metricsItems[index] = try arena.string(value, "SuiteSpec.metrics") }
        c.pointee.n_metrics = metrics.count
        c.pointee.metrics = metricsItems
        if let runner { c.pointee.runner = try runner.fill(arena) }
        let gatesItems = try arena.array(of: UnsafeMutablePointer<Cairn__Gate>?.self, count: gates.count)
        for (index, value) in gates.enumerated() { gatesItems[index] = try value.fill(arena) }
        c.pointee.n_gates = gates.count
        c.pointee.gates = gatesItems
        if !labelColumn.isEmpty { c.pointee.label_column = try arena.string(labelColumn, "SuiteSpec.label_column") }
        c.pointee.repeats = repeats
        if !positiveLabel.isEmpty { c.pointee.positive_label = try arena.string(positiveLabel, "SuiteSpec.positive_label") }
        let slicesItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: slices.count)
        for (index, value) in slices.enumerated() { slicesItems[index] = try arena.string(value, "SuiteSpec.slices") }
        c.pointee.n_slices = slices.count
        c.pointee.slices = slicesItems
        if !weightColumn.isEmpty { c.pointee.weight_column = try arena.string(weightColumn, "SuiteSpec.weight_column") }
        if !zeroDivision.isEmpty { c.pointee.zero_division = try arena.string(zeroDivision, "SuiteSpec.zero_division") }
        c.pointee.seed = seed
        c.pointee.priority = priority
        c.pointee.skip_invalid = skipInvalid ? 1 : 0
        if !stableTarget.isEmpty { c.pointee.stable_target = try arena.string(stableTarget, "SuiteSpec.stable_target") }
        return c
    }
}

public struct SuiteRecord: Sendable, Equatable {
    public var spec: SuiteSpec?
    /// of the canonical spec: numbers of different suites differ here
    public var digest: [UInt8]
    public var changed: Bool
    public var appliedUnixMs: Int64

    public init(
        spec: SuiteSpec? = nil,
        digest: [UInt8] = [],
        changed: Bool = false,
        appliedUnixMs: Int64 = 0
    ) {
        self.spec = spec
        self.digest = digest
        self.changed = changed
        self.appliedUnixMs = appliedUnixMs
    }
}

extension SuiteRecord: WireMessage {
    public static let name = "cairn.SuiteRecord"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__suite_record__unpack) {
            (c: Cairn__SuiteRecord) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__SuiteRecord) throws(MessageError) {
        self.spec = if let pointer = c.spec { try SuiteSpec(pointer.pointee) } else { nil }
        self.digest = Arena.bytes(c.digest)
        self.changed = c.changed != 0
        self.appliedUnixMs = c.applied_unix_ms
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__SuiteRecord> {
        let c = try arena.new(Cairn__SuiteRecord.self)
        cairn__suite_record__init(c)
        if let spec { c.pointee.spec = try spec.fill(arena) }
        if !digest.isEmpty { c.pointee.digest = try arena.binary(digest) }
        c.pointee.changed = changed ? 1 : 0
        c.pointee.applied_unix_ms = appliedUnixMs
        return c
    }
}

public struct ListSuites: Sendable, Equatable {
    /// empty: all
    public var model: String

    public init(
        model: String = ""
    ) {
        self.model = model
    }
}

extension ListSuites: WireMessage {
    public static let name = "cairn.ListSuites"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__list_suites__unpack) {
            (c: Cairn__ListSuites) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ListSuites) throws(MessageError) {
        self.model = try Arena.text(c.model, "ListSuites.model")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ListSuites> {
        let c = try arena.new(Cairn__ListSuites.self)
        cairn__list_suites__init(c)
        if !model.isEmpty { c.pointee.model = try arena.string(model, "ListSuites.model") }
        return c
    }
}

public struct SuiteList: Sendable, Equatable {
    public var suites: [SuiteRecord]

    public init(
        suites: [SuiteRecord] = []
    ) {
        self.suites = suites
    }
}

extension SuiteList: WireMessage {
    public static let name = "cairn.SuiteList"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__suite_list__unpack) {
            (c: Cairn__SuiteList) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__SuiteList) throws(MessageError) {
        self.suites = try Arena.map(c.suites, c.n_suites) { item throws(MessageError) in try SuiteRecord(try Arena.pointee(item, "SuiteList.suites")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__SuiteList> {
        let c = try arena.new(Cairn__SuiteList.self)
        cairn__suite_list__init(c)
        let suitesItems = try arena.array(of: UnsafeMutablePointer<Cairn__SuiteRecord>?.self, count: suites.count)
        for (index, value) in suites.enumerated() { suitesItems[index] = try value.fill(arena) }
        c.pointee.n_suites = suites.count
        c.pointee.suites = suitesItems
        return c
    }
}

/// Ingest → evaluator, from the outbox: at least once, applied once per event_id.
public struct VersionCommitted: Sendable, Equatable {
    /// 16 bytes
    public var eventId: [UInt8]
    public var model: String
    public var number: String
    public var manifestDigest: [UInt8]
    /// empty: none
    public var parent: String
    public var parentManifestDigest: [UInt8]

    public init(
        eventId: [UInt8] = [],
        model: String = "",
        number: String = "",
        manifestDigest: [UInt8] = [],
        parent: String = "",
        parentManifestDigest: [UInt8] = []
    ) {
        self.eventId = eventId
        self.model = model
        self.number = number
        self.manifestDigest = manifestDigest
        self.parent = parent
        self.parentManifestDigest = parentManifestDigest
    }
}

extension VersionCommitted: WireMessage {
    public static let name = "cairn.VersionCommitted"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__version_committed__unpack) {
            (c: Cairn__VersionCommitted) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__VersionCommitted) throws(MessageError) {
        self.eventId = Arena.bytes(c.event_id)
        self.model = try Arena.text(c.model, "VersionCommitted.model")
        self.number = try Arena.text(c.number, "VersionCommitted.number")
        self.manifestDigest = Arena.bytes(c.manifest_digest)
        self.parent = try Arena.text(c.parent, "VersionCommitted.parent")
        self.parentManifestDigest = Arena.bytes(c.parent_manifest_digest)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__VersionCommitted> {
        let c = try arena.new(Cairn__VersionCommitted.self)
        cairn__version_committed__init(c)
        if !eventId.isEmpty { c.pointee.event_id = try arena.binary(eventId) }
        if !model.isEmpty { c.pointee.model = try arena.string(model, "VersionCommitted.model") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "VersionCommitted.number") }
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        if !parent.isEmpty { c.pointee.parent = try arena.string(parent, "VersionCommitted.parent") }
        if !parentManifestDigest.isEmpty { c.pointee.parent_manifest_digest = try arena.binary(parentManifestDigest) }
        return c
    }
}

/// Client or controller → evaluator. Starts (or finds) the evaluation of a version on a suite.
public struct Evaluate: Sendable, Equatable {
    public var model: String
    public var number: String
    /// empty: every suite of the model; the answer is the first
    public var suite: String
    /// run once more though a result stands
    public var again: Bool
    /// added to the suite's
    public var priority: Int32

    public init(
        model: String = "",
        number: String = "",
        suite: String = "",
        again: Bool = false,
        priority: Int32 = 0
    ) {
        self.model = model
        self.number = number
        self.suite = suite
        self.again = again
        self.priority = priority
    }
}

extension Evaluate: WireMessage {
    public static let name = "cairn.Evaluate"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__evaluate__unpack) {
            (c: Cairn__Evaluate) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__Evaluate) throws(MessageError) {
        self.model = try Arena.text(c.model, "Evaluate.model")
        self.number = try Arena.text(c.number, "Evaluate.number")
        self.suite = try Arena.text(c.suite, "Evaluate.suite")
        self.again = c.again != 0
        self.priority = c.priority
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__Evaluate> {
        let c = try arena.new(Cairn__Evaluate.self)
        cairn__evaluate__init(c)
        if !model.isEmpty { c.pointee.model = try arena.string(model, "Evaluate.model") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "Evaluate.number") }
        if !suite.isEmpty { c.pointee.suite = try arena.string(suite, "Evaluate.suite") }
        c.pointee.again = again ? 1 : 0
        c.pointee.priority = priority
        return c
    }
}

/// Client → evaluator. The first message names the evaluation, the attachments are the predictions
/// file (JSON Lines), in order. Answered by the result, or, while predictions of other repeats are
/// missing, in state "waiting".
public struct UploadPredictions: Sendable, Equatable {
    /// first message only
    public var model: String
    public var number: String
    public var suite: String
    /// 0 for the first; first message only
    public var repeatIndex: UInt32
    /// first message only: its ending says the format (.jsonl, .csv, .npy,
    public var fileName: String
    /// .npz, .cpred); empty means JSON Lines first message only: as SuiteSpec.skip_invalid, for this file
    public var skipInvalid: Bool

    public init(
        model: String = "",
        number: String = "",
        suite: String = "",
        repeatIndex: UInt32 = 0,
        fileName: String = "",
        skipInvalid: Bool = false
    ) {
        self.model = model
        self.number = number
        self.suite = suite
        self.repeatIndex = repeatIndex
        self.fileName = fileName
        self.skipInvalid = skipInvalid
    }
}

extension UploadPredictions: WireMessage {
    public static let name = "cairn.UploadPredictions"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__upload_predictions__unpack) {
            (c: Cairn__UploadPredictions) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__UploadPredictions) throws(MessageError) {
        self.model = try Arena.text(c.model, "UploadPredictions.model")
        self.number = try Arena.text(c.number, "UploadPredictions.number")
        self.suite = try Arena.text(c.suite, "UploadPredictions.suite")
        self.repeatIndex = c.repeat_index
        self.fileName = try Arena.text(c.file_name, "UploadPredictions.file_name")
        self.skipInvalid = c.skip_invalid != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__UploadPredictions> {
        let c = try arena.new(Cairn__UploadPredictions.self)
        cairn__upload_predictions__init(c)
        if !model.isEmpty { c.pointee.model = try arena.string(model, "UploadPredictions.model") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "UploadPredictions.number") }
        if !suite.isEmpty { c.pointee.suite = try arena.string(suite, "UploadPredictions.suite") }
        c.pointee.repeat_index = repeatIndex
        if !fileName.isEmpty { c.pointee.file_name = try arena.string(fileName, "UploadPredictions.file_name") }
        c.pointee.skip_invalid = skipInvalid ? 1 : 0
        return c
    }
}

/// Client → evaluator. Ends an evaluation that is not done; one that is done stays as it is. Answered
/// by the record as it is then.
public struct CancelEvaluation: Sendable, Equatable {
    public var evaluationId: [UInt8]
    /// kept in the record
    public var reason: String

    public init(
        evaluationId: [UInt8] = [],
        reason: String = ""
    ) {
        self.evaluationId = evaluationId
        self.reason = reason
    }
}

extension CancelEvaluation: WireMessage {
    public static let name = "cairn.CancelEvaluation"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__cancel_evaluation__unpack) {
            (c: Cairn__CancelEvaluation) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__CancelEvaluation) throws(MessageError) {
        self.evaluationId = Arena.bytes(c.evaluation_id)
        self.reason = try Arena.text(c.reason, "CancelEvaluation.reason")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__CancelEvaluation> {
        let c = try arena.new(Cairn__CancelEvaluation.self)
        cairn__cancel_evaluation__init(c)
        if !evaluationId.isEmpty { c.pointee.evaluation_id = try arena.binary(evaluationId) }
        if !reason.isEmpty { c.pointee.reason = try arena.string(reason, "CancelEvaluation.reason") }
        return c
    }
}

/// One gate's outcome.
public struct GateResult: Sendable, Equatable {
    public var gate: Gate?
    public var verdict: Verdict
    /// "accuracy 0.912 is at least 0.9"
    public var why: String

    public init(
        gate: Gate? = nil,
        verdict: Verdict,
        why: String = ""
    ) {
        self.gate = gate
        self.verdict = verdict
        self.why = why
    }
}

extension GateResult: WireMessage {
    public static let name = "cairn.GateResult"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__gate_result__unpack) {
            (c: Cairn__GateResult) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GateResult) throws(MessageError) {
        self.gate = if let pointer = c.gate { try Gate(pointer.pointee) } else { nil }
        self.verdict = try Verdict(c.verdict.rawValue, "GateResult.verdict")
        self.why = try Arena.text(c.why, "GateResult.why")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GateResult> {
        let c = try arena.new(Cairn__GateResult.self)
        cairn__gate_result__init(c)
        if let gate { c.pointee.gate = try gate.fill(arena) }
        c.pointee.verdict = Cairn__Verdict(rawValue: verdict.rawValue)
        if !why.isEmpty { c.pointee.why = try arena.string(why, "GateResult.why") }
        return c
    }
}

public struct MetricResult: Sendable, Equatable {
    public var name: String
    /// NaN when `problem` is set
    public var value: Double
    /// "undefined: …", "insufficient data: …"; empty when there is a value
    public var problem: String
    public var exampleCount: UInt64

    public init(
        name: String = "",
        value: Double = 0,
        problem: String = "",
        exampleCount: UInt64 = 0
    ) {
        self.name = name
        self.value = value
        self.problem = problem
        self.exampleCount = exampleCount
    }
}

extension MetricResult: WireMessage {
    public static let name = "cairn.MetricResult"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__metric_result__unpack) {
            (c: Cairn__MetricResult) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__MetricResult) throws(MessageError) {
        self.name = try Arena.text(c.name, "MetricResult.name")
        self.value = c.value
        self.problem = try Arena.text(c.problem, "MetricResult.problem")
        self.exampleCount = c.example_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__MetricResult> {
        let c = try arena.new(Cairn__MetricResult.self)
        cairn__metric_result__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "MetricResult.name") }
        c.pointee.value = value
        if !problem.isEmpty { c.pointee.problem = try arena.string(problem, "MetricResult.problem") }
        c.pointee.example_count = exampleCount
        return c
    }
}

public struct EvaluationRecord: Sendable, Equatable {
    public var evaluationId: [UInt8]
    public var model: String
    public var number: String
    public var manifestDigest: [UInt8]
    public var suite: String
    public var suiteDigest: [UInt8]
    public var datasetDigest: [UInt8]
    public var verdict: Verdict
    public var reasons: [String]
    public var metrics: [MetricResult]
    public var gates: [GateResult]
    /// compared with; empty: none
    public var parent: String
    public var startedUnixMs: Int64
    /// 0 until done
    public var endedUnixMs: Int64
    /// of the confusion matrix, rows and columns
    public var labels: [String]
    /// rows of truth, row by row
    public var confusion: [UInt64]
    /// the last 4 KiB of the runner's log, on error
    public var logTail: String
    /// "waiting" (for uploads), "queued", "restoring", "running", "computing", "done"
    public var state: String
    public var exampleCount: UInt64
    public var parentMetrics: [MetricResult]
    /// while it is worked on
    public var progress: EvaluationProgress?
    /// rows that skip_invalid left out
    public var skippedRowCount: UInt64
    /// the first 20 of them: what was wrong where
    public var skippedRows: [String]
    /// as many as fit into the message; the details have all
    public var slices: [SliceResult]
    public var priority: Int32
    /// the evaluator process that holds its lease; empty: none
    public var worker: String
    /// what served on stable_target when it was judged; empty: not asked
    public var stable: String

    public init(
        evaluationId: [UInt8] = [],
        model: String = "",
        number: String = "",
        manifestDigest: [UInt8] = [],
        suite: String = "",
        suiteDigest: [UInt8] = [],
        datasetDigest: [UInt8] = [],
        verdict: Verdict,
        reasons: [String] = [],
        metrics: [MetricResult] = [],
        gates: [GateResult] = [],
        parent: String = "",
        startedUnixMs: Int64 = 0,
        endedUnixMs: Int64 = 0,
        labels: [String] = [],
        confusion: [UInt64] = [],
        logTail: String = "",
        state: String = "",
        exampleCount: UInt64 = 0,
        parentMetrics: [MetricResult] = [],
        progress: EvaluationProgress? = nil,
        skippedRowCount: UInt64 = 0,
        skippedRows: [String] = [],
        slices: [SliceResult] = [],
        priority: Int32 = 0,
        worker: String = "",
        stable: String = ""
    ) {
        self.evaluationId = evaluationId
        self.model = model
        self.number = number
        self.manifestDigest = manifestDigest
        self.suite = suite
        self.suiteDigest = suiteDigest
        self.datasetDigest = datasetDigest
        self.verdict = verdict
        self.reasons = reasons
        self.metrics = metrics
        self.gates = gates
        self.parent = parent
        self.startedUnixMs = startedUnixMs
        self.endedUnixMs = endedUnixMs
        self.labels = labels
        self.confusion = confusion
        self.logTail = logTail
        self.state = state
        self.exampleCount = exampleCount
        self.parentMetrics = parentMetrics
        self.progress = progress
        self.skippedRowCount = skippedRowCount
        self.skippedRows = skippedRows
        self.slices = slices
        self.priority = priority
        self.worker = worker
        self.stable = stable
    }
}

extension EvaluationRecord: WireMessage {
    public static let name = "cairn.EvaluationRecord"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__evaluation_record__unpack) {
            (c: Cairn__EvaluationRecord) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__EvaluationRecord) throws(MessageError) {
        self.evaluationId = Arena.bytes(c.evaluation_id)
        self.model = try Arena.text(c.model, "EvaluationRecord.model")
        self.number = try Arena.text(c.number, "EvaluationRecord.number")
        self.manifestDigest = Arena.bytes(c.manifest_digest)
        self.suite = try Arena.text(c.suite, "EvaluationRecord.suite")
        self.suiteDigest = Arena.bytes(c.suite_digest)
        self.datasetDigest = Arena.bytes(c.dataset_digest)
        self.verdict = try Verdict(c.verdict.rawValue, "EvaluationRecord.verdict")
        self.reasons = try Arena.map(c.reasons, c.n_reasons) { item throws(MessageError) in try Arena.text(item, "EvaluationRecord.reasons") }
        self.metrics = try Arena.map(c.metrics, c.n_metrics) { item throws(MessageError) in try MetricResult(try Arena.pointee(item, "EvaluationRecord.metrics")) }
        self.gates = try Arena.map(c.gates, c.n_gates) { item throws(MessageError) in try GateResult(try Arena.pointee(item, "EvaluationRecord.gates")) }
        self.parent = try Arena.text(c.parent, "EvaluationRecord.parent")
        self.startedUnixMs = c.started_unix_ms
        self.endedUnixMs = c.ended_unix_ms
        self.labels = try Arena.map(c.labels, c.n_labels) { item throws(MessageError) in try Arena.text(item, "EvaluationRecord.labels") }
        self.confusion = Arena.values(c.confusion, c.n_confusion)
        self.logTail = try Arena.text(c.log_tail, "EvaluationRecord.log_tail")
        self.state = try Arena.text(c.state, "EvaluationRecord.state")
        self.exampleCount = c.example_count
        self.parentMetrics = try Arena.map(c.parent_metrics, c.n_parent_metrics) { item throws(MessageError) in try MetricResult(try Arena.pointee(item, "EvaluationRecord.parent_metrics")) }
        self.progress = if let pointer = c.progress { try EvaluationProgress(pointer.pointee) } else { nil }
        self.skippedRowCount = c.skipped_row_count
        self.skippedRows = try Arena.map(c.skipped_rows, c.n_skipped_rows) { item throws(MessageError) in try Arena.text(item, "EvaluationRecord.skipped_rows") }
        self.slices = try Arena.map(c.slices, c.n_slices) { item throws(MessageError) in try SliceResult(try Arena.pointee(item, "EvaluationRecord.slices")) }
        self.priority = c.priority
        self.worker = try Arena.text(c.worker, "EvaluationRecord.worker")
        self.stable = try Arena.text(c.stable, "EvaluationRecord.stable")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__EvaluationRecord> {
        let c = try arena.new(Cairn__EvaluationRecord.self)
        cairn__evaluation_record__init(c)
        if !evaluationId.isEmpty { c.pointee.evaluation_id = try arena.binary(evaluationId) }
        if !model.isEmpty { c.pointee.model = try arena.string(model, "EvaluationRecord.model") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "EvaluationRecord.number") }
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        if !suite.isEmpty { c.pointee.suite = try arena.string(suite, "EvaluationRecord.suite") }
        if !suiteDigest.isEmpty { c.pointee.suite_digest = try arena.binary(suiteDigest) }
        if !datasetDigest.isEmpty { c.pointee.dataset_digest = try arena.binary(datasetDigest) }
        c.pointee.verdict = Cairn__Verdict(rawValue: verdict.rawValue)
        let reasonsItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: reasons.count)
        for (index, value) in reasons.enumerated() { reasonsItems[index] = try arena.string(value, "EvaluationRecord.reasons") }
        c.pointee.n_reasons = reasons.count
        c.pointee.reasons = reasonsItems
        let metricsItems = try arena.array(of: UnsafeMutablePointer<Cairn__MetricResult>?.self, count: metrics.count)
        for (index, value) in metrics.enumerated() { metricsItems[index] = try value.fill(arena) }
        c.pointee.n_metrics = metrics.count
        c.pointee.metrics = metricsItems
        let gatesItems = try arena.array(of: UnsafeMutablePointer<Cairn__GateResult>?.self, count: gates.count)
        for (index, value) in gates.enumerated() { gatesItems[index] = try value.fill(arena) }
        c.pointee.n_gates = gates.count
        c.pointee.gates = gatesItems
        if !parent.isEmpty { c.pointee.parent = try arena.string(parent, "EvaluationRecord.parent") }
        c.pointee.started_unix_ms = startedUnixMs
        c.pointee.ended_unix_ms = endedUnixMs
        let labelsItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: labels.count)
        for (index, value) in labels.enumerated() { labelsItems[index] = try arena.string(value, "EvaluationRecord.labels") }
        c.pointee.n_labels = labels.count
        c.pointee.labels = labelsItems
        c.pointee.n_confusion = confusion.count
        c.pointee.confusion = try arena.copy(confusion)
        if !logTail.isEmpty { c.pointee.log_tail = try arena.string(logTail, "EvaluationRecord.log_tail") }
        if !state.isEmpty { c.pointee.state = try arena.string(state, "EvaluationRecord.state") }
        c.pointee.example_count = exampleCount
        let parentMetricsItems = try arena.array(of: UnsafeMutablePointer<Cairn__MetricResult>?.self, count: parentMetrics.count)
        for (index, value) in parentMetrics.enumerated() { parentMetricsItems[index] = try value.fill(arena) }
        c.pointee.n_parent_metrics = parentMetrics.count
        c.pointee.parent_metrics = parentMetricsItems
        if let progress { c.pointee.progress = try progress.fill(arena) }
        c.pointee.skipped_row_count = skippedRowCount
        let skippedRowsItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: skippedRows.count)
        for (index, value) in skippedRows.enumerated() { skippedRowsItems[index] = try arena.string(value, "EvaluationRecord.skipped_rows") }
        c.pointee.n_skipped_rows = skippedRows.count
        c.pointee.skipped_rows = skippedRowsItems
        let slicesItems = try arena.array(of: UnsafeMutablePointer<Cairn__SliceResult>?.self, count: slices.count)
        for (index, value) in slices.enumerated() { slicesItems[index] = try value.fill(arena) }
        c.pointee.n_slices = slices.count
        c.pointee.slices = slicesItems
        c.pointee.priority = priority
        if !worker.isEmpty { c.pointee.worker = try arena.string(worker, "EvaluationRecord.worker") }
        if !stable.isEmpty { c.pointee.stable = try arena.string(stable, "EvaluationRecord.stable") }
        return c
    }
}

/// How far the present phase is.
public struct EvaluationProgress: Sendable, Equatable {
    /// "restoring", "running", "reading", "judging"
    public var phase: String
    public var done: UInt64
    /// 0: not known
    public var total: UInt64
    /// "bytes", "examples", "repeats"
    public var unit: String
    /// when the phase began
    public var sinceUnixMs: Int64

    public init(
        phase: String = "",
        done: UInt64 = 0,
        total: UInt64 = 0,
        unit: String = "",
        sinceUnixMs: Int64 = 0
    ) {
        self.phase = phase
        self.done = done
        self.total = total
        self.unit = unit
        self.sinceUnixMs = sinceUnixMs
    }
}

extension EvaluationProgress: WireMessage {
    public static let name = "cairn.EvaluationProgress"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__evaluation_progress__unpack) {
            (c: Cairn__EvaluationProgress) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__EvaluationProgress) throws(MessageError) {
        self.phase = try Arena.text(c.phase, "EvaluationProgress.phase")
        self.done = c.done
        self.total = c.total
        self.unit = try Arena.text(c.unit, "EvaluationProgress.unit")
        self.sinceUnixMs = c.since_unix_ms
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__EvaluationProgress> {
        let c = try arena.new(Cairn__EvaluationProgress.self)
        cairn__evaluation_progress__init(c)
        if !phase.isEmpty { c.pointee.phase = try arena.string(phase, "EvaluationProgress.phase") }
        c.pointee.done = done
        c.pointee.total = total
        if !unit.isEmpty { c.pointee.unit = try arena.string(unit, "EvaluationProgress.unit") }
        c.pointee.since_unix_ms = sinceUnixMs
        return c
    }
}

/// Every metric of the examples that have one value in one column of the data set.
public struct SliceResult: Sendable, Equatable {
    /// "language"
    public var column: String
    /// "de"
    public var value: String
    public var exampleCount: UInt64
    public var metrics: [MetricResult]

    public init(
        column: String = "",
        value: String = "",
        exampleCount: UInt64 = 0,
        metrics: [MetricResult] = []
    ) {
        self.column = column
        self.value = value
        self.exampleCount = exampleCount
        self.metrics = metrics
    }
}

extension SliceResult: WireMessage {
    public static let name = "cairn.SliceResult"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__slice_result__unpack) {
            (c: Cairn__SliceResult) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__SliceResult) throws(MessageError) {
        self.column = try Arena.text(c.column, "SliceResult.column")
        self.value = try Arena.text(c.value, "SliceResult.value")
        self.exampleCount = c.example_count
        self.metrics = try Arena.map(c.metrics, c.n_metrics) { item throws(MessageError) in try MetricResult(try Arena.pointee(item, "SliceResult.metrics")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__SliceResult> {
        let c = try arena.new(Cairn__SliceResult.self)
        cairn__slice_result__init(c)
        if !column.isEmpty { c.pointee.column = try arena.string(column, "SliceResult.column") }
        if !value.isEmpty { c.pointee.value = try arena.string(value, "SliceResult.value") }
        c.pointee.example_count = exampleCount
        let metricsItems = try arena.array(of: UnsafeMutablePointer<Cairn__MetricResult>?.self, count: metrics.count)
        for (index, value) in metrics.enumerated() { metricsItems[index] = try value.fill(arena) }
        c.pointee.n_metrics = metrics.count
        c.pointee.metrics = metricsItems
        return c
    }
}

/// What reports draw. Whatever does not apply to the task is empty.
public struct EvaluationDetails: Sendable, Equatable {
    public var record: EvaluationRecord?
    public var curves: [CurveDetail]
    public var calibration: [CalibrationBin]
    public var scoreHistograms: [ScoreHistogram]
    /// at most 100, the worst first
    public var worst: [WorstExample]
    public var slices: [SliceResult]
    /// curves, calibration and histograms are of so many examples,
    public var drawnExampleCount: UInt64

    public init(
        record: EvaluationRecord? = nil,
        curves: [CurveDetail] = [],
        calibration: [CalibrationBin] = [],
        scoreHistograms: [ScoreHistogram] = [],
        worst: [WorstExample] = [],
        slices: [SliceResult] = [],
        drawnExampleCount: UInt64 = 0
    ) {
        self.record = record
        self.curves = curves
        self.calibration = calibration
        self.scoreHistograms = scoreHistograms
        self.worst = worst
        self.slices = slices
        self.drawnExampleCount = drawnExampleCount
    }
}

extension EvaluationDetails: WireMessage {
    public static let name = "cairn.EvaluationDetails"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__evaluation_details__unpack) {
            (c: Cairn__EvaluationDetails) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__EvaluationDetails) throws(MessageError) {
        self.record = if let pointer = c.record { try EvaluationRecord(pointer.pointee) } else { nil }
        self.curves = try Arena.map(c.curves, c.n_curves) { item throws(MessageError) in try CurveDetail(try Arena.pointee(item, "EvaluationDetails.curves")) }
        self.calibration = try Arena.map(c.calibration, c.n_calibration) { item throws(MessageError) in try CalibrationBin(try Arena.pointee(item, "EvaluationDetails.calibration")) }
        self.scoreHistograms = try Arena.map(c.score_histograms, c.n_score_histograms) { item throws(MessageError) in try ScoreHistogram(try Arena.pointee(item, "EvaluationDetails.score_histograms")) }
        self.worst = try Arena.map(c.worst, c.n_worst) { item throws(MessageError) in try WorstExample(try Arena.pointee(item, "EvaluationDetails.worst")) }
        self.slices = try Arena.map(c.slices, c.n_slices) { item throws(MessageError) in try SliceResult(try Arena.pointee(item, "EvaluationDetails.slices")) }
        self.drawnExampleCount = c.drawn_example_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__EvaluationDetails> {
        let c = try arena.new(Cairn__EvaluationDetails.self)
        cairn__evaluation_details__init(c)
        if let record { c.pointee.record = try record.fill(arena) }
        let curvesItems = try arena.array(of: UnsafeMutablePointer<Cairn__CurveDetail>?.self, count: curves.count)
        for (index, value) in curves.enumerated() { curvesItems[index] = try value.fill(arena) }
        c.pointee.n_curves = curves.count
        c.pointee.curves = curvesItems
        let calibrationItems = try arena.array(of: UnsafeMutablePointer<Cairn__CalibrationBin>?.self, count: calibration.count)
        for (index, value) in calibration.enumerated() { calibrationItems[index] = try value.fill(arena) }
        c.pointee.n_calibration = calibration.count
        c.pointee.calibration = calibrationItems
        let scoreHistogramsItems = try arena.array(of: UnsafeMutablePointer<Cairn__ScoreHistogram>?.self, count: scoreHistograms.count)
        for (index, value) in scoreHistograms.enumerated() { scoreHistogramsItems[index] = try value.fill(arena) }
        c.pointee.n_score_histograms = scoreHistograms.count
        c.pointee.score_histograms = scoreHistogramsItems
        let worstItems = try arena.array(of: UnsafeMutablePointer<Cairn__WorstExample>?.self, count: worst.count)
        for (index, value) in worst.enumerated() { worstItems[index] = try value.fill(arena) }
        c.pointee.n_worst = worst.count
        c.pointee.worst = worstItems
        let slicesItems = try arena.array(of: UnsafeMutablePointer<Cairn__SliceResult>?.self, count: slices.count)
        for (index, value) in slices.enumerated() { slicesItems[index] = try value.fill(arena) }
        c.pointee.n_slices = slices.count
        c.pointee.slices = slicesItems
        c.pointee.drawn_example_count = drawnExampleCount
        return c
    }
}

/// At most 1,000 points, thinned so that the shape stays; x ascending.
public struct CurveDetail: Sendable, Equatable {
    /// "roc", "precision_recall"; "predicted_over_truth": single examples
    public var name: String
    /// the class that is positive; empty for a binary task
    public var label: String
    /// false positive rate; recall; truth
    public var x: [Double]
    /// true positive rate; precision; prediction
    public var y: [Double]
    public var threshold: [Double]

    public init(
        name: String = "",
        label: String = "",
        x: [Double] = [],
        y: [Double] = [],
        threshold: [Double] = []
    ) {
        self.name = name
        self.label = label
        self.x = x
        self.y = y
        self.threshold = threshold
    }
}

extension CurveDetail: WireMessage {
    public static let name = "cairn.CurveDetail"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__curve_detail__unpack) {
            (c: Cairn__CurveDetail) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__CurveDetail) throws(MessageError) {
        self.name = try Arena.text(c.name, "CurveDetail.name")
        self.label = try Arena.text(c.label, "CurveDetail.label")
        self.x = Arena.values(c.x, c.n_x)
        self.y = Arena.values(c.y, c.n_y)
        self.threshold = Arena.values(c.threshold, c.n_threshold)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__CurveDetail> {
        let c = try arena.new(Cairn__CurveDetail.self)
        cairn__curve_detail__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "CurveDetail.name") }
        if !label.isEmpty { c.pointee.label = try arena.string(label, "CurveDetail.label") }
        c.pointee.n_x = x.count
        c.pointee.x = try arena.copy(x)
        c.pointee.n_y = y.count
        c.pointee.y = try arena.copy(y)
        c.pointee.n_threshold = threshold.count
        c.pointee.threshold = try arena.copy(threshold)
        return c
    }
}

public struct CalibrationBin: Sendable, Equatable {
    public var low: Double
    public var high: Double
    public var count: UInt64
    /// 0 where count is 0
    public var meanConfidence: Double
    public var accuracy: Double

    public init(
        low: Double = 0,
        high: Double = 0,
        count: UInt64 = 0,
        meanConfidence: Double = 0,
        accuracy: Double = 0
    ) {
        self.low = low
        self.high = high
        self.count = count
        self.meanConfidence = meanConfidence
        self.accuracy = accuracy
    }
}

extension CalibrationBin: WireMessage {
    public static let name = "cairn.CalibrationBin"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__calibration_bin__unpack) {
            (c: Cairn__CalibrationBin) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__CalibrationBin) throws(MessageError) {
        self.low = c.low
        self.high = c.high
        self.count = c.count
        self.meanConfidence = c.mean_confidence
        self.accuracy = c.accuracy
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__CalibrationBin> {
        let c = try arena.new(Cairn__CalibrationBin.self)
        cairn__calibration_bin__init(c)
        c.pointee.low = low
        c.pointee.high = high
        c.pointee.count = count
        c.pointee.mean_confidence = meanConfidence
        c.pointee.accuracy = accuracy
        return c
    }
}

/// At most 50 bins of equal width over what occurred.
public struct ScoreHistogram: Sendable, Equatable {
    /// "score of positives", "error", "nats per token"
    public var name: String
    public var low: Double
    /// equal to low where all values are the same
    public var high: Double
    public var counts: [UInt64]

    public init(
        name: String = "",
        low: Double = 0,
        high: Double = 0,
        counts: [UInt64] = []
    ) {
        self.name = name
        self.low = low
        self.high = high
        self.counts = counts
    }
}

extension ScoreHistogram: WireMessage {
    public static let name = "cairn.ScoreHistogram"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__score_histogram__unpack) {
            (c: Cairn__ScoreHistogram) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ScoreHistogram) throws(MessageError) {
        self.name = try Arena.text(c.name, "ScoreHistogram.name")
        self.low = c.low
        self.high = c.high
        self.counts = Arena.values(c.counts, c.n_counts)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ScoreHistogram> {
        let c = try arena.new(Cairn__ScoreHistogram.self)
        cairn__score_histogram__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "ScoreHistogram.name") }
        c.pointee.low = low
        c.pointee.high = high
        c.pointee.n_counts = counts.count
        c.pointee.counts = try arena.copy(counts)
        return c
    }
}

public struct WorstExample: Sendable, Equatable {
    /// of the data set, from 1
    public var row: UInt64
    public var id: String
    /// at most 200 bytes
    public var truth: String
    /// at most 200 bytes
    public var predicted: String
    /// in the unit of loss_name
    public var loss: Double
    /// "log_loss", "absolute_error"
    public var lossName: String

    public init(
        row: UInt64 = 0,
        id: String = "",
        truth: String = "",
        predicted: String = "",
        loss: Double = 0,
        lossName: String = ""
    ) {
        self.row = row
        self.id = id
        self.truth = truth
        self.predicted = predicted
        self.loss = loss
        self.lossName = lossName
    }
}

extension WorstExample: WireMessage {
    public static let name = "cairn.WorstExample"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__worst_example__unpack) {
            (c: Cairn__WorstExample) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__WorstExample) throws(MessageError) {
        self.row = c.row
        self.id = try Arena.text(c.id, "WorstExample.id")
        self.truth = try Arena.text(c.truth, "WorstExample.truth")
        self.predicted = try Arena.text(c.predicted, "WorstExample.predicted")
        self.loss = c.loss
        self.lossName = try Arena.text(c.loss_name, "WorstExample.loss_name")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__WorstExample> {
        let c = try arena.new(Cairn__WorstExample.self)
        cairn__worst_example__init(c)
        c.pointee.row = row
        if !id.isEmpty { c.pointee.id = try arena.string(id, "WorstExample.id") }
        if !truth.isEmpty { c.pointee.truth = try arena.string(truth, "WorstExample.truth") }
        if !predicted.isEmpty { c.pointee.predicted = try arena.string(predicted, "WorstExample.predicted") }
        c.pointee.loss = loss
        if !lossName.isEmpty { c.pointee.loss_name = try arena.string(lossName, "WorstExample.loss_name") }
        return c
    }
}

/// How inputs, scores and outputs were distributed on the test set: what live traffic is compared with.
public struct ReferenceDistributions: Sendable, Equatable {
    public var evaluationId: [UInt8]
    public var datasetDigest: [UInt8]
    public var exampleCount: UInt64
    /// inputs first, then what the version made of them
    public var sketches: [DistributionSketch]
    /// of the data set; absent: none
    public var schema: DatasetSchema?
    public var model: String
    public var number: String
    public var suite: String
    /// "digits-test@2"; empty where no name points to the digest any more
    public var dataset: String
    /// why there are no sketches of inputs; empty: there are
    public var inputProblem: String
    /// "binary", as suites name it; empty: an older evaluator, not known
    public var task: String
    /// of a binary task: the class whose probability is `score`
    public var positiveLabel: String

    public init(
        evaluationId: [UInt8] = [],
        datasetDigest: [UInt8] = [],
        exampleCount: UInt64 = 0,
        sketches: [DistributionSketch] = [],
        schema: DatasetSchema? = nil,
        model: String = "",
        number: String = "",
        suite: String = "",
        dataset: String = "",
        inputProblem: String = "",
        task: String = "",
        positiveLabel: String = ""
    ) {
        self.evaluationId = evaluationId
        self.datasetDigest = datasetDigest
        self.exampleCount = exampleCount
        self.sketches = sketches
        self.schema = schema
        self.model = model
        self.number = number
        self.suite = suite
        self.dataset = dataset
        self.inputProblem = inputProblem
        self.task = task
        self.positiveLabel = positiveLabel
    }
}

extension ReferenceDistributions: WireMessage {
    public static let name = "cairn.ReferenceDistributions"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__reference_distributions__unpack) {
            (c: Cairn__ReferenceDistributions) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ReferenceDistributions) throws(MessageError) {
        self.evaluationId = Arena.bytes(c.evaluation_id)
        self.datasetDigest = Arena.bytes(c.dataset_digest)
        self.exampleCount = c.example_count
        self.sketches = try Arena.map(c.sketches, c.n_sketches) { item throws(MessageError) in try DistributionSketch(try Arena.pointee(item, "ReferenceDistributions.sketches")) }
        self.schema = if let pointer = c.schema { try DatasetSchema(pointer.pointee) } else { nil }
        self.model = try Arena.text(c.model, "ReferenceDistributions.model")
        self.number = try Arena.text(c.number, "ReferenceDistributions.number")
        self.suite = try Arena.text(c.suite, "ReferenceDistributions.suite")
        self.dataset = try Arena.text(c.dataset, "ReferenceDistributions.dataset")
        self.inputProblem = try Arena.text(c.input_problem, "ReferenceDistributions.input_problem")
        self.task = try Arena.text(c.task, "ReferenceDistributions.task")
        self.positiveLabel = try Arena.text(c.positive_label, "ReferenceDistributions.positive_label")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ReferenceDistributions> {
        let c = try arena.new(Cairn__ReferenceDistributions.self)
        cairn__reference_distributions__init(c)
        if !evaluationId.isEmpty { c.pointee.evaluation_id = try arena.binary(evaluationId) }
        if !datasetDigest.isEmpty { c.pointee.dataset_digest = try arena.binary(datasetDigest) }
        c.pointee.example_count = exampleCount
        let sketchesItems = try arena.array(of: UnsafeMutablePointer<Cairn__DistributionSketch>?.self, count: sketches.count)
        for (index, value) in sketches.enumerated() { sketchesItems[index] = try value.fill(arena) }
        c.pointee.n_sketches = sketches.count
        c.pointee.sketches = sketchesItems
        if let schema { c.pointee.schema = try schema.fill(arena) }
        if !model.isEmpty { c.pointee.model = try arena.string(model, "ReferenceDistributions.model") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "ReferenceDistributions.number") }
        if !suite.isEmpty { c.pointee.suite = try arena.string(suite, "ReferenceDistributions.suite") }
        if !dataset.isEmpty { c.pointee.dataset = try arena.string(dataset, "ReferenceDistributions.dataset") }
        if !inputProblem.isEmpty { c.pointee.input_problem = try arena.string(inputProblem, "ReferenceDistributions.input_problem") }
        if !task.isEmpty { c.pointee.task = try arena.string(task, "ReferenceDistributions.task") }
        if !positiveLabel.isEmpty { c.pointee.positive_label = try arena.string(positiveLabel, "ReferenceDistributions.positive_label") }
        return c
    }
}

public struct DistributionSketch: Sendable, Equatable {
    /// "input.age", "input.text.length", "score", "output", "output.length"
    public var name: String
    /// "quantiles", "categories", "vector"
    public var kind: String
    public var count: UInt64
    public var missingCount: UInt64
    /// quantiles: probabilities ascending, values with them; minimum and maximum are the first and last
    public var probability: [Double]
    public var value: [Double]
    public var mean: Double
    public var standardDeviation: Double
    /// categories: at most 1,000, the most frequent first; other_count is of all others
    public var category: [String]
    public var categoryCount: [UInt64]
    public var otherCount: UInt64
    /// vector: mean and variance of each dimension
    public var vectorMean: [Double]
    public var vectorVariance: [Double]
    /// quantiles: by how much of all a probability may be wrong, all of them at once, with 99.9 % confidence
    public var rankError: Double
    /// categories: by how much a listed count may be too low
    public var countError: UInt64

    public init(
        name: String = "",
        kind: String = "",
        count: UInt64 = 0,
        missingCount: UInt64 = 0,
        probability: [Double] = [],
        value: [Double] = [],
        mean: Double = 0,
        standardDeviation: Double = 0,
        category: [String] = [],
        categoryCount: [UInt64] = [],
        otherCount: UInt64 = 0,
        vectorMean: [Double] = [],
        vectorVariance: [Double] = [],
        rankError: Double = 0,
        countError: UInt64 = 0
    ) {
        self.name = name
        self.kind = kind
        self.count = count
        self.missingCount = missingCount
        self.probability = probability
        self.value = value
        self.mean = mean
        self.standardDeviation = standardDeviation
        self.category = category
        self.categoryCount = categoryCount
        self.otherCount = otherCount
        self.vectorMean = vectorMean
        self.vectorVariance = vectorVariance
        self.rankError = rankError
        self.countError = countError
    }
}

extension DistributionSketch: WireMessage {
    public static let name = "cairn.DistributionSketch"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__distribution_sketch__unpack) {
            (c: Cairn__DistributionSketch) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__DistributionSketch) throws(MessageError) {
        self.name = try Arena.text(c.name, "DistributionSketch.name")
        self.kind = try Arena.text(c.kind, "DistributionSketch.kind")
        self.count = c.count
        self.missingCount = c.missing_count
        self.probability = Arena.values(c.probability, c.n_probability)
        self.value = Arena.values(c.value, c.n_value)
        self.mean = c.mean
        self.standardDeviation = c.standard_deviation
        self.category = try Arena.map(c.category, c.n_category) { item throws(MessageError) in try Arena.text(item, "DistributionSketch.category") }
        self.categoryCount = Arena.values(c.category_count, c.n_category_count)
        self.otherCount = c.other_count
        self.vectorMean = Arena.values(c.vector_mean, c.n_vector_mean)
        self.vectorVariance = Arena.values(c.vector_variance, c.n_vector_variance)
        self.rankError = c.rank_error
        self.countError = c.count_error
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__DistributionSketch> {
        let c = try arena.new(Cairn__DistributionSketch.self)
        cairn__distribution_sketch__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "DistributionSketch.name") }
        if !kind.isEmpty { c.pointee.kind = try arena.string(kind, "DistributionSketch.kind") }
        c.pointee.count = count
        c.pointee.missing_count = missingCount
        c.pointee.n_probability = probability.count
        c.pointee.probability = try arena.copy(probability)
        c.pointee.n_value = value.count
        c.pointee.value = try arena.copy(value)
        c.pointee.mean = mean
        c.pointee.standard_deviation = standardDeviation
        let categoryItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: category.count)
        for (index, value) in category.enumerated() { categoryItems[index] = try arena.string(value, "DistributionSketch.category") }
        c.pointee.n_category = category.count
        c.pointee.category = categoryItems
        c.pointee.n_category_count = categoryCount.count
        c.pointee.category_count = try arena.copy(categoryCount)
        c.pointee.other_count = otherCount
        c.pointee.n_vector_mean = vectorMean.count
        c.pointee.vector_mean = try arena.copy(vectorMean)
        c.pointee.n_vector_variance = vectorVariance.count
        c.pointee.vector_variance = try arena.copy(vectorVariance)
        c.pointee.rank_error = rankError
        c.pointee.count_error = countError
        return c
    }
}

public struct GetEvaluation: Sendable, Equatable {
    /// or, when empty, the newest of the three below
    public var evaluationId: [UInt8]
    public var model: String
    public var number: String
    public var suite: String

    public init(
        evaluationId: [UInt8] = [],
        model: String = "",
        number: String = "",
        suite: String = ""
    ) {
        self.evaluationId = evaluationId
        self.model = model
        self.number = number
        self.suite = suite
    }
}

extension GetEvaluation: WireMessage {
    public static let name = "cairn.GetEvaluation"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__get_evaluation__unpack) {
            (c: Cairn__GetEvaluation) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GetEvaluation) throws(MessageError) {
        self.evaluationId = Arena.bytes(c.evaluation_id)
        self.model = try Arena.text(c.model, "GetEvaluation.model")
        self.number = try Arena.text(c.number, "GetEvaluation.number")
        self.suite = try Arena.text(c.suite, "GetEvaluation.suite")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GetEvaluation> {
        let c = try arena.new(Cairn__GetEvaluation.self)
        cairn__get_evaluation__init(c)
        if !evaluationId.isEmpty { c.pointee.evaluation_id = try arena.binary(evaluationId) }
        if !model.isEmpty { c.pointee.model = try arena.string(model, "GetEvaluation.model") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "GetEvaluation.number") }
        if !suite.isEmpty { c.pointee.suite = try arena.string(suite, "GetEvaluation.suite") }
        return c
    }
}

/// Newest first, without labels, confusion and log; as many as fit into a message, some thousands.
public struct ListEvaluations: Sendable, Equatable {
    public var model: String
    /// empty: all versions
    public var number: String

    public init(
        model: String = "",
        number: String = ""
    ) {
        self.model = model
        self.number = number
    }
}

extension ListEvaluations: WireMessage {
    public static let name = "cairn.ListEvaluations"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__list_evaluations__unpack) {
            (c: Cairn__ListEvaluations) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ListEvaluations) throws(MessageError) {
        self.model = try Arena.text(c.model, "ListEvaluations.model")
        self.number = try Arena.text(c.number, "ListEvaluations.number")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ListEvaluations> {
        let c = try arena.new(Cairn__ListEvaluations.self)
        cairn__list_evaluations__init(c)
        if !model.isEmpty { c.pointee.model = try arena.string(model, "ListEvaluations.model") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "ListEvaluations.number") }
        return c
    }
}

public struct EvaluationList: Sendable, Equatable {
    public var evaluations: [EvaluationRecord]

    public init(
        evaluations: [EvaluationRecord] = []
    ) {
        self.evaluations = evaluations
    }
}

extension EvaluationList: WireMessage {
    public static let name = "cairn.EvaluationList"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__evaluation_list__unpack) {
            (c: Cairn__EvaluationList) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__EvaluationList) throws(MessageError) {
        self.evaluations = try Arena.map(c.evaluations, c.n_evaluations) { item throws(MessageError) in try EvaluationRecord(try Arena.pointee(item, "EvaluationList.evaluations")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__EvaluationList> {
        let c = try arena.new(Cairn__EvaluationList.self)
        cairn__evaluation_list__init(c)
        let evaluationsItems = try arena.array(of: UnsafeMutablePointer<Cairn__EvaluationRecord>?.self, count: evaluations.count)
        for (index, value) in evaluations.enumerated() { evaluationsItems[index] = try value.fill(arena) }
        c.pointee.n_evaluations = evaluations.count
        c.pointee.evaluations = evaluationsItems
        return c
    }
}

public struct Compare: Sendable, Equatable {
    public var model: String
    public var numberA: String
    public var numberB: String
    /// empty: the only one
    public var suite: String
    /// 0 means 0.05
    public var alpha: Double

    public init(
        model: String = "",
        numberA: String = "",
        numberB: String = "",
        suite: String = "",
        alpha: Double = 0
    ) {
        self.model = model
        self.numberA = numberA
        self.numberB = numberB
        self.suite = suite
        self.alpha = alpha
    }
}

extension Compare: WireMessage {
    public static let name = "cairn.Compare"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__compare__unpack) {
            (c: Cairn__Compare) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__Compare) throws(MessageError) {
        self.model = try Arena.text(c.model, "Compare.model")
        self.numberA = try Arena.text(c.number_a, "Compare.number_a")
        self.numberB = try Arena.text(c.number_b, "Compare.number_b")
        self.suite = try Arena.text(c.suite, "Compare.suite")
        self.alpha = c.alpha
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__Compare> {
        let c = try arena.new(Cairn__Compare.self)
        cairn__compare__init(c)
        if !model.isEmpty { c.pointee.model = try arena.string(model, "Compare.model") }
        if !numberA.isEmpty { c.pointee.number_a = try arena.string(numberA, "Compare.number_a") }
        if !numberB.isEmpty { c.pointee.number_b = try arena.string(numberB, "Compare.number_b") }
        if !suite.isEmpty { c.pointee.suite = try arena.string(suite, "Compare.suite") }
        c.pointee.alpha = alpha
        return c
    }
}

/// One metric of both versions with the test that answers whether they differ.
public struct MetricComparison: Sendable, Equatable {
    public var name: String
    public var valueA: Double
    public var valueB: Double
    /// b − a
    public var difference: Double
    /// of the difference, at 1 − alpha; NaN when there is none
    public var intervalLow: Double
    public var intervalHigh: Double
    /// "McNemar exact", "paired t", "pooled t"; empty: none applies
    public var test: String
    public var statistic: Double
    public var p: Double
    /// "b is better", "no difference shown", …
    public var conclusion: String
    /// at the present n; NaN when not known
    public var minimumDetectable: Double
    /// "Cohen's d", "odds ratio"; empty: none
    public var effectName: String
    public var effect: Double

    public init(
        name: String = "",
        valueA: Double = 0,
        valueB: Double = 0,
        difference: Double = 0,
        intervalLow: Double = 0,
        intervalHigh: Double = 0,
        test: String = "",
        statistic: Double = 0,
        p: Double = 0,
        conclusion: String = "",
        minimumDetectable: Double = 0,
        effectName: String = "",
        effect: Double = 0
    ) {
        self.name = name
        self.valueA = valueA
        self.valueB = valueB
        self.difference = difference
        self.intervalLow = intervalLow
        self.intervalHigh = intervalHigh
        self.test = test
        self.statistic = statistic
        self.p = p
        self.conclusion = conclusion
        self.minimumDetectable = minimumDetectable
        self.effectName = effectName
        self.effect = effect
    }
}

extension MetricComparison: WireMessage {
    public static let name = "cairn.MetricComparison"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__metric_comparison__unpack) {
            (c: Cairn__MetricComparison) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__MetricComparison) throws(MessageError) {
        self.name = try Arena.text(c.name, "MetricComparison.name")
        self.valueA = c.value_a
        self.valueB = c.value_b
        self.difference = c.difference
        self.intervalLow = c.interval_low
        self.intervalHigh = c.interval_high
        self.test = try Arena.text(c.test, "MetricComparison.test")
        self.statistic = c.statistic
        self.p = c.p
        self.conclusion = try Arena.text(c.conclusion, "MetricComparison.conclusion")
        self.minimumDetectable = c.minimum_detectable
        self.effectName = try Arena.text(c.effect_name, "MetricComparison.effect_name")
        self.effect = c.effect
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__MetricComparison> {
        let c = try arena.new(Cairn__MetricComparison.self)
        cairn__metric_comparison__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "MetricComparison.name") }
        c.pointee.value_a = valueA
        c.pointee.value_b = valueB
        c.pointee.difference = difference
        c.pointee.interval_low = intervalLow
        c.pointee.interval_high = intervalHigh
        if !test.isEmpty { c.pointee.test = try arena.string(test, "MetricComparison.test") }
        c.pointee.statistic = statistic
        c.pointee.p = p
        if !conclusion.isEmpty { c.pointee.conclusion = try arena.string(conclusion, "MetricComparison.conclusion") }
        c.pointee.minimum_detectable = minimumDetectable
        if !effectName.isEmpty { c.pointee.effect_name = try arena.string(effectName, "MetricComparison.effect_name") }
        c.pointee.effect = effect
        return c
    }
}

/// One slice of both versions; those in which b is worst against a come first.
public struct SliceComparison: Sendable, Equatable {
    public var column: String
    public var value: String
    public var exampleCount: UInt64
    public var metrics: [MetricComparison]

    public init(
        column: String = "",
        value: String = "",
        exampleCount: UInt64 = 0,
        metrics: [MetricComparison] = []
    ) {
        self.column = column
        self.value = value
        self.exampleCount = exampleCount
        self.metrics = metrics
    }
}

extension SliceComparison: WireMessage {
    public static let name = "cairn.SliceComparison"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__slice_comparison__unpack) {
            (c: Cairn__SliceComparison) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__SliceComparison) throws(MessageError) {
        self.column = try Arena.text(c.column, "SliceComparison.column")
        self.value = try Arena.text(c.value, "SliceComparison.value")
        self.exampleCount = c.example_count
        self.metrics = try Arena.map(c.metrics, c.n_metrics) { item throws(MessageError) in try MetricComparison(try Arena.pointee(item, "SliceComparison.metrics")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__SliceComparison> {
        let c = try arena.new(Cairn__SliceComparison.self)
        cairn__slice_comparison__init(c)
        if !column.isEmpty { c.pointee.column = try arena.string(column, "SliceComparison.column") }
        if !value.isEmpty { c.pointee.value = try arena.string(value, "SliceComparison.value") }
        c.pointee.example_count = exampleCount
        let metricsItems = try arena.array(of: UnsafeMutablePointer<Cairn__MetricComparison>?.self, count: metrics.count)
        for (index, value) in metrics.enumerated() { metricsItems[index] = try value.fill(arena) }
        c.pointee.n_metrics = metrics.count
        c.pointee.metrics = metricsItems
        return c
    }
}

public struct Comparison: Sendable, Equatable {
    public var model: String
    public var numberA: String
    public var numberB: String
    public var suite: String
    public var datasetDigest: [UInt8]
    public var exampleCount: UInt64
    public var metrics: [MetricComparison]
    public var onlyACorrect: UInt64
    public var onlyBCorrect: UInt64
    public var summary: String
    /// at most 200
    public var slices: [SliceComparison]

    public init(
        model: String = "",
        numberA: String = "",
        numberB: String = "",
        suite: String = "",
        datasetDigest: [UInt8] = [],
        exampleCount: UInt64 = 0,
        metrics: [MetricComparison] = [],
        onlyACorrect: UInt64 = 0,
        onlyBCorrect: UInt64 = 0,
        summary: String = "",
        slices: [SliceComparison] = []
    ) {
        self.model = model
        self.numberA = numberA
        self.numberB = numberB
        self.suite = suite
        self.datasetDigest = datasetDigest
        self.exampleCount = exampleCount
        self.metrics = metrics
        self.onlyACorrect = onlyACorrect
        self.onlyBCorrect = onlyBCorrect
        self.summary = summary
        self.slices = slices
    }
}

extension Comparison: WireMessage {
    public static let name = "cairn.Comparison"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__comparison__unpack) {
            (c: Cairn__Comparison) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__Comparison) throws(MessageError) {
        self.model = try Arena.text(c.model, "Comparison.model")
        self.numberA = try Arena.text(c.number_a, "Comparison.number_a")
        self.numberB = try Arena.text(c.number_b, "Comparison.number_b")
        self.suite = try Arena.text(c.suite, "Comparison.suite")
        self.datasetDigest = Arena.bytes(c.dataset_digest)
        self.exampleCount = c.example_count
        self.metrics = try Arena.map(c.metrics, c.n_metrics) { item throws(MessageError) in try MetricComparison(try Arena.pointee(item, "Comparison.metrics")) }
        self.onlyACorrect = c.only_a_correct
        self.onlyBCorrect = c.only_b_correct
        self.summary = try Arena.text(c.summary, "Comparison.summary")
        self.slices = try Arena.map(c.slices, c.n_slices) { item throws(MessageError) in try SliceComparison(try Arena.pointee(item, "Comparison.slices")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__Comparison> {
        let c = try arena.new(Cairn__Comparison.self)
        cairn__comparison__init(c)
        if !model.isEmpty { c.pointee.model = try arena.string(model, "Comparison.model") }
        if !numberA.isEmpty { c.pointee.number_a = try arena.string(numberA, "Comparison.number_a") }
        if !numberB.isEmpty { c.pointee.number_b = try arena.string(numberB, "Comparison.number_b") }
        if !suite.isEmpty { c.pointee.suite = try arena.string(suite, "Comparison.suite") }
        if !datasetDigest.isEmpty { c.pointee.dataset_digest = try arena.binary(datasetDigest) }
        c.pointee.example_count = exampleCount
        let metricsItems = try arena.array(of: UnsafeMutablePointer<Cairn__MetricComparison>?.self, count: metrics.count)
        for (index, value) in metrics.enumerated() { metricsItems[index] = try value.fill(arena) }
        c.pointee.n_metrics = metrics.count
        c.pointee.metrics = metricsItems
        c.pointee.only_a_correct = onlyACorrect
        c.pointee.only_b_correct = onlyBCorrect
        if !summary.isEmpty { c.pointee.summary = try arena.string(summary, "Comparison.summary") }
        let slicesItems = try arena.array(of: UnsafeMutablePointer<Cairn__SliceComparison>?.self, count: slices.count)
        for (index, value) in slices.enumerated() { slicesItems[index] = try value.fill(arena) }
        c.pointee.n_slices = slices.count
        c.pointee.slices = slicesItems
        return c
    }
}

/// The attachment is the next part of the log.
public struct RunnerLogPart: Sendable, Equatable {
    public var offset: UInt64

    public init(
        offset: UInt64 = 0
    ) {
        self.offset = offset
    }
}

extension RunnerLogPart: WireMessage {
    public static let name = "cairn.RunnerLogPart"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__runner_log_part__unpack) {
            (c: Cairn__RunnerLogPart) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__RunnerLogPart) throws(MessageError) {
        self.offset = c.offset
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__RunnerLogPart> {
        let c = try arena.new(Cairn__RunnerLogPart.self)
        cairn__runner_log_part__init(c)
        c.pointee.offset = offset
        return c
    }
}

public struct GetEvaluatorStatus: Sendable, Equatable {
    public init() {}
}

extension GetEvaluatorStatus: WireMessage {
    public static let name = "cairn.GetEvaluatorStatus"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__get_evaluator_status__unpack) {
            (c: Cairn__GetEvaluatorStatus) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GetEvaluatorStatus) throws(MessageError) {
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GetEvaluatorStatus> {
        let c = try arena.new(Cairn__GetEvaluatorStatus.self)
        cairn__get_evaluator_status__init(c)
        return c
    }
}

public struct EvaluatorStatus: Sendable, Equatable {
    public var datasetCount: UInt64
    public var suiteCount: UInt64
    public var evaluationCount: UInt64
    public var queuedCount: UInt64
    public var undeliveredEventCount: UInt64

    public init(
        datasetCount: UInt64 = 0,
        suiteCount: UInt64 = 0,
        evaluationCount: UInt64 = 0,
        queuedCount: UInt64 = 0,
        undeliveredEventCount: UInt64 = 0
    ) {
        self.datasetCount = datasetCount
        self.suiteCount = suiteCount
        self.evaluationCount = evaluationCount
        self.queuedCount = queuedCount
        self.undeliveredEventCount = undeliveredEventCount
    }
}

extension EvaluatorStatus: WireMessage {
    public static let name = "cairn.EvaluatorStatus"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__evaluator_status__unpack) {
            (c: Cairn__EvaluatorStatus) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__EvaluatorStatus) throws(MessageError) {
        self.datasetCount = c.dataset_count
        self.suiteCount = c.suite_count
        self.evaluationCount = c.evaluation_count
        self.queuedCount = c.queued_count
        self.undeliveredEventCount = c.undelivered_event_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__EvaluatorStatus> {
        let c = try arena.new(Cairn__EvaluatorStatus.self)
        cairn__evaluator_status__init(c)
        c.pointee.dataset_count = datasetCount
        c.pointee.suite_count = suiteCount
        c.pointee.evaluation_count = evaluationCount
        c.pointee.queued_count = queuedCount
        c.pointee.undelivered_event_count = undeliveredEventCount
        return c
    }
}
