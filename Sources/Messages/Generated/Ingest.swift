// Generated from proto/ingest.proto by `cairn-dev generate`. Do not edit.

import CCairnMessages

/// The calls of `cairn.Ingest`.
public enum IngestMethods {
    public static let startRun = Method<StartRun, RunStarted>(
        id: 0x0101, name: "Ingest/StartRun", shape: .unary)
    public static let logMetrics = Method<LogMetrics, MetricsLogged>(
        id: 0x0102, name: "Ingest/LogMetrics", shape: .unary)
    public static let finishRun = Method<FinishRun, Done>(
        id: 0x0103, name: "Ingest/FinishRun", shape: .unary)
    public static let getRun = Method<GetRun, RunRecord>(
        id: 0x0104, name: "Ingest/GetRun", shape: .unary)
    public static let listRuns = Method<ListRuns, RunList>(
        id: 0x0105, name: "Ingest/ListRuns", shape: .unary)
    public static let getMetricHistory = Method<GetMetricHistory, MetricSeries>(
        id: 0x0106, name: "Ingest/GetMetricHistory", shape: .serverStream)
    public static let openUpload = Method<OpenUpload, UploadOpened>(
        id: 0x0110, name: "Ingest/OpenUpload", shape: .unary)
    public static let offerChunks = Method<OfferChunks, ChunksWanted>(
        id: 0x0111, name: "Ingest/OfferChunks", shape: .unary)
    public static let sendChunks = Method<SendChunk, ChunksStored>(
        id: 0x0112, name: "Ingest/SendChunks", shape: .clientStream)
    public static let commitUpload = Method<CommitUpload, UploadCommitted>(
        id: 0x0113, name: "Ingest/CommitUpload", shape: .unary)
    public static let abortUpload = Method<AbortUpload, Done>(
        id: 0x0114, name: "Ingest/AbortUpload", shape: .unary)
    public static let resolveVersion = Method<ResolveVersion, VersionRecord>(
        id: 0x0120, name: "Ingest/ResolveVersion", shape: .unary)
    public static let listVersions = Method<ListVersions, VersionList>(
        id: 0x0121, name: "Ingest/ListVersions", shape: .unary)
    public static let getManifest = Method<GetManifest, ManifestFile>(
        id: 0x0122, name: "Ingest/GetManifest", shape: .serverStream)
    public static let fetchChunks = Method<FetchChunks, Chunk>(
        id: 0x0123, name: "Ingest/FetchChunks", shape: .serverStream)
    public static let verifyVersion = Method<VerifyVersion, VerifyProgress>(
        id: 0x0124, name: "Ingest/VerifyVersion", shape: .serverStream)
    public static let setAlias = Method<SetAlias, VersionRecord>(
        id: 0x0125, name: "Ingest/SetAlias", shape: .unary)
    public static let listModels = Method<ListModels, ModelList>(
        id: 0x0126, name: "Ingest/ListModels", shape: .unary)
    public static let createVersion = Method<CreateVersion, VersionRecord>(
        id: 0x0127, name: "Ingest/CreateVersion", shape: .unary)
    public static let deleteVersion = Method<DeleteVersion, VersionRecord>(
        id: 0x0128, name: "Ingest/DeleteVersion", shape: .unary)
    public static let retainVersions = Method<RetainVersions, RetentionReport>(
        id: 0x0129, name: "Ingest/RetainVersions", shape: .unary)
    public static let mendChunks = Method<SendChunk, ChunksStored>(
        id: 0x012A, name: "Ingest/MendChunks", shape: .clientStream)
    public static let pinVersion = Method<PinVersion, Done>(
        id: 0x0130, name: "Ingest/PinVersion", shape: .unary)
    public static let unpinVersion = Method<UnpinVersion, Done>(
        id: 0x0131, name: "Ingest/UnpinVersion", shape: .unary)
    public static let collectGarbage = Method<CollectGarbage, GarbageReport>(
        id: 0x0132, name: "Ingest/CollectGarbage", shape: .unary)
    public static let getIngestStatus = Method<GetIngestStatus, IngestStatus>(
        id: 0x0140, name: "Ingest/GetIngestStatus", shape: .unary)
}

public enum RunStatus: UInt32, Sendable, CaseIterable {
    case running = 1
    case finished = 2
    case failed = 3
    case killed = 4

    init(_ raw: UInt32, _ field: StaticString) throws(MessageError) {
        guard let value = Self(rawValue: raw) else {
            throw MessageError(
                .unknownEnum, raw == 0 ? "\(field) is not set" : "\(field) holds \(raw), unknown here")
        }
        self = value
    }
}

/// Where the code of a run came from.
public struct CodeOrigin: Sendable, Equatable {
    /// as git prints it, credentials removed
    public var remote: String
    /// 40 or 64 hexadecimal digits, or empty
    public var commit: String
    public var branch: String
    /// BLAKE3 of the uncommitted diff, 32 bytes; empty when clean
    public var dirtyDigest: [UInt8]

    public init(
        remote: String = "",
        commit: String = "",
        branch: String = "",
        dirtyDigest: [UInt8] = []
    ) {
        self.remote = remote
        self.commit = commit
        self.branch = branch
        self.dirtyDigest = dirtyDigest
    }
}

extension CodeOrigin: WireMessage {
    public static let name = "cairn.CodeOrigin"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__code_origin__unpack) {
            (c: Cairn__CodeOrigin) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__CodeOrigin) throws(MessageError) {
        self.remote = try Arena.text(c.remote, "CodeOrigin.remote")
        self.commit = try Arena.text(c.commit, "CodeOrigin.commit")
        self.branch = try Arena.text(c.branch, "CodeOrigin.branch")
        self.dirtyDigest = Arena.bytes(c.dirty_digest)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__CodeOrigin> {
        let c = try arena.new(Cairn__CodeOrigin.self)
        cairn__code_origin__init(c)
        if !remote.isEmpty { c.pointee.remote = try arena.string(remote, "CodeOrigin.remote") }
        if !commit.isEmpty { c.pointee.commit = try arena.string(commit, "CodeOrigin.commit") }
        if !branch.isEmpty { c.pointee.branch = try arena.string(branch, "CodeOrigin.branch") }
        if !dirtyDigest.isEmpty { c.pointee.dirty_digest = try arena.binary(dirtyDigest) }
        return c
    }
}

/// A data set that a run read.
public struct DatasetUse: Sendable, Equatable {
    public var name: String
    /// 32 bytes; empty when not known
    public var digest: [UInt8]
    /// "train", "validation", "test"
    public var role: String

    public init(
        name: String = "",
        digest: [UInt8] = [],
        role: String = ""
    ) {
        self.name = name
        self.digest = digest
        self.role = role
    }
}

extension DatasetUse: WireMessage {
    public static let name = "cairn.DatasetUse"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__dataset_use__unpack) {
            (c: Cairn__DatasetUse) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__DatasetUse) throws(MessageError) {
        self.name = try Arena.text(c.name, "DatasetUse.name")
        self.digest = Arena.bytes(c.digest)
        self.role = try Arena.text(c.role, "DatasetUse.role")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__DatasetUse> {
        let c = try arena.new(Cairn__DatasetUse.self)
        cairn__dataset_use__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "DatasetUse.name") }
        if !digest.isEmpty { c.pointee.digest = try arena.binary(digest) }
        if !role.isEmpty { c.pointee.role = try arena.string(role, "DatasetUse.role") }
        return c
    }
}

/// Trainer → ingest. Opens a run; safe to repeat with the same run_id.
public struct StartRun: Sendable, Equatable {
    /// 16 bytes, made by the trainer, so that a retry names the same run
    public var runId: [UInt8]
    public var model: String
    /// for people; may be empty
    public var name: String
    /// hyper-parameters, at most 4,096
    public var params: [KeyValue]
    /// at most 4,096
    public var tags: [KeyValue]
    /// absent when there is none
    public var code: CodeOrigin?
    public var datasets: [DatasetUse]
    /// lock-file lines: "torch==2.13.0", at most 16,384
    public var dependencies: [String]
    public var host: String
    /// 0: ingest's clock
    public var startedUnixMs: Int64

    public init(
        runId: [UInt8] = [],
        model: String = "",
        name: String = "",
        params: [KeyValue] = [],
        tags: [KeyValue] = [],
        code: CodeOrigin? = nil,
        datasets: [DatasetUse] = [],
        dependencies: [String] = [],
        host: String = "",
        startedUnixMs: Int64 = 0
    ) {
        self.runId = runId
        self.model = model
        self.name = name
        self.params = params
        self.tags = tags
        self.code = code
        self.datasets = datasets
        self.dependencies = dependencies
        self.host = host
        self.startedUnixMs = startedUnixMs
    }
}

extension StartRun: WireMessage {
    public static let name = "cairn.StartRun"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__start_run__unpack) {
            (c: Cairn__StartRun) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__StartRun) throws(MessageError) {
        self.runId = Arena.bytes(c.run_id)
        self.model = try Arena.text(c.model, "StartRun.model")
        self.name = try Arena.text(c.name, "StartRun.name")
        self.params = try Arena.map(c.params, c.n_params) { item throws(MessageError) in try KeyValue(try Arena.pointee(item, "StartRun.params")) }
        self.tags = try Arena.map(c.tags, c.n_tags) { item throws(MessageError) in try KeyValue(try Arena.pointee(item, "StartRun.tags")) }
        self.code = if let pointer = c.code { try CodeOrigin(pointer.pointee) } else { nil }
        self.datasets = try Arena.map(c.datasets, c.n_datasets) { item throws(MessageError) in try DatasetUse(try Arena.pointee(item, "StartRun.datasets")) }
        self.dependencies = try Arena.map(c.dependencies, c.n_dependencies) { item throws(MessageError) in try Arena.text(item, "StartRun.dependencies") }
        self.host = try Arena.text(c.host, "StartRun.host")
        self.startedUnixMs = c.started_unix_ms
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__StartRun> {
        let c = try arena.new(Cairn__StartRun.self)
        cairn__start_run__init(c)
        if !runId.isEmpty { c.pointee.run_id = try arena.binary(runId) }
        if !model.isEmpty { c.pointee.model = try arena.string(model, "StartRun.model") }
        if !name.isEmpty { c.pointee.name = try arena.string(name, "StartRun.name") }
        let paramsItems = try arena.array(of: UnsafeMutablePointer<Cairn__KeyValue>?.self, count: params.count)
        for (index, value) in params.enumerated() { paramsItems[index] = try value.fill(arena) }
        c.pointee.n_params = params.count
        c.pointee.params = paramsItems
        let tagsItems = try arena.array(of: UnsafeMutablePointer<Cairn__KeyValue>?.self, count: tags.count)
        for (index, value) in tags.enumerated() { tagsItems[index] = try value.fill(arena) }
        c.pointee.n_tags = tags.count
        c.pointee.tags = tagsItems
        if let code { c.pointee.code = try code.fill(arena) }
        let datasetsItems = try arena.array(of: UnsafeMutablePointer<Cairn__DatasetUse>?.self, count: datasets.count)
        for (index, value) in datasets.enumerated() { datasetsItems[index] = try value.fill(arena) }
        c.pointee.n_datasets = datasets.count
        c.pointee.datasets = datasetsItems
        let dependenciesItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: dependencies.count)
        for (index, value) in dependencies.enumerated() { dependenciesItems[index] = try arena.string(value, "StartRun.dependencies") }
        c.pointee.n_dependencies = dependencies.count
        c.pointee.dependencies = dependenciesItems
        if !host.isEmpty { c.pointee.host = try arena.string(host, "StartRun.host") }
        c.pointee.started_unix_ms = startedUnixMs
        return c
    }
}

