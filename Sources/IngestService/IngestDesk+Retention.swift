import CairnCore
import Ingestion
import Messages
import Ports

/// Deleting versions, one by one or by rules.
extension IngestDesk {
    public func delete(_ request: DeleteVersion, at time: Timestamp) throws -> VersionRecord {
        let model = try Checks.model(request.model)
        let number = try Checks.number(request.number)
        try Amount.checkText(request.reason, "the reason")
        let record = try record(of: model, number)
        guard record.pinnedBy.isEmpty else {
            throw IngestError(
                .refused,
                "\(model)@\(number) is pinned by \(record.pinnedBy.joined(separator: ", ")): it "
                    + "serves, or is what a rollback goes to. Nothing was deleted")
        }
        guard record.aliases.isEmpty else {
            throw IngestError(
                .refused,
                "the alias \(record.aliases.joined(separator: ", ")) names \(model)@\(number); move "
                    + "or remove it first. Nothing was deleted")
        }
        try catalog.apply(.delete([number], of: model, at: time, reason: request.reason))
        return record
    }

    public func retain(_ request: RetainVersions, at time: Timestamp) throws -> RetentionReport {
        let model = try Checks.model(request.model)
        try requireModel(model)
        let rules = try Self.rules(request)
        let records = try catalog.versions(of: model)
        let plan = RetentionPlan(rules, over: try records.map { try retained($0, of: model) })
        let loose = try catalog.looseCheckpoints(of: model)
        let dropped =
            try request.dropCheckpointsMs == 0
            ? [] : loose.filter { try isDropped($0, request.dropCheckpointsMs, at: time) }
        if request.apply {
            let going = plan.fates.filter(\.keptBecause.isEmpty).map(\.number)
            if !going.isEmpty {
                try catalog.apply(.delete(going, of: model, at: time, reason: request.reason))
            }
            let ids = dropped.compactMap { CheckpointID(bytes: $0.checkpointId) }
            if !ids.isEmpty { try catalog.apply(.deleteCheckpoints(ids, at: time)) }
        }
        let sizes = Dictionary(records.map { ($0.number, $0.byteCount) }) { first, _ in first }
        return RetentionReport(
            versions: plan.fates.map {
                RetentionFate(
                    number: $0.number.number, keptBecause: $0.keptBecause,
                    byteCount: sizes[$0.number.number] ?? 0)
            },
            droppedCheckpointCount: UInt32(dropped.count),
            keptCheckpointCount: UInt32(loose.count - dropped.count))
    }

    private static func rules(_ request: RetainVersions) throws(IngestError) -> RetentionRules {
        try Amount.check(request.keepBest.count, atMost: 64, "metrics to keep the best by")
        try Amount.check(request.keepTagged.count, atMost: 64, "tags to keep")
        try Amount.checkText(request.reason, "the reason")
        for best in request.keepBest { try Amount.checkKey(best.metric, "metric") }
        for tag in request.keepTagged { try Amount.checkKey(tag.key, "tag") }
        return try RetentionRules(
            keepLast: Int(request.keepLast),
            keepBest: request.keepBest.map {
                .init($0.metric, count: Int(max(1, $0.count)), isLowerBetter: $0.lowerIsBetter)
            },
            keepTagged: request.keepTagged.map { .init($0.key, $0.value.isEmpty ? nil : $0.value) })
    }

    private func retained(_ record: VersionRecord, of model: ModelName) throws -> RetainedVersion {
        guard let number = VersionNumber(record.number) else {
            throw CatalogError(.damaged, "the catalog holds the version number '\(record.number)'")
        }
        let whole = try completed(record)
        let run = try RunID(bytes: record.runId).flatMap { try catalog.run($0) }
        let tags = (run?.tags ?? []) + whole.config
        // What was measured at the commit counts before what the run measured last.
        let metrics = (run?.lastMetrics ?? []) + whole.metrics
        return RetainedVersion(
            number: number, aliases: whole.aliases, pinnedBy: whole.pinnedBy,
            metrics: Dictionary(metrics.map { ($0.name, $0.value) }) { _, last in last },
            tags: Dictionary(tags.map { ($0.key, $0.value) }) { _, last in last })
    }

    /// What a run that goes on would go on from stays, and what somebody pins.
    private func isDropped(
        _ checkpoint: VersionRecord, _ age: UInt64, at time: Timestamp
    ) throws -> Bool {
        guard UInt64(max(0, time.milliseconds - checkpoint.createdUnixMs)) > age else {
            return false
        }
        if let manifest = Digest(bytes: checkpoint.manifestDigest),
            try !catalog.holders(of: manifest).isEmpty
        {
            return false
        }
        guard let run = RunID(bytes: checkpoint.runId),
            try catalog.status(of: run) == .running
        else { return true }
        return try catalog.lastCheckpoint(of: run)?.bytes != checkpoint.checkpointId
    }
}
