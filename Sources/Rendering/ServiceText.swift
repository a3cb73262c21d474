import Messages

/// What a service holds, in a line.
public enum ServiceText {
    public static func line(_ status: IngestStatus) -> String {
        var parts = [
            Quantity.count(status.modelCount, of: "model"),
            Quantity.count(status.versionCount, of: "version"),
            "\(Quantity.bytes(status.storedByteCount)) stored",
            "\(Quantity.bytes(status.freeByteCount)) free",
        ]
        if status.openUploadCount > 0 {
            parts.append(Quantity.count(status.openUploadCount, of: "open upload"))
        }
        return joined(parts, undelivered: status.undeliveredEventCount)
    }

    public static func line(_ status: EvaluatorStatus) -> String {
        var parts = [
            Quantity.count(status.datasetCount, of: "data set"),
            Quantity.count(status.suiteCount, of: "suite"),
            Quantity.count(status.evaluationCount, of: "evaluation"),
        ]
        if status.queuedCount > 0 { parts.append("\(Quantity.count(status.queuedCount)) queued") }
        return joined(parts, undelivered: status.undeliveredEventCount)
    }

    public static func line(_ status: ControllerStatus) -> String {
        joined(
            [
                Quantity.count(status.targetCount, of: "target"),
                "\(Quantity.count(status.liveAttemptCount)) live",
                Quantity.count(status.participantCount, of: "participant"),
            ], undelivered: status.undeliveredEventCount)
    }

    private static func joined(_ parts: [String], undelivered: UInt64) -> String {
        let waiting = undelivered == 0 ? [] : ["\(Quantity.count(undelivered)) not delivered yet"]
        return (parts + waiting).joined(separator: ", ")
    }
}