public struct RunStarted: Sendable, Equatable {
    public var runId: [UInt8]
    /// this was a repeat
    public var existed: Bool

    public init(
        runId: [UInt8] = [],
        existed: Bool = false
    ) {
        self.runId = runId
        self.existed = existed
    }
}

extension RunStarted: WireMessage {
    public static let name = "cairn.RunStarted"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__run_started__unpack) {
            (c: Cairn__RunStarted) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__RunStarted) throws(MessageError) {
        self.runId = Arena.bytes(c.run_id)
        self.existed = c.existed != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__RunStarted> {
        let c = try arena.new(Cairn__RunStarted.self)
        cairn__run_started__init(c)
        if !runId.isEmpty { c.pointee.run_id = try arena.binary(runId) }
        c.pointee.existed = existed ? 1 : 0
        return c
    }
}

/// Points of one metric, as parallel arrays of equal length.
public struct MetricPoints: Sendable, Equatable {
    /// "accuracy"; 1 to 256 bytes
    public var key: String
    public var step: [Int64]
    public var timeUnixMs: [Int64]
    public var value: [Double]

    public init(
        key: String = "",
        step: [Int64] = [],
        timeUnixMs: [Int64] = [],
        value: [Double] = []
    ) {
        self.key = key
        self.step = step
        self.timeUnixMs = timeUnixMs
        self.value = value
    }
}

extension MetricPoints: WireMessage {
    public static let name = "cairn.MetricPoints"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__metric_points__unpack) {
            (c: Cairn__MetricPoints) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__MetricPoints) throws(MessageError) {
        self.key = try Arena.text(c.key, "MetricPoints.key")
        self.step = Arena.values(c.step, c.n_step)
        self.timeUnixMs = Arena.values(c.time_unix_ms, c.n_time_unix_ms)
        self.value = Arena.values(c.value, c.n_value)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__MetricPoints> {
        let c = try arena.new(Cairn__MetricPoints.self)
        cairn__metric_points__init(c)
        if !key.isEmpty { c.pointee.key = try arena.string(key, "MetricPoints.key") }
        c.pointee.n_step = step.count
        c.pointee.step = try arena.copy(step)
        c.pointee.n_time_unix_ms = timeUnixMs.count
        c.pointee.time_unix_ms = try arena.copy(timeUnixMs)
        c.pointee.n_value = value.count
        c.pointee.value = try arena.copy(value)
        return c
    }
}

/// Trainer → ingest. Durable when answered; a batch_id that was applied is not applied again.
/// A run takes metrics after its end too: the trainer uploads behind its work.
public struct LogMetrics: Sendable, Equatable {
    public var runId: [UInt8]
    /// 16 bytes, unique in the run
    public var batchId: [UInt8]
    /// at most 4,096 series and 65,536 points; 2,048 keys in a run
    public var series: [MetricPoints]

    public init(
        runId: [UInt8] = [],
        batchId: [UInt8] = [],
        series: [MetricPoints] = []
    ) {
        self.runId = runId
        self.batchId = batchId
        self.series = series
    }
}

