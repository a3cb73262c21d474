import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// Data sets: stored once by digest, named by name and version.
extension EvaluatorService {
    static let partByteCount = 1 << 20

    func addDatasets(to routes: inout RPCRoutes) {
        routes.clientStream(EvaluatorMethods.addDataset) { [self] parts, _ in
            try await answering { try await add(parts) }
        }
        routes.unary(EvaluatorMethods.listDatasets) { [self] _, _ in
            try await answering {
                DatasetList(datasets: try await ledger.datasetRecords())
            }
        }
        routes.serverStream(EvaluatorMethods.fetchDataset) { [self] request, parts, _ in
            try await answering {
                let digest = try WireChecks.digest(request.digest, "digest")
                guard let file = try await files.open(.dataset(digest)) else {
                    throw RPCError(.notFound, "there is no data set \(digest.short)")
                }
                try await file.forEachPart { offset, part in
                    try await parts.send(DatasetPart(offset: offset), attachment: part)
                }
            }
        }
    }

    /// **Order:** the bytes are durable, and meet their schema, before a name points at them.
    private func add(_ parts: Incoming<AddDataset>) async throws -> DatasetRecord {
        guard let (first, attachment) = try await parts.next() else {
            throw RPCError(.invalidArgument, "the first message names the data set; none came")
        }
        let name = try Checks.name(first.name, "data set")
        let digest = try WireChecks.digest(first.digest, "digest")
        let fileName = try Checks.fileName(first.fileName)
        let schema = try Checks.schema(first.schema)
        let check = try schema.map { try SchemaReading($0, fileName, settings.metricsWorkerCount) }
        let byteCount: UInt64
        if let file = try await files.open(.dataset(digest)) {
            byteCount = try await file.byteCount
            if let check {
                try await file.forEachPart { _, part in try await check.append(part) }
                try await check.finish(try await file.byteSource())
            }
        } else {
            byteCount = try await receive(parts, attachment, digest, check)
        }
        let dataset = NewDataset(
            name: name, digest: digest, byteCount: byteCount, fileName: fileName)
        return try await ledger.add(dataset, schema: schema)
    }

    private func receive(
        _ parts: Incoming<AddDataset>, _ first: SharedBytes?, _ digest: Digest,
        _ check: SchemaReading?
    ) async throws -> UInt64 {
        let file = try await files.newFile()
        do {
            var builder = DigestBuilder()
            var (byteCount, attachment) = (UInt64(0), first)
            while true {
                if let attachment {
                    attachment.withUnsafeBytes { builder.append($0) }
                    byteCount += UInt64(attachment.count)
                    try await check?.append(attachment)
                    try await file.append(attachment)
                }
                guard let next = try await parts.next() else { break }
                attachment = next.attachment
            }
            let found = builder.digest()
            guard found == digest else {
                throw RPCError(
                    .invalidArgument,
                    "the \(byteCount) bytes that came hash to \(found.short)…, the call said "
                        + "\(digest.short)…. Nothing was stored; send the file again")
            }
            if let check { try await check.finish(try await file.byteSource()) }
            try await file.commit(as: .dataset(digest))
            return byteCount
        } catch {
            await file.discard()
            throw error
        }
    }

    /// The truth of a suite's data set with the columns that the suite names, its bytes verified
    /// against the digest.
    /// - Throws: `InputError` where the data set does not fit the suite.
    func examples(of suite: EvaluationSuite) async throws -> ExampleSet {
        guard let dataset = try await ledger.with({ store, _ in try store.dataset(suite.dataset) }),
            let format = RowFormat(fileName: dataset.dataset.fileName),
            let file = try await files.open(.dataset(suite.dataset))
        else {
            throw RPCError(
                .notFound,
                "the evaluator has no data set \(suite.dataset.short)…; `cairn dataset add FILE` "
                    + "adds one")
        }
        try await verify(file, dataset)
        let (source, workerCount) = (try await file.byteSource(), settings.metricsWorkerCount)
        return try await Compute.run {
            Result { () throws(InputError) in
                try ExampleSet(
                    reading: source, format: format, task: suite.task,
                    columns: DatasetColumns(suite), workerCount: workerCount)
            }
        }.get()
    }

    private func verify(_ file: any ReadableFile, _ dataset: StoredDataset) async throws {
        var builder = DigestBuilder()
        try await file.forEachPart { _, part in part.withUnsafeBytes { builder.append($0) } }
        let found = builder.digest()
        guard found == dataset.dataset.digest else {
            throw RPCError(
                .dataLoss,
                "the data set \(dataset.dataset.name)@\(dataset.version) was changed on disk: it is "
                    + "pinned by its digest \(dataset.dataset.digest.hex), and the bytes there hash to "
                    + "\(found.hex). A test set never changes, so nothing is measured on it. Remove "
                    + "the file and add the old bytes again with `cairn dataset add`; other bytes are "
                    + "another version")
        }
    }
}

extension DatasetColumns {
    init(_ suite: EvaluationSuite) {
        let weight = suite.options.weightColumn
        self.init(
            label: suite.labelColumn, weight: weight.isEmpty ? nil : weight,
            slices: suite.options.slices)
    }
}

extension ReadableFile {
    /// Gives the file in parts, from its beginning to its present end.
    func forEachPart(_ body: (UInt64, SharedBytes) async throws -> Void) async throws {
        var offset: UInt64 = 0
        while true {
            let part = try await read(at: offset, count: EvaluatorService.partByteCount)
            if part.count == 0 { return }
            try await body(offset, part)
            offset += UInt64(part.count)
        }
    }
}