extension LogMetrics: WireMessage {
    public static let name = "cairn.LogMetrics"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__log_metrics__unpack) {
            (c: Cairn__LogMetrics) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__LogMetrics) throws(MessageError) {
        self.runId = Arena.bytes(c.run_id)
        self.batchId = Arena.bytes(c.batch_id)
        self.series = try Arena.map(c.series, c.n_series) { item throws(MessageError) in try MetricPoints(try Arena.pointee(item, "LogMetrics.series")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__LogMetrics> {
        let c = try arena.new(Cairn__LogMetrics.self)
        cairn__log_metrics__init(c)
        if !runId.isEmpty { c.pointee.run_id = try arena.binary(runId) }
        if !batchId.isEmpty { c.pointee.batch_id = try arena.binary(batchId) }
        let seriesItems = try arena.array(of: UnsafeMutablePointer<Cairn__MetricPoints>?.self, count: series.count)
        for (index, value) in series.enumerated() { seriesItems[index] = try value.fill(arena) }
        c.pointee.n_series = series.count
        c.pointee.series = seriesItems
        return c
    }
}

public struct MetricsLogged: Sendable, Equatable {
    /// 0 when the batch had been applied before
    public var acceptedPointCount: UInt64

    public init(
        acceptedPointCount: UInt64 = 0
    ) {
        self.acceptedPointCount = acceptedPointCount
    }
}

extension MetricsLogged: WireMessage {
    public static let name = "cairn.MetricsLogged"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__metrics_logged__unpack) {
            (c: Cairn__MetricsLogged) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__MetricsLogged) throws(MessageError) {
        self.acceptedPointCount = c.accepted_point_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__MetricsLogged> {
        let c = try arena.new(Cairn__MetricsLogged.self)
        cairn__metrics_logged__init(c)
        c.pointee.accepted_point_count = acceptedPointCount
        return c
    }
}

/// Trainer → ingest. Safe to repeat; the first end stands.
public struct FinishRun: Sendable, Equatable {
    public var runId: [UInt8]
    /// FINISHED, FAILED or KILLED
    public var status: RunStatus

    public init(
        runId: [UInt8] = [],
        status: RunStatus
    ) {
        self.runId = runId
        self.status = status
    }
}

extension FinishRun: WireMessage {
    public static let name = "cairn.FinishRun"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__finish_run__unpack) {
            (c: Cairn__FinishRun) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__FinishRun) throws(MessageError) {
        self.runId = Arena.bytes(c.run_id)
        self.status = try RunStatus(c.status.rawValue, "FinishRun.status")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__FinishRun> {
        let c = try arena.new(Cairn__FinishRun.self)
        cairn__finish_run__init(c)
        if !runId.isEmpty { c.pointee.run_id = try arena.binary(runId) }
        c.pointee.status = Cairn__RunStatus(rawValue: status.rawValue)
        return c
    }
}

public struct GetRun: Sendable, Equatable {
    public var runId: [UInt8]

    public init(
        runId: [UInt8] = []
    ) {
        self.runId = runId
    }
}

extension GetRun: WireMessage {
    public static let name = "cairn.GetRun"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__get_run__unpack) {
            (c: Cairn__GetRun) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GetRun) throws(MessageError) {
        self.runId = Arena.bytes(c.run_id)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GetRun> {
        let c = try arena.new(Cairn__GetRun.self)
        cairn__get_run__init(c)
        if !runId.isEmpty { c.pointee.run_id = try arena.binary(runId) }
        return c
    }
}

public struct RunRecord: Sendable, Equatable {
    public var runId: [UInt8]
    public var model: String
    public var name: String
    public var status: RunStatus
    public var startedUnixMs: Int64
    /// 0 while it runs
    public var endedUnixMs: Int64
    public var params: [KeyValue]
    public var tags: [KeyValue]
    public var code: CodeOrigin?
    public var datasets: [DatasetUse]
    public var dependencies: [String]
    public var host: String
    /// each series' value at its highest step
    public var lastMetrics: [NamedNumber]

    public init(
        runId: [UInt8] = [],
        model: String = "",
        name: String = "",
        status: RunStatus,
        startedUnixMs: Int64 = 0,
        endedUnixMs: Int64 = 0,
        params: [KeyValue] = [],
        tags: [KeyValue] = [],
        code: CodeOrigin? = nil,
        datasets: [DatasetUse] = [],
        dependencies: [String] = [],
        host: String = "",
        lastMetrics: [NamedNumber] = []
    ) {
        self.runId = runId
        self.model = model
        self.name = name
        self.status = status
        self.startedUnixMs = startedUnixMs
        self.endedUnixMs = endedUnixMs
        self.params = params
        self.tags = tags
        self.code = code
        self.datasets = datasets
        self.dependencies = dependencies
        self.host = host
        self.lastMetrics = lastMetrics
    }
}

extension RunRecord: WireMessage {
    public static let name = "cairn.RunRecord"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__run_record__unpack) {
            (c: Cairn__RunRecord) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__RunRecord) throws(MessageError) {
        self.runId = Arena.bytes(c.run_id)
        self.model = try Arena.text(c.model, "RunRecord.model")
        self.name = try Arena.text(c.name, "RunRecord.name")
        self.status = try RunStatus(c.status.rawValue, "RunRecord.status")
        self.startedUnixMs = c.started_unix_ms
        self.endedUnixMs = c.ended_unix_ms
        self.params = try Arena.map(c.params, c.n_params) { item throws(MessageError) in try KeyValue(try Arena.pointee(item, "RunRecord.params")) }
        self.tags = try Arena.map(c.tags, c.n_tags) { item throws(MessageError) in try KeyValue(try Arena.pointee(item, "RunRecord.tags")) }
        self.code = if let pointer = c.code { try CodeOrigin(pointer.pointee) } else { nil }
        self.datasets = try Arena.map(c.datasets, c.n_datasets) { item throws(MessageError) in try DatasetUse(try Arena.pointee(item, "RunRecord.datasets")) }
        self.dependencies = try Arena.map(c.dependencies, c.n_dependencies) { item throws(MessageError) in try Arena.text(item, "RunRecord.dependencies") }
        self.host = try Arena.text(c.host, "RunRecord.host")
        self.lastMetrics = try Arena.map(c.last_metrics, c.n_last_metrics) { item throws(MessageError) in try NamedNumber(try Arena.pointee(item, "RunRecord.last_metrics")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__RunRecord> {
        let c = try arena.new(Cairn__RunRecord.self)
        cairn__run_record__init(c)
        if !runId.isEmpty { c.pointee.run_id = try arena.binary(runId) }
        if !model.isEmpty { c.pointee.model = try arena.string(model, "RunRecord.model") }
        if !name.isEmpty { c.pointee.name = try arena.string(name, "RunRecord.name") }
        c.pointee.status = Cairn__RunStatus(rawValue: status.rawValue)
        c.pointee.started_unix_ms = startedUnixMs
        c.pointee.ended_unix_ms = endedUnixMs
        let paramsItems = try arena.array(of: UnsafeMutablePointer<Cairn__KeyValue>?.self, count: params.count)
        for (index, value) in params.enumerated() { paramsItems[index] = try value.fill(arena) }
        c.pointee.n_params = params.count
        c.pointee.params = paramsItems
        let tagsItems = try arena.array(of: UnsafeMutablePointer<Cairn__KeyValue>?.self, count: tags.count)
        for (index, value) in tags.enumerated() { tagsItems[index] = try value.fill(arena) }
        c.pointee.n_tags = tags.count
        c.pointee.tags = tagsItems
        if let code { c.pointee.code = try code.fill(arena) }
        let datasetsItems = try arena.array(of: UnsafeMutablePointer<Cairn__DatasetUse>?.self, count: datasets.count)
        for (index, value) in datasets.enumerated() { datasetsItems[index] = try value.fill(arena) }
        c.pointee.n_datasets = datasets.count
        c.pointee.datasets = datasetsItems
        let dependenciesItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: dependencies.count)
        for (index, value) in dependencies.enumerated() { dependenciesItems[index] = try arena.string(value, "RunRecord.dependencies") }
        c.pointee.n_dependencies = dependencies.count
        c.pointee.dependencies = dependenciesItems
        if !host.isEmpty { c.pointee.host = try arena.string(host, "RunRecord.host") }
        let lastMetricsItems = try arena.array(of: UnsafeMutablePointer<Cairn__NamedNumber>?.self, count: lastMetrics.count)
        for (index, value) in lastMetrics.enumerated() { lastMetricsItems[index] = try value.fill(arena) }
        c.pointee.n_last_metrics = lastMetrics.count
        c.pointee.last_metrics = lastMetricsItems
        return c
    }
}

public struct ListRuns: Sendable, Equatable {
    /// empty: all
    public var model: String
    /// 1 to 1,000; 0 means 100
    public var limit: UInt32

    public init(
        model: String = "",
        limit: UInt32 = 0
    ) {
        self.model = model
        self.limit = limit
    }
}

extension ListRuns: WireMessage {
    public static let name = "cairn.ListRuns"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__list_runs__unpack) {
            (c: Cairn__ListRuns) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ListRuns) throws(MessageError) {
        self.model = try Arena.text(c.model, "ListRuns.model")
        self.limit = c.limit
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ListRuns> {
        let c = try arena.new(Cairn__ListRuns.self)
        cairn__list_runs__init(c)
        if !model.isEmpty { c.pointee.model = try arena.string(model, "ListRuns.model") }
        c.pointee.limit = limit
        return c
    }
}

public struct RunList: Sendable, Equatable {
    /// newest first, without dependencies: GetRun has them
    public var runs: [RunRecord]
    /// of the runs within `limit`, those that one message had no room for
    public var leftOutCount: UInt32

    public init(
        runs: [RunRecord] = [],
        leftOutCount: UInt32 = 0
    ) {
        self.runs = runs
        self.leftOutCount = leftOutCount
    }
}

extension RunList: WireMessage {
    public static let name = "cairn.RunList"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__run_list__unpack) {
            (c: Cairn__RunList) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__RunList) throws(MessageError) {
        self.runs = try Arena.map(c.runs, c.n_runs) { item throws(MessageError) in try RunRecord(try Arena.pointee(item, "RunList.runs")) }
        self.leftOutCount = c.left_out_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__RunList> {
        let c = try arena.new(Cairn__RunList.self)
        cairn__run_list__init(c)
        let runsItems = try arena.array(of: UnsafeMutablePointer<Cairn__RunRecord>?.self, count: runs.count)
        for (index, value) in runs.enumerated() { runsItems[index] = try value.fill(arena) }
        c.pointee.n_runs = runs.count
        c.pointee.runs = runsItems
        c.pointee.left_out_count = leftOutCount
        return c
    }
}

/// Ingest answers with the series in parts of at most 16,384 points, in step order.
public struct GetMetricHistory: Sendable, Equatable {
    /// of one run; empty: every run of `model`
    public var runId: [UInt8]
    public var model: String
    public var key: String

    public init(
        runId: [UInt8] = [],
        model: String = "",
        key: String = ""
    ) {
        self.runId = runId
        self.model = model
        self.key = key
    }
}

extension GetMetricHistory: WireMessage {
    public static let name = "cairn.GetMetricHistory"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__get_metric_history__unpack) {
            (c: Cairn__GetMetricHistory) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GetMetricHistory) throws(MessageError) {
        self.runId = Arena.bytes(c.run_id)
        self.model = try Arena.text(c.model, "GetMetricHistory.model")
        self.key = try Arena.text(c.key, "GetMetricHistory.key")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GetMetricHistory> {
        let c = try arena.new(Cairn__GetMetricHistory.self)
        cairn__get_metric_history__init(c)
        if !runId.isEmpty { c.pointee.run_id = try arena.binary(runId) }
        if !model.isEmpty { c.pointee.model = try arena.string(model, "GetMetricHistory.model") }
        if !key.isEmpty { c.pointee.key = try arena.string(key, "GetMetricHistory.key") }
        return c
    }
}

public struct MetricSeries: Sendable, Equatable {
    public var runId: [UInt8]
    public var points: MetricPoints?

    public init(
        runId: [UInt8] = [],
        points: MetricPoints? = nil
    ) {
        self.runId = runId
        self.points = points
    }
}

extension MetricSeries: WireMessage {
    public static let name = "cairn.MetricSeries"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__metric_series__unpack) {
            (c: Cairn__MetricSeries) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__MetricSeries) throws(MessageError) {
        self.runId = Arena.bytes(c.run_id)
        self.points = if let pointer = c.points { try MetricPoints(pointer.pointee) } else { nil }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__MetricSeries> {
        let c = try arena.new(Cairn__MetricSeries.self)
        cairn__metric_series__init(c)
        if !runId.isEmpty { c.pointee.run_id = try arena.binary(runId) }
        if let points { c.pointee.points = try points.fill(arena) }
        return c
    }
}

/// A file of a checkpoint: its chunks in order are its bytes. A file with very many chunks comes in
/// parts: entries in a row with the same path, each with the length of its own chunks.
public struct FileEntry: Sendable, Equatable {
    /// relative, UTF-8, '/' between parts, no '.' or '..'; at most 1,024 bytes
    public var path: [UInt8]
    public var byteCount: UInt64
    /// 32 bytes each
    public var chunkDigests: [[UInt8]]
    /// 1 to 4,194,304; sums to byte_count
    public var chunkByteCounts: [UInt32]
    /// POSIX permission bits; 0 means 0644
    public var mode: UInt32

    public init(
        path: [UInt8] = [],
        byteCount: UInt64 = 0,
        chunkDigests: [[UInt8]] = [],
        chunkByteCounts: [UInt32] = [],
        mode: UInt32 = 0
    ) {
        self.path = path
        self.byteCount = byteCount
        self.chunkDigests = chunkDigests
        self.chunkByteCounts = chunkByteCounts
        self.mode = mode
    }
}

extension FileEntry: WireMessage {
    public static let name = "cairn.FileEntry"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__file_entry__unpack) {
            (c: Cairn__FileEntry) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__FileEntry) throws(MessageError) {
        self.path = Arena.bytes(c.path)
        self.byteCount = c.byte_count
        self.chunkDigests = try Arena.map(c.chunk_digests, c.n_chunk_digests) { item throws(MessageError) in Arena.bytes(item) }
        self.chunkByteCounts = Arena.values(c.chunk_byte_counts, c.n_chunk_byte_counts)
        self.mode = c.mode
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__FileEntry> {
        let c = try arena.new(Cairn__FileEntry.self)
        cairn__file_entry__init(c)
        if !path.isEmpty { c.pointee.path = try arena.binary(path) }
        c.pointee.byte_count = byteCount
        let chunkDigestsItems = try arena.array(of: ProtobufCBinaryData.self, count: chunkDigests.count)
        for (index, value) in chunkDigests.enumerated() { chunkDigestsItems[index] = try arena.binary(value) }
        c.pointee.n_chunk_digests = chunkDigests.count
        c.pointee.chunk_digests = chunkDigestsItems
        c.pointee.n_chunk_byte_counts = chunkByteCounts.count
        c.pointee.chunk_byte_counts = try arena.copy(chunkByteCounts)
        c.pointee.mode = mode
        return c
    }
}

/// Trainer → ingest. Opens an upload, or goes on with one that was cut: the same upload_id.
public struct OpenUpload: Sendable, Equatable {
    /// 16 bytes, made by the trainer
    public var uploadId: [UInt8]
    public var model: String
    /// empty: a push outside a run
    public var runId: [UInt8]

    public init(
        uploadId: [UInt8] = [],
        model: String = "",
        runId: [UInt8] = []
    ) {
        self.uploadId = uploadId
        self.model = model
        self.runId = runId
    }
}

extension OpenUpload: WireMessage {
    public static let name = "cairn.OpenUpload"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__open_upload__unpack) {
            (c: Cairn__OpenUpload) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__OpenUpload) throws(MessageError) {
        self.uploadId = Arena.bytes(c.upload_id)
        self.model = try Arena.text(c.model, "OpenUpload.model")
        self.runId = Arena.bytes(c.run_id)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__OpenUpload> {
        let c = try arena.new(Cairn__OpenUpload.self)
        cairn__open_upload__init(c)
        if !uploadId.isEmpty { c.pointee.upload_id = try arena.binary(uploadId) }
        if !model.isEmpty { c.pointee.model = try arena.string(model, "OpenUpload.model") }
        if !runId.isEmpty { c.pointee.run_id = try arena.binary(runId) }
        return c
    }
}

public struct UploadOpened: Sendable, Equatable {
    public var uploadId: [UInt8]
    public var resumed: Bool
    public var chunkByteCountMax: UInt32
    /// set when this upload was committed before: nothing is left to do
    public var committed: UploadCommitted?

    public init(
        uploadId: [UInt8] = [],
        resumed: Bool = false,
        chunkByteCountMax: UInt32 = 0,
        committed: UploadCommitted? = nil
    ) {
        self.uploadId = uploadId
        self.resumed = resumed
        self.chunkByteCountMax = chunkByteCountMax
        self.committed = committed
    }
}

extension UploadOpened: WireMessage {
    public static let name = "cairn.UploadOpened"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__upload_opened__unpack) {
            (c: Cairn__UploadOpened) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__UploadOpened) throws(MessageError) {
        self.uploadId = Arena.bytes(c.upload_id)
        self.resumed = c.resumed != 0
        self.chunkByteCountMax = c.chunk_byte_count_max
        self.committed = if let pointer = c.committed { try UploadCommitted(pointer.pointee) } else { nil }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__UploadOpened> {
        let c = try arena.new(Cairn__UploadOpened.self)
        cairn__upload_opened__init(c)
        if !uploadId.isEmpty { c.pointee.upload_id = try arena.binary(uploadId) }
        c.pointee.resumed = resumed ? 1 : 0
        c.pointee.chunk_byte_count_max = chunkByteCountMax
        if let committed { c.pointee.committed = try committed.fill(arena) }
        return c
    }
}

/// Trainer → ingest. Offers chunks before sending them; answered by ChunksWanted.
/// Safe to repeat: the answer depends only on what is stored.
public struct OfferChunks: Sendable, Equatable {
    public var uploadId: [UInt8]
    /// 32 bytes each, at most 4,096
    public var chunkDigests: [[UInt8]]

    public init(
        uploadId: [UInt8] = [],
        chunkDigests: [[UInt8]] = []
    ) {
        self.uploadId = uploadId
        self.chunkDigests = chunkDigests
    }
}

extension OfferChunks: WireMessage {
    public static let name = "cairn.OfferChunks"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__offer_chunks__unpack) {
            (c: Cairn__OfferChunks) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__OfferChunks) throws(MessageError) {
        self.uploadId = Arena.bytes(c.upload_id)
        self.chunkDigests = try Arena.map(c.chunk_digests, c.n_chunk_digests) { item throws(MessageError) in Arena.bytes(item) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__OfferChunks> {
        let c = try arena.new(Cairn__OfferChunks.self)
        cairn__offer_chunks__init(c)
        if !uploadId.isEmpty { c.pointee.upload_id = try arena.binary(uploadId) }
        let chunkDigestsItems = try arena.array(of: ProtobufCBinaryData.self, count: chunkDigests.count)
        for (index, value) in chunkDigests.enumerated() { chunkDigestsItems[index] = try arena.binary(value) }
        c.pointee.n_chunk_digests = chunkDigests.count
        c.pointee.chunk_digests = chunkDigestsItems
        return c
    }
}

public struct ChunksWanted: Sendable, Equatable {
    /// into the offer: what ingest lacks
    public var indexes: [UInt32]

    public init(
        indexes: [UInt32] = []
    ) {
        self.indexes = indexes
    }
}

extension ChunksWanted: WireMessage {
    public static let name = "cairn.ChunksWanted"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__chunks_wanted__unpack) {
            (c: Cairn__ChunksWanted) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ChunksWanted) throws(MessageError) {
        self.indexes = Arena.values(c.indexes, c.n_indexes)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ChunksWanted> {
        let c = try arena.new(Cairn__ChunksWanted.self)
        cairn__chunks_wanted__init(c)
        c.pointee.n_indexes = indexes.count
        c.pointee.indexes = try arena.copy(indexes)
        return c
    }
}

/// Trainer → ingest, many on one stream; the chunk's raw bytes are the attachment.
public struct SendChunk: Sendable, Equatable {
    public var uploadId: [UInt8]
    /// BLAKE3 of the attachment, 32 bytes; refused when it differs
    public var digest: [UInt8]
    /// What the sender knows of the chunk, all optional: it decides how few bytes are stored. type of its elements: 1 F16, 2 BF16, 3 F32, 4 F64, 5 F8_E4M3, …
    public var element: UInt32
    /// the same part of the same tensor in another version
    public var parentDigest: [UInt8]
    /// of F32 elements that these are the rounded ones of
    public var sourceDigest: [UInt8]

    public init(
        uploadId: [UInt8] = [],
        digest: [UInt8] = [],
        element: UInt32 = 0,
        parentDigest: [UInt8] = [],
        sourceDigest: [UInt8] = []
    ) {
        self.uploadId = uploadId
        self.digest = digest
        self.element = element
        self.parentDigest = parentDigest
        self.sourceDigest = sourceDigest
    }
}

extension SendChunk: WireMessage {
    public static let name = "cairn.SendChunk"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__send_chunk__unpack) {
            (c: Cairn__SendChunk) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__SendChunk) throws(MessageError) {
        self.uploadId = Arena.bytes(c.upload_id)
        self.digest = Arena.bytes(c.digest)
        self.element = c.element
        self.parentDigest = Arena.bytes(c.parent_digest)
        self.sourceDigest = Arena.bytes(c.source_digest)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__SendChunk> {
        let c = try arena.new(Cairn__SendChunk.self)
        cairn__send_chunk__init(c)
        if !uploadId.isEmpty { c.pointee.upload_id = try arena.binary(uploadId) }
        if !digest.isEmpty { c.pointee.digest = try arena.binary(digest) }
        c.pointee.element = element
        if !parentDigest.isEmpty { c.pointee.parent_digest = try arena.binary(parentDigest) }
        if !sourceDigest.isEmpty { c.pointee.source_digest = try arena.binary(sourceDigest) }
        return c
    }
}

public struct ChunksStored: Sendable, Equatable {
    /// received on this stream
    public var chunkCount: UInt64
    /// of these, not stored before
    public var newChunkCount: UInt64
    public var newByteCount: UInt64

    public init(
        chunkCount: UInt64 = 0,
        newChunkCount: UInt64 = 0,
        newByteCount: UInt64 = 0
    ) {
        self.chunkCount = chunkCount
        self.newChunkCount = newChunkCount
        self.newByteCount = newByteCount
    }
}

extension ChunksStored: WireMessage {
    public static let name = "cairn.ChunksStored"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__chunks_stored__unpack) {
            (c: Cairn__ChunksStored) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ChunksStored) throws(MessageError) {
        self.chunkCount = c.chunk_count
        self.newChunkCount = c.new_chunk_count
        self.newByteCount = c.new_byte_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ChunksStored> {
        let c = try arena.new(Cairn__ChunksStored.self)
        cairn__chunks_stored__init(c)
        c.pointee.chunk_count = chunkCount
        c.pointee.new_chunk_count = newChunkCount
        c.pointee.new_byte_count = newByteCount
        return c
    }
}

/// Trainer → ingest. All or nothing: afterwards the checkpoint (and the version) is durable and
/// visible, or nothing is. Safe to repeat with the same upload_id: the answer is the first one.
/// A manifest over the message limit comes in parts, each a call of its own, numbered by `part`; all
/// else is read from the last. A part that comes twice changes nothing; OpenUpload begins anew.
public struct CommitUpload: Sendable, Equatable {
    public var uploadId: [UInt8]
    /// at most 65,536 in all parts
    public var files: [FileEntry]
    /// more parts follow; nothing is committed yet
    public var moreFiles: Bool
    public var step: Int64
    /// absent: a checkpoint without a version
    public var version: NewVersion?
    /// measured by the trainer, kept with the checkpoint
    public var metrics: [NamedNumber]
    /// configuration that belongs to the snapshot
    public var config: [KeyValue]
    /// for a push outside a run; else the run's
    public var dependencies: [String]
    /// 0, 1, 2, …: of the manifest
    public var part: UInt32

    public init(
        uploadId: [UInt8] = [],
        files: [FileEntry] = [],
        moreFiles: Bool = false,
        step: Int64 = 0,
        version: NewVersion? = nil,
        metrics: [NamedNumber] = [],
        config: [KeyValue] = [],
        dependencies: [String] = [],
        part: UInt32 = 0
    ) {
        self.uploadId = uploadId
        self.files = files
        self.moreFiles = moreFiles
        self.step = step
        self.version = version
        self.metrics = metrics
        self.config = config
        self.dependencies = dependencies
        self.part = part
    }
}

extension CommitUpload: WireMessage {
    public static let name = "cairn.CommitUpload"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__commit_upload__unpack) {
            (c: Cairn__CommitUpload) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__CommitUpload) throws(MessageError) {
        self.uploadId = Arena.bytes(c.upload_id)
        self.files = try Arena.map(c.files, c.n_files) { item throws(MessageError) in try FileEntry(try Arena.pointee(item, "CommitUpload.files")) }
        self.moreFiles = c.more_files != 0
        self.step = c.step
        self.version = if let pointer = c.version { try NewVersion(pointer.pointee) } else { nil }
        self.metrics = try Arena.map(c.metrics, c.n_metrics) { item throws(MessageError) in try NamedNumber(try Arena.pointee(item, "CommitUpload.metrics")) }
        self.config = try Arena.map(c.config, c.n_config) { item throws(MessageError) in try KeyValue(try Arena.pointee(item, "CommitUpload.config")) }
        self.dependencies = try Arena.map(c.dependencies, c.n_dependencies) { item throws(MessageError) in try Arena.text(item, "CommitUpload.dependencies") }
        self.part = c.part
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__CommitUpload> {
        let c = try arena.new(Cairn__CommitUpload.self)
        cairn__commit_upload__init(c)
        if !uploadId.isEmpty { c.pointee.upload_id = try arena.binary(uploadId) }
        let filesItems = try arena.array(of: UnsafeMutablePointer<Cairn__FileEntry>?.self, count: files.count)
        for (index, value) in files.enumerated() { filesItems[index] = try value.fill(arena) }
        c.pointee.n_files = files.count
        c.pointee.files = filesItems
        c.pointee.more_files = moreFiles ? 1 : 0
        c.pointee.step = step
        if let version { c.pointee.version = try version.fill(arena) }
        let metricsItems = try arena.array(of: UnsafeMutablePointer<Cairn__NamedNumber>?.self, count: metrics.count)
        for (index, value) in metrics.enumerated() { metricsItems[index] = try value.fill(arena) }
        c.pointee.n_metrics = metrics.count
        c.pointee.metrics = metricsItems
        let configItems = try arena.array(of: UnsafeMutablePointer<Cairn__KeyValue>?.self, count: config.count)
        for (index, value) in config.enumerated() { configItems[index] = try value.fill(arena) }
        c.pointee.n_config = config.count
        c.pointee.config = configItems
        let dependenciesItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: dependencies.count)
        for (index, value) in dependencies.enumerated() { dependenciesItems[index] = try arena.string(value, "CommitUpload.dependencies") }
        c.pointee.n_dependencies = dependencies.count
        c.pointee.dependencies = dependenciesItems
        c.pointee.part = part
        return c
    }
}

/// Trainer → ingest. Gives the upload up; its chunks stay until they are collected. Safe to repeat.
public struct AbortUpload: Sendable, Equatable {
    public var uploadId: [UInt8]

    public init(
        uploadId: [UInt8] = []
    ) {
        self.uploadId = uploadId
    }
}

extension AbortUpload: WireMessage {
    public static let name = "cairn.AbortUpload"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__abort_upload__unpack) {
            (c: Cairn__AbortUpload) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__AbortUpload) throws(MessageError) {
        self.uploadId = Arena.bytes(c.upload_id)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__AbortUpload> {
        let c = try arena.new(Cairn__AbortUpload.self)
        cairn__abort_upload__init(c)
        if !uploadId.isEmpty { c.pointee.upload_id = try arena.binary(uploadId) }
        return c
    }
}

/// What version a commit makes.
public struct NewVersion: Sendable, Equatable {
    /// "1.2.0", or "auto": the next minor after the highest, 0.1.0 at first
    public var number: String
    /// "1.1.0"; empty: the highest version there was, if any
    public var parent: String
    /// for people
    public var note: String
    /// of another ingest's: `parent` stands as it is, and need not be here
    public var isReplica: Bool

    public init(
        number: String = "",
        parent: String = "",
        note: String = "",
        isReplica: Bool = false
    ) {
        self.number = number
        self.parent = parent
        self.note = note
        self.isReplica = isReplica
    }
}

extension NewVersion: WireMessage {
    public static let name = "cairn.NewVersion"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__new_version__unpack) {
            (c: Cairn__NewVersion) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__NewVersion) throws(MessageError) {
        self.number = try Arena.text(c.number, "NewVersion.number")
        self.parent = try Arena.text(c.parent, "NewVersion.parent")
        self.note = try Arena.text(c.note, "NewVersion.note")
        self.isReplica = c.is_replica != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__NewVersion> {
        let c = try arena.new(Cairn__NewVersion.self)
        cairn__new_version__init(c)
        if !number.isEmpty { c.pointee.number = try arena.string(number, "NewVersion.number") }
        if !parent.isEmpty { c.pointee.parent = try arena.string(parent, "NewVersion.parent") }
        if !note.isEmpty { c.pointee.note = try arena.string(note, "NewVersion.note") }
        c.pointee.is_replica = isReplica ? 1 : 0
        return c
    }
}

public struct UploadCommitted: Sendable, Equatable {
    public var checkpointId: [UInt8]
    /// names these bytes for ever
    public var manifestDigest: [UInt8]
    /// absent when no version was asked for
    public var version: VersionRecord?

    public init(
        checkpointId: [UInt8] = [],
        manifestDigest: [UInt8] = [],
        version: VersionRecord? = nil
    ) {
        self.checkpointId = checkpointId
        self.manifestDigest = manifestDigest
        self.version = version
    }
}

extension UploadCommitted: WireMessage {
    public static let name = "cairn.UploadCommitted"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__upload_committed__unpack) {
            (c: Cairn__UploadCommitted) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__UploadCommitted) throws(MessageError) {
        self.checkpointId = Arena.bytes(c.checkpoint_id)
        self.manifestDigest = Arena.bytes(c.manifest_digest)
        self.version = if let pointer = c.version { try VersionRecord(pointer.pointee) } else { nil }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__UploadCommitted> {
        let c = try arena.new(Cairn__UploadCommitted.self)
        cairn__upload_committed__init(c)
        if !checkpointId.isEmpty { c.pointee.checkpoint_id = try arena.binary(checkpointId) }
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        if let version { c.pointee.version = try version.fill(arena) }
        return c
    }
}

/// A version of the checkpoint that a run saved before.
public struct CreateVersion: Sendable, Equatable {
    public var checkpointId: [UInt8]
    public var version: NewVersion?
    /// 16 bytes; a repeat answers with the first version
    public var requestId: [UInt8]

    public init(
        checkpointId: [UInt8] = [],
        version: NewVersion? = nil,
        requestId: [UInt8] = []
    ) {
        self.checkpointId = checkpointId
        self.version = version
        self.requestId = requestId
    }
}

extension CreateVersion: WireMessage {
    public static let name = "cairn.CreateVersion"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__create_version__unpack) {
            (c: Cairn__CreateVersion) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__CreateVersion) throws(MessageError) {
        self.checkpointId = Arena.bytes(c.checkpoint_id)
        self.version = if let pointer = c.version { try NewVersion(pointer.pointee) } else { nil }
        self.requestId = Arena.bytes(c.request_id)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__CreateVersion> {
        let c = try arena.new(Cairn__CreateVersion.self)
        cairn__create_version__init(c)
        if !checkpointId.isEmpty { c.pointee.checkpoint_id = try arena.binary(checkpointId) }
        if let version { c.pointee.version = try version.fill(arena) }
        if !requestId.isEmpty { c.pointee.request_id = try arena.binary(requestId) }
        return c
    }
}

public struct ResolveVersion: Sendable, Equatable {
    /// model@version, model@alias, model@latest or run:ID
    public var reference: String

    public init(
        reference: String = ""
    ) {
        self.reference = reference
    }
}

extension ResolveVersion: WireMessage {
    public static let name = "cairn.ResolveVersion"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__resolve_version__unpack) {
            (c: Cairn__ResolveVersion) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ResolveVersion) throws(MessageError) {
        self.reference = try Arena.text(c.reference, "ResolveVersion.reference")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ResolveVersion> {
        let c = try arena.new(Cairn__ResolveVersion.self)
        cairn__resolve_version__init(c)
        if !reference.isEmpty { c.pointee.reference = try arena.string(reference, "ResolveVersion.reference") }
        return c
    }
}

public struct VersionRecord: Sendable, Equatable {
    public var model: String
    /// "1.2.0"; empty for a checkpoint without a version
    public var number: String
    public var manifestDigest: [UInt8]
    public var checkpointId: [UInt8]
    /// empty: pushed outside a run
    public var runId: [UInt8]
    public var step: Int64
    /// version number; empty: none
    public var parent: String
    public var byteCount: UInt64
    public var fileCount: UInt32
    public var createdUnixMs: Int64
    public var aliases: [String]
    public var metrics: [NamedNumber]
    public var config: [KeyValue]
    public var note: String
    public var pinnedBy: [String]
    public var dependencies: [String]
    /// the run's
    public var params: [KeyValue]
    /// the run's
    public var code: CodeOrigin?
    public var datasets: [DatasetUse]
    /// bytes that the store grew by for it
    public var newByteCount: UInt64

    public init(
        model: String = "",
        number: String = "",
        manifestDigest: [UInt8] = [],
        checkpointId: [UInt8] = [],
        runId: [UInt8] = [],
        step: Int64 = 0,
        parent: String = "",
        byteCount: UInt64 = 0,
        fileCount: UInt32 = 0,
        createdUnixMs: Int64 = 0,
        aliases: [String] = [],
        metrics: [NamedNumber] = [],
        config: [KeyValue] = [],
        note: String = "",
        pinnedBy: [String] = [],
        dependencies: [String] = [],
        params: [KeyValue] = [],
        code: CodeOrigin? = nil,
        datasets: [DatasetUse] = [],
        newByteCount: UInt64 = 0
    ) {
        self.model = model
        self.number = number
        self.manifestDigest = manifestDigest
        self.checkpointId = checkpointId
        self.runId = runId
        self.step = step
        self.parent = parent
        self.byteCount = byteCount
        self.fileCount = fileCount
        self.createdUnixMs = createdUnixMs
        self.aliases = aliases
        self.metrics = metrics
        self.config = config
        self.note = note
        self.pinnedBy = pinnedBy
        self.dependencies = dependencies
        self.params = params
        self.code = code
        self.datasets = datasets
        self.newByteCount = newByteCount
    }
}

extension VersionRecord: WireMessage {
    public static let name = "cairn.VersionRecord"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__version_record__unpack) {
            (c: Cairn__VersionRecord) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__VersionRecord) throws(MessageError) {
        self.model = try Arena.text(c.model, "VersionRecord.model")
        self.number = try Arena.text(c.number, "VersionRecord.number")
        self.manifestDigest = Arena.bytes(c.manifest_digest)
        self.checkpointId = Arena.bytes(c.checkpoint_id)
        self.runId = Arena.bytes(c.run_id)
        self.step = c.step
        self.parent = try Arena.text(c.parent, "VersionRecord.parent")
        self.byteCount = c.byte_count
        self.fileCount = c.file_count
        self.createdUnixMs = c.created_unix_ms
        self.aliases = try Arena.map(c.aliases, c.n_aliases) { item throws(MessageError) in try Arena.text(item, "VersionRecord.aliases") }
        self.metrics = try Arena.map(c.metrics, c.n_metrics) { item throws(MessageError) in try NamedNumber(try Arena.pointee(item, "VersionRecord.metrics")) }
        self.config = try Arena.map(c.config, c.n_config) { item throws(MessageError) in try KeyValue(try Arena.pointee(item, "VersionRecord.config")) }
        self.note = try Arena.text(c.note, "VersionRecord.note")
        self.pinnedBy = try Arena.map(c.pinned_by, c.n_pinned_by) { item throws(MessageError) in try Arena.text(item, "VersionRecord.pinned_by") }
        self.dependencies = try Arena.map(c.dependencies, c.n_dependencies) { item throws(MessageError) in try Arena.text(item, "VersionRecord.dependencies") }
        self.params = try Arena.map(c.params, c.n_params) { item throws(MessageError) in try KeyValue(try Arena.pointee(item, "VersionRecord.params")) }
        self.code = if let pointer = c.code { try CodeOrigin(pointer.pointee) } else { nil }
        self.datasets = try Arena.map(c.datasets, c.n_datasets) { item throws(MessageError) in try DatasetUse(try Arena.pointee(item, "VersionRecord.datasets")) }
        self.newByteCount = c.new_byte_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__VersionRecord> {
        let c = try arena.new(Cairn__VersionRecord.self)
        cairn__version_record__init(c)
        if !model.isEmpty { c.pointee.model = try arena.string(model, "VersionRecord.model") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "VersionRecord.number") }
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        if !checkpointId.isEmpty { c.pointee.checkpoint_id = try arena.binary(checkpointId) }
        if !runId.isEmpty { c.pointee.run_id = try arena.binary(runId) }
        c.pointee.step = step
        if !parent.isEmpty { c.pointee.parent = try arena.string(parent, "VersionRecord.parent") }
        c.pointee.byte_count = byteCount
        c.pointee.file_count = fileCount
        c.pointee.created_unix_ms = createdUnixMs
        let aliasesItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: aliases.count)
        for (index, value) in aliases.enumerated() { aliasesItems[index] = try arena.string(value, "VersionRecord.aliases") }
        c.pointee.n_aliases = aliases.count
        c.pointee.aliases = aliasesItems
        let metricsItems = try arena.array(of: UnsafeMutablePointer<Cairn__NamedNumber>?.self, count: metrics.count)
        for (index, value) in metrics.enumerated() { metricsItems[index] = try value.fill(arena) }
        c.pointee.n_metrics = metrics.count
        c.pointee.metrics = metricsItems
        let configItems = try arena.array(of: UnsafeMutablePointer<Cairn__KeyValue>?.self, count: config.count)
        for (index, value) in config.enumerated() { configItems[index] = try value.fill(arena) }
        c.pointee.n_config = config.count
        c.pointee.config = configItems
        if !note.isEmpty { c.pointee.note = try arena.string(note, "VersionRecord.note") }
        let pinnedByItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: pinnedBy.count)
        for (index, value) in pinnedBy.enumerated() { pinnedByItems[index] = try arena.string(value, "VersionRecord.pinned_by") }
        c.pointee.n_pinned_by = pinnedBy.count
        c.pointee.pinned_by = pinnedByItems
        let dependenciesItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: dependencies.count)
        for (index, value) in dependencies.enumerated() { dependenciesItems[index] = try arena.string(value, "VersionRecord.dependencies") }
        c.pointee.n_dependencies = dependencies.count
        c.pointee.dependencies = dependenciesItems
        let paramsItems = try arena.array(of: UnsafeMutablePointer<Cairn__KeyValue>?.self, count: params.count)
        for (index, value) in params.enumerated() { paramsItems[index] = try value.fill(arena) }
        c.pointee.n_params = params.count
        c.pointee.params = paramsItems
        if let code { c.pointee.code = try code.fill(arena) }
        let datasetsItems = try arena.array(of: UnsafeMutablePointer<Cairn__DatasetUse>?.self, count: datasets.count)
        for (index, value) in datasets.enumerated() { datasetsItems[index] = try value.fill(arena) }
        c.pointee.n_datasets = datasets.count
        c.pointee.datasets = datasetsItems
        c.pointee.new_byte_count = newByteCount
        return c
    }
}

public struct ListVersions: Sendable, Equatable {
    public var model: String
    /// only versions lower than this one; empty: all
    public var before: String

    public init(
        model: String = "",
        before: String = ""
    ) {
        self.model = model
        self.before = before
    }
}

extension ListVersions: WireMessage {
    public static let name = "cairn.ListVersions"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__list_versions__unpack) {
            (c: Cairn__ListVersions) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ListVersions) throws(MessageError) {
        self.model = try Arena.text(c.model, "ListVersions.model")
        self.before = try Arena.text(c.before, "ListVersions.before")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ListVersions> {
        let c = try arena.new(Cairn__ListVersions.self)
        cairn__list_versions__init(c)
        if !model.isEmpty { c.pointee.model = try arena.string(model, "ListVersions.model") }
        if !before.isEmpty { c.pointee.before = try arena.string(before, "ListVersions.before") }
        return c
    }
}

/// Without config, params, dependencies, data sets and code: ResolveVersion has them.
public struct VersionList: Sendable, Equatable {
    /// lowest first
    public var versions: [VersionRecord]
    /// lower ones that one message had no room for; ask with `before`
    public var leftOutCount: UInt32

    public init(
        versions: [VersionRecord] = [],
        leftOutCount: UInt32 = 0
    ) {
        self.versions = versions
        self.leftOutCount = leftOutCount
    }
}

extension VersionList: WireMessage {
    public static let name = "cairn.VersionList"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__version_list__unpack) {
            (c: Cairn__VersionList) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__VersionList) throws(MessageError) {
        self.versions = try Arena.map(c.versions, c.n_versions) { item throws(MessageError) in try VersionRecord(try Arena.pointee(item, "VersionList.versions")) }
        self.leftOutCount = c.left_out_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__VersionList> {
        let c = try arena.new(Cairn__VersionList.self)
        cairn__version_list__init(c)
        let versionsItems = try arena.array(of: UnsafeMutablePointer<Cairn__VersionRecord>?.self, count: versions.count)
        for (index, value) in versions.enumerated() { versionsItems[index] = try value.fill(arena) }
        c.pointee.n_versions = versions.count
        c.pointee.versions = versionsItems
        c.pointee.left_out_count = leftOutCount
        return c
    }
}

public struct ListModels: Sendable, Equatable {
    public init() {}
}

extension ListModels: WireMessage {
    public static let name = "cairn.ListModels"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__list_models__unpack) {
            (c: Cairn__ListModels) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ListModels) throws(MessageError) {
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ListModels> {
        let c = try arena.new(Cairn__ListModels.self)
        cairn__list_models__init(c)
        return c
    }
}

public struct ModelList: Sendable, Equatable {
    public var models: [String]

    public init(
        models: [String] = []
    ) {
        self.models = models
    }
}

extension ModelList: WireMessage {
    public static let name = "cairn.ModelList"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__model_list__unpack) {
            (c: Cairn__ModelList) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ModelList) throws(MessageError) {
        self.models = try Arena.map(c.models, c.n_models) { item throws(MessageError) in try Arena.text(item, "ModelList.models") }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ModelList> {
        let c = try arena.new(Cairn__ModelList.self)
        cairn__model_list__init(c)
        let modelsItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: models.count)
        for (index, value) in models.enumerated() { modelsItems[index] = try arena.string(value, "ModelList.models") }
        c.pointee.n_models = models.count
        c.pointee.models = modelsItems
        return c
    }
}

public struct GetManifest: Sendable, Equatable {
    public var manifestDigest: [UInt8]

    public init(
        manifestDigest: [UInt8] = []
    ) {
        self.manifestDigest = manifestDigest
    }
}

extension GetManifest: WireMessage {
    public static let name = "cairn.GetManifest"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__get_manifest__unpack) {
            (c: Cairn__GetManifest) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GetManifest) throws(MessageError) {
        self.manifestDigest = Arena.bytes(c.manifest_digest)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GetManifest> {
        let c = try arena.new(Cairn__GetManifest.self)
        cairn__get_manifest__init(c)
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        return c
    }
}

/// One per file; a file of more than 16,384 chunks comes in parts, in order.
public struct ManifestFile: Sendable, Equatable {
    public var file: FileEntry?

    public init(
        file: FileEntry? = nil
    ) {
        self.file = file
    }
}

extension ManifestFile: WireMessage {
    public static let name = "cairn.ManifestFile"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__manifest_file__unpack) {
            (c: Cairn__ManifestFile) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ManifestFile) throws(MessageError) {
        self.file = if let pointer = c.file { try FileEntry(pointer.pointee) } else { nil }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ManifestFile> {
        let c = try arena.new(Cairn__ManifestFile.self)
        cairn__manifest_file__init(c)
        if let file { c.pointee.file = try file.fill(arena) }
        return c
    }
}

public struct FetchChunks: Sendable, Equatable {
    /// at most 4,096; answered in this order
    public var digests: [[UInt8]]
    /// Empty, or for each of them a chunk that the asker holds (empty: none): what comes may be a difference to it.
    public var haveDigests: [[UInt8]]

    public init(
        digests: [[UInt8]] = [],
        haveDigests: [[UInt8]] = []
    ) {
        self.digests = digests
        self.haveDigests = haveDigests
    }
}

extension FetchChunks: WireMessage {
    public static let name = "cairn.FetchChunks"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__fetch_chunks__unpack) {
            (c: Cairn__FetchChunks) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__FetchChunks) throws(MessageError) {
        self.digests = try Arena.map(c.digests, c.n_digests) { item throws(MessageError) in Arena.bytes(item) }
        self.haveDigests = try Arena.map(c.have_digests, c.n_have_digests) { item throws(MessageError) in Arena.bytes(item) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__FetchChunks> {
        let c = try arena.new(Cairn__FetchChunks.self)
        cairn__fetch_chunks__init(c)
        let digestsItems = try arena.array(of: ProtobufCBinaryData.self, count: digests.count)
        for (index, value) in digests.enumerated() { digestsItems[index] = try arena.binary(value) }
        c.pointee.n_digests = digests.count
        c.pointee.digests = digestsItems
        let haveDigestsItems = try arena.array(of: ProtobufCBinaryData.self, count: haveDigests.count)
        for (index, value) in haveDigests.enumerated() { haveDigestsItems[index] = try arena.binary(value) }
        c.pointee.n_have_digests = haveDigests.count
        c.pointee.have_digests = haveDigestsItems
        return c
    }
}

/// The attachment is the chunk's raw bytes (code 0), or a code of them: 3 and 4 are differences to the
/// chunk that the asker holds; the codes are those of packs.
public struct Chunk: Sendable, Equatable {
    public var digest: [UInt8]
    public var code: UInt32
    /// as in SendChunk
    public var element: UInt32

    public init(
        digest: [UInt8] = [],
        code: UInt32 = 0,
        element: UInt32 = 0
    ) {
        self.digest = digest
        self.code = code
        self.element = element
    }
}

extension Chunk: WireMessage {
    public static let name = "cairn.Chunk"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__chunk__unpack) {
            (c: Cairn__Chunk) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__Chunk) throws(MessageError) {
        self.digest = Arena.bytes(c.digest)
        self.code = c.code
        self.element = c.element
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__Chunk> {
        let c = try arena.new(Cairn__Chunk.self)
        cairn__chunk__init(c)
        if !digest.isEmpty { c.pointee.digest = try arena.binary(digest) }
        c.pointee.code = code
        c.pointee.element = element
        return c
    }
}

public struct VerifyVersion: Sendable, Equatable {
    /// empty: every version
    public var reference: String
    /// the part of the chunks that is read, over 0 to 1; 0 means all
    public var sample: Double
    /// which ones: the same seed reads the same
    public var seed: UInt64

    public init(
        reference: String = "",
        sample: Double = 0,
        seed: UInt64 = 0
    ) {
        self.reference = reference
        self.sample = sample
        self.seed = seed
    }
}

extension VerifyVersion: WireMessage {
    public static let name = "cairn.VerifyVersion"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__verify_version__unpack) {
            (c: Cairn__VerifyVersion) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__VerifyVersion) throws(MessageError) {
        self.reference = try Arena.text(c.reference, "VerifyVersion.reference")
        self.sample = c.sample
        self.seed = c.seed
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__VerifyVersion> {
        let c = try arena.new(Cairn__VerifyVersion.self)
        cairn__verify_version__init(c)
        if !reference.isEmpty { c.pointee.reference = try arena.string(reference, "VerifyVersion.reference") }
        c.pointee.sample = sample
        c.pointee.seed = seed
        return c
    }
}

public struct VerifyProgress: Sendable, Equatable {
    public var checkedChunkCount: UInt64
    public var chunkCount: UInt64
    /// in the last message; one sentence each: what is damaged, which
    public var damages: [String]
    /// versions need it; of more than 1,000 the rest is counted
    public var done: Bool
    public var versionCount: UInt64
    /// in the last message, at most 1,000
    public var damaged: [DamagedChunk]

    public init(
        checkedChunkCount: UInt64 = 0,
        chunkCount: UInt64 = 0,
        damages: [String] = [],
        done: Bool = false,
        versionCount: UInt64 = 0,
        damaged: [DamagedChunk] = []
    ) {
        self.checkedChunkCount = checkedChunkCount
        self.chunkCount = chunkCount
        self.damages = damages
        self.done = done
        self.versionCount = versionCount
        self.damaged = damaged
    }
}

extension VerifyProgress: WireMessage {
    public static let name = "cairn.VerifyProgress"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__verify_progress__unpack) {
            (c: Cairn__VerifyProgress) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__VerifyProgress) throws(MessageError) {
        self.checkedChunkCount = c.checked_chunk_count
        self.chunkCount = c.chunk_count
        self.damages = try Arena.map(c.damages, c.n_damages) { item throws(MessageError) in try Arena.text(item, "VerifyProgress.damages") }
        self.done = c.done != 0
        self.versionCount = c.version_count
        self.damaged = try Arena.map(c.damaged, c.n_damaged) { item throws(MessageError) in try DamagedChunk(try Arena.pointee(item, "VerifyProgress.damaged")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__VerifyProgress> {
        let c = try arena.new(Cairn__VerifyProgress.self)
        cairn__verify_progress__init(c)
        c.pointee.checked_chunk_count = checkedChunkCount
        c.pointee.chunk_count = chunkCount
        let damagesItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: damages.count)
        for (index, value) in damages.enumerated() { damagesItems[index] = try arena.string(value, "VerifyProgress.damages") }
        c.pointee.n_damages = damages.count
        c.pointee.damages = damagesItems
        c.pointee.done = done ? 1 : 0
        c.pointee.version_count = versionCount
        let damagedItems = try arena.array(of: UnsafeMutablePointer<Cairn__DamagedChunk>?.self, count: damaged.count)
        for (index, value) in damaged.enumerated() { damagedItems[index] = try value.fill(arena) }
        c.pointee.n_damaged = damaged.count
        c.pointee.damaged = damagedItems
        return c
    }
}

/// A good copy, sent by MendChunks, takes its place.
public struct DamagedChunk: Sendable, Equatable {
    public var digest: [UInt8]
    public var byteCount: UInt32

    public init(
        digest: [UInt8] = [],
        byteCount: UInt32 = 0
    ) {
        self.digest = digest
        self.byteCount = byteCount
    }
}

extension DamagedChunk: WireMessage {
    public static let name = "cairn.DamagedChunk"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__damaged_chunk__unpack) {
            (c: Cairn__DamagedChunk) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__DamagedChunk) throws(MessageError) {
        self.digest = Arena.bytes(c.digest)
        self.byteCount = c.byte_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__DamagedChunk> {
        let c = try arena.new(Cairn__DamagedChunk.self)
        cairn__damaged_chunk__init(c)
        if !digest.isEmpty { c.pointee.digest = try arena.binary(digest) }
        c.pointee.byte_count = byteCount
        return c
    }
}

public struct SetAlias: Sendable, Equatable {
    public var model: String
    public var alias: String
    /// empty: the alias is removed
    public var number: String

    public init(
        model: String = "",
        alias: String = "",
        number: String = ""
    ) {
        self.model = model
        self.alias = alias
        self.number = number
    }
}

extension SetAlias: WireMessage {
    public static let name = "cairn.SetAlias"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__set_alias__unpack) {
            (c: Cairn__SetAlias) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__SetAlias) throws(MessageError) {
        self.model = try Arena.text(c.model, "SetAlias.model")
        self.alias = try Arena.text(c.alias, "SetAlias.alias")
        self.number = try Arena.text(c.number, "SetAlias.number")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__SetAlias> {
        let c = try arena.new(Cairn__SetAlias.self)
        cairn__set_alias__init(c)
        if !model.isEmpty { c.pointee.model = try arena.string(model, "SetAlias.model") }
        if !alias.isEmpty { c.pointee.alias = try arena.string(alias, "SetAlias.alias") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "SetAlias.number") }
        return c
    }
}

/// Operator → ingest. The version can no longer be asked for; its number stays taken. Refused while an
/// alias names it or somebody pins it. The room of its chunks is given back by CollectGarbage.
public struct DeleteVersion: Sendable, Equatable {
    public var model: String
    public var number: String
    /// for people, at most 4,096 bytes
    public var reason: String

    public init(
        model: String = "",
        number: String = "",
        reason: String = ""
    ) {
        self.model = model
        self.number = number
        self.reason = reason
    }
}

extension DeleteVersion: WireMessage {
    public static let name = "cairn.DeleteVersion"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__delete_version__unpack) {
            (c: Cairn__DeleteVersion) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__DeleteVersion) throws(MessageError) {
        self.model = try Arena.text(c.model, "DeleteVersion.model")
        self.number = try Arena.text(c.number, "DeleteVersion.number")
        self.reason = try Arena.text(c.reason, "DeleteVersion.reason")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__DeleteVersion> {
        let c = try arena.new(Cairn__DeleteVersion.self)
        cairn__delete_version__init(c)
        if !model.isEmpty { c.pointee.model = try arena.string(model, "DeleteVersion.model") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "DeleteVersion.number") }
        if !reason.isEmpty { c.pointee.reason = try arena.string(reason, "DeleteVersion.reason") }
        return c
    }
}

/// Operator → ingest. Deletes the versions of a model that no rule keeps.
public struct RetainVersions: Sendable, Equatable {
    public var model: String
    /// 1 or more
    public var keepLast: UInt32
    /// at most 64
    public var keepBest: [KeepBest]
    /// at most 64
    public var keepTagged: [KeepTagged]
    /// checkpoints without a version that are older go too; 0: none
    public var dropCheckpointsMs: UInt64
    /// without it nothing changes: the report says what would go
    public var apply: Bool
    public var reason: String

    public init(
        model: String = "",
        keepLast: UInt32 = 0,
        keepBest: [KeepBest] = [],
        keepTagged: [KeepTagged] = [],
        dropCheckpointsMs: UInt64 = 0,
        apply: Bool = false,
        reason: String = ""
    ) {
        self.model = model
        self.keepLast = keepLast
        self.keepBest = keepBest
        self.keepTagged = keepTagged
        self.dropCheckpointsMs = dropCheckpointsMs
        self.apply = apply
        self.reason = reason
    }
}

extension RetainVersions: WireMessage {
    public static let name = "cairn.RetainVersions"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__retain_versions__unpack) {
            (c: Cairn__RetainVersions) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__RetainVersions) throws(MessageError) {
        self.model = try Arena.text(c.model, "RetainVersions.model")
        self.keepLast = c.keep_last
        self.keepBest = try Arena.map(c.keep_best, c.n_keep_best) { item throws(MessageError) in try KeepBest(try Arena.pointee(item, "RetainVersions.keep_best")) }
        self.keepTagged = try Arena.map(c.keep_tagged, c.n_keep_tagged) { item throws(MessageError) in try KeepTagged(try Arena.pointee(item, "RetainVersions.keep_tagged")) }
        self.dropCheckpointsMs = c.drop_checkpoints_ms
        self.apply = c.apply != 0
        self.reason = try Arena.text(c.reason, "RetainVersions.reason")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__RetainVersions> {
        let c = try arena.new(Cairn__RetainVersions.self)
        cairn__retain_versions__init(c)
        if !model.isEmpty { c.pointee.model = try arena.string(model, "RetainVersions.model") }
        c.pointee.keep_last = keepLast
        let keepBestItems = try arena.array(of: UnsafeMutablePointer<Cairn__KeepBest>?.self, count: keepBest.count)
        for (index, value) in keepBest.enumerated() { keepBestItems[index] = try value.fill(arena) }
        c.pointee.n_keep_best = keepBest.count
        c.pointee.keep_best = keepBestItems
        let keepTaggedItems = try arena.array(of: UnsafeMutablePointer<Cairn__KeepTagged>?.self, count: keepTagged.count)
        for (index, value) in keepTagged.enumerated() { keepTaggedItems[index] = try value.fill(arena) }
        c.pointee.n_keep_tagged = keepTagged.count
        c.pointee.keep_tagged = keepTaggedItems
        c.pointee.drop_checkpoints_ms = dropCheckpointsMs
        c.pointee.apply = apply ? 1 : 0
        if !reason.isEmpty { c.pointee.reason = try arena.string(reason, "RetainVersions.reason") }
        return c
    }
}

public struct KeepBest: Sendable, Equatable {
    public var metric: String
    /// 0 means 1
    public var count: UInt32
    public var lowerIsBetter: Bool

    public init(
        metric: String = "",
        count: UInt32 = 0,
        lowerIsBetter: Bool = false
    ) {
        self.metric = metric
        self.count = count
        self.lowerIsBetter = lowerIsBetter
    }
}

extension KeepBest: WireMessage {
    public static let name = "cairn.KeepBest"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__keep_best__unpack) {
            (c: Cairn__KeepBest) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__KeepBest) throws(MessageError) {
        self.metric = try Arena.text(c.metric, "KeepBest.metric")
        self.count = c.count
        self.lowerIsBetter = c.lower_is_better != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__KeepBest> {
        let c = try arena.new(Cairn__KeepBest.self)
        cairn__keep_best__init(c)
        if !metric.isEmpty { c.pointee.metric = try arena.string(metric, "KeepBest.metric") }
        c.pointee.count = count
        c.pointee.lower_is_better = lowerIsBetter ? 1 : 0
        return c
    }
}

/// A tag of the version's run, or a key of its configuration.
public struct KeepTagged: Sendable, Equatable {
    public var key: String
    /// empty: any
    public var value: String

    public init(
        key: String = "",
        value: String = ""
    ) {
        self.key = key
        self.value = value
    }
}

extension KeepTagged: WireMessage {
    public static let name = "cairn.KeepTagged"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__keep_tagged__unpack) {
            (c: Cairn__KeepTagged) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__KeepTagged) throws(MessageError) {
        self.key = try Arena.text(c.key, "KeepTagged.key")
        self.value = try Arena.text(c.value, "KeepTagged.value")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__KeepTagged> {
        let c = try arena.new(Cairn__KeepTagged.self)
        cairn__keep_tagged__init(c)
        if !key.isEmpty { c.pointee.key = try arena.string(key, "KeepTagged.key") }
        if !value.isEmpty { c.pointee.value = try arena.string(value, "KeepTagged.value") }
        return c
    }
}

public struct RetentionReport: Sendable, Equatable {
    /// lowest first
    public var versions: [RetentionFate]
    public var droppedCheckpointCount: UInt32
    /// without a version
    public var keptCheckpointCount: UInt32

    public init(
        versions: [RetentionFate] = [],
        droppedCheckpointCount: UInt32 = 0,
        keptCheckpointCount: UInt32 = 0
    ) {
        self.versions = versions
        self.droppedCheckpointCount = droppedCheckpointCount
        self.keptCheckpointCount = keptCheckpointCount
    }
}

extension RetentionReport: WireMessage {
    public static let name = "cairn.RetentionReport"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__retention_report__unpack) {
            (c: Cairn__RetentionReport) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__RetentionReport) throws(MessageError) {
        self.versions = try Arena.map(c.versions, c.n_versions) { item throws(MessageError) in try RetentionFate(try Arena.pointee(item, "RetentionReport.versions")) }
        self.droppedCheckpointCount = c.dropped_checkpoint_count
        self.keptCheckpointCount = c.kept_checkpoint_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__RetentionReport> {
        let c = try arena.new(Cairn__RetentionReport.self)
        cairn__retention_report__init(c)
        let versionsItems = try arena.array(of: UnsafeMutablePointer<Cairn__RetentionFate>?.self, count: versions.count)
        for (index, value) in versions.enumerated() { versionsItems[index] = try value.fill(arena) }
        c.pointee.n_versions = versions.count
        c.pointee.versions = versionsItems
        c.pointee.dropped_checkpoint_count = droppedCheckpointCount
        c.pointee.kept_checkpoint_count = keptCheckpointCount
        return c
    }
}

public struct RetentionFate: Sendable, Equatable {
    public var number: String
    /// empty: it goes, or went
    public var keptBecause: [String]
    /// of its files
    public var byteCount: UInt64

    public init(
        number: String = "",
        keptBecause: [String] = [],
        byteCount: UInt64 = 0
    ) {
        self.number = number
        self.keptBecause = keptBecause
        self.byteCount = byteCount
    }
}

extension RetentionFate: WireMessage {
    public static let name = "cairn.RetentionFate"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__retention_fate__unpack) {
            (c: Cairn__RetentionFate) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__RetentionFate) throws(MessageError) {
        self.number = try Arena.text(c.number, "RetentionFate.number")
        self.keptBecause = try Arena.map(c.kept_because, c.n_kept_because) { item throws(MessageError) in try Arena.text(item, "RetentionFate.kept_because") }
        self.byteCount = c.byte_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__RetentionFate> {
        let c = try arena.new(Cairn__RetentionFate.self)
        cairn__retention_fate__init(c)
        if !number.isEmpty { c.pointee.number = try arena.string(number, "RetentionFate.number") }
        let keptBecauseItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: keptBecause.count)
        for (index, value) in keptBecause.enumerated() { keptBecauseItems[index] = try arena.string(value, "RetentionFate.kept_because") }
        c.pointee.n_kept_because = keptBecause.count
        c.pointee.kept_because = keptBecauseItems
        c.pointee.byte_count = byteCount
        return c
    }
}

/// Controller → ingest. Safe to repeat. A pinned version cannot be deleted.
public struct PinVersion: Sendable, Equatable {
    public var manifestDigest: [UInt8]
    /// "target prod/chat"
    public var holder: String
    public var reason: String

    public init(
        manifestDigest: [UInt8] = [],
        holder: String = "",
        reason: String = ""
    ) {
        self.manifestDigest = manifestDigest
        self.holder = holder
        self.reason = reason
    }
}

extension PinVersion: WireMessage {
    public static let name = "cairn.PinVersion"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__pin_version__unpack) {
            (c: Cairn__PinVersion) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__PinVersion) throws(MessageError) {
        self.manifestDigest = Arena.bytes(c.manifest_digest)
        self.holder = try Arena.text(c.holder, "PinVersion.holder")
        self.reason = try Arena.text(c.reason, "PinVersion.reason")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__PinVersion> {
        let c = try arena.new(Cairn__PinVersion.self)
        cairn__pin_version__init(c)
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        if !holder.isEmpty { c.pointee.holder = try arena.string(holder, "PinVersion.holder") }
        if !reason.isEmpty { c.pointee.reason = try arena.string(reason, "PinVersion.reason") }
        return c
    }
}

public struct UnpinVersion: Sendable, Equatable {
    public var manifestDigest: [UInt8]
    public var holder: String

    public init(
        manifestDigest: [UInt8] = [],
        holder: String = ""
    ) {
        self.manifestDigest = manifestDigest
        self.holder = holder
    }
}

extension UnpinVersion: WireMessage {
    public static let name = "cairn.UnpinVersion"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__unpin_version__unpack) {
            (c: Cairn__UnpinVersion) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__UnpinVersion) throws(MessageError) {
        self.manifestDigest = Arena.bytes(c.manifest_digest)
        self.holder = try Arena.text(c.holder, "UnpinVersion.holder")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__UnpinVersion> {
        let c = try arena.new(Cairn__UnpinVersion.self)
        cairn__unpin_version__init(c)
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        if !holder.isEmpty { c.pointee.holder = try arena.string(holder, "UnpinVersion.holder") }
        return c
    }
}

/// Operator → ingest. Gives back the room of chunks that no checkpoint needs.
public struct CollectGarbage: Sendable, Equatable {
    /// without it nothing changes: the report says what would go
    public var apply: Bool
    /// uploads that were quiet for longer hold nothing; 0 means 24 h
    public var graceMs: UInt64

    public init(
        apply: Bool = false,
        graceMs: UInt64 = 0
    ) {
        self.apply = apply
        self.graceMs = graceMs
    }
}

extension CollectGarbage: WireMessage {
    public static let name = "cairn.CollectGarbage"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__collect_garbage__unpack) {
            (c: Cairn__CollectGarbage) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__CollectGarbage) throws(MessageError) {
        self.apply = c.apply != 0
        self.graceMs = c.grace_ms
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__CollectGarbage> {
        let c = try arena.new(Cairn__CollectGarbage.self)
        cairn__collect_garbage__init(c)
        c.pointee.apply = apply ? 1 : 0
        c.pointee.grace_ms = graceMs
        return c
    }
}

public struct GarbageReport: Sendable, Equatable {
    /// needed by a checkpoint, or held by an upload
    public var keptChunkCount: UInt64
    /// as they lie in the store
    public var keptByteCount: UInt64
    /// in no checkpoint, but one is kept as a difference to it
    public var parentChunkCount: UInt64
    public var parentByteCount: UInt64
    public var garbageChunkCount: UInt64
    public var garbageByteCount: UInt64
    /// 0 without `apply`; less than the garbage where packs are mixed
    public var freedByteCount: UInt64
    /// what keeps chunks: "12 versions and checkpoints of chat", …
    public var holders: [String]

    public init(
        keptChunkCount: UInt64 = 0,
        keptByteCount: UInt64 = 0,
        parentChunkCount: UInt64 = 0,
        parentByteCount: UInt64 = 0,
        garbageChunkCount: UInt64 = 0,
        garbageByteCount: UInt64 = 0,
        freedByteCount: UInt64 = 0,
        holders: [String] = []
    ) {
        self.keptChunkCount = keptChunkCount
        self.keptByteCount = keptByteCount
        self.parentChunkCount = parentChunkCount
        self.parentByteCount = parentByteCount
        self.garbageChunkCount = garbageChunkCount
        self.garbageByteCount = garbageByteCount
        self.freedByteCount = freedByteCount
        self.holders = holders
    }
}

extension GarbageReport: WireMessage {
    public static let name = "cairn.GarbageReport"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__garbage_report__unpack) {
            (c: Cairn__GarbageReport) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GarbageReport) throws(MessageError) {
        self.keptChunkCount = c.kept_chunk_count
        self.keptByteCount = c.kept_byte_count
        self.parentChunkCount = c.parent_chunk_count
        self.parentByteCount = c.parent_byte_count
        self.garbageChunkCount = c.garbage_chunk_count
        self.garbageByteCount = c.garbage_byte_count
        self.freedByteCount = c.freed_byte_count
        self.holders = try Arena.map(c.holders, c.n_holders) { item throws(MessageError) in try Arena.text(item, "GarbageReport.holders") }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GarbageReport> {
        let c = try arena.new(Cairn__GarbageReport.self)
        cairn__garbage_report__init(c)
        c.pointee.kept_chunk_count = keptChunkCount
        c.pointee.kept_byte_count = keptByteCount
        c.pointee.parent_chunk_count = parentChunkCount
        c.pointee.parent_byte_count = parentByteCount
        c.pointee.garbage_chunk_count = garbageChunkCount
        c.pointee.garbage_byte_count = garbageByteCount
        c.pointee.freed_byte_count = freedByteCount
        let holdersItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: holders.count)
        for (index, value) in holders.enumerated() { holdersItems[index] = try arena.string(value, "GarbageReport.holders") }
        c.pointee.n_holders = holders.count
        c.pointee.holders = holdersItems
        return c
    }
}

public struct GetIngestStatus: Sendable, Equatable {
    public init() {}
}

extension GetIngestStatus: WireMessage {
    public static let name = "cairn.GetIngestStatus"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__get_ingest_status__unpack) {
            (c: Cairn__GetIngestStatus) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GetIngestStatus) throws(MessageError) {
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GetIngestStatus> {
        let c = try arena.new(Cairn__GetIngestStatus.self)
        cairn__get_ingest_status__init(c)
        return c
    }
}

public struct IngestStatus: Sendable, Equatable {
    public var modelCount: UInt64
    public var versionCount: UInt64
    public var chunkCount: UInt64
    public var storedByteCount: UInt64
    /// on the disk that holds the chunks
    public var freeByteCount: UInt64
    public var openUploadCount: UInt64
    public var undeliveredEventCount: UInt64
    /// found damaged and not replaced yet
    public var damagedChunkCount: UInt64
    /// read back and checked since the start
    public var scrubbedChunkCount: UInt64
    /// when every chunk had been read once, last; 0: not yet
    public var scrubEndedUnixMs: Int64

    public init(
        modelCount: UInt64 = 0,
        versionCount: UInt64 = 0,
        chunkCount: UInt64 = 0,
        storedByteCount: UInt64 = 0,
        freeByteCount: UInt64 = 0,
        openUploadCount: UInt64 = 0,
        undeliveredEventCount: UInt64 = 0,
        damagedChunkCount: UInt64 = 0,
        scrubbedChunkCount: UInt64 = 0,
        scrubEndedUnixMs: Int64 = 0
    ) {
        self.modelCount = modelCount
        self.versionCount = versionCount
        self.chunkCount = chunkCount
        self.storedByteCount = storedByteCount
        self.freeByteCount = freeByteCount
        self.openUploadCount = openUploadCount
        self.undeliveredEventCount = undeliveredEventCount
        self.damagedChunkCount = damagedChunkCount
        self.scrubbedChunkCount = scrubbedChunkCount
        self.scrubEndedUnixMs = scrubEndedUnixMs
    }
}

extension IngestStatus: WireMessage {
    public static let name = "cairn.IngestStatus"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__ingest_status__unpack) {
            (c: Cairn__IngestStatus) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__IngestStatus) throws(MessageError) {
        self.modelCount = c.model_count
        self.versionCount = c.version_count
        self.chunkCount = c.chunk_count
        self.storedByteCount = c.stored_byte_count
        self.freeByteCount = c.free_byte_count
        self.openUploadCount = c.open_upload_count
        self.undeliveredEventCount = c.undelivered_event_count
        self.damagedChunkCount = c.damaged_chunk_count
        self.scrubbedChunkCount = c.scrubbed_chunk_count
        self.scrubEndedUnixMs = c.scrub_ended_unix_ms
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__IngestStatus> {
        let c = try arena.new(Cairn__IngestStatus.self)
        cairn__ingest_status__init(c)
        c.pointee.model_count = modelCount
        c.pointee.version_count = versionCount
        c.pointee.chunk_count = chunkCount
        c.pointee.stored_byte_count = storedByteCount
        c.pointee.free_byte_count = freeByteCount
        c.pointee.open_upload_count = openUploadCount
        c.pointee.undelivered_event_count = undeliveredEventCount
        c.pointee.damaged_chunk_count = damagedChunkCount
        c.pointee.scrubbed_chunk_count = scrubbedChunkCount
        c.pointee.scrub_ended_unix_ms = scrubEndedUnixMs
        return c
    }
}
