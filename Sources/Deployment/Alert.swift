import CairnCore

/// A monitor's alert about a version: what a person or a rule there calls a reason to go back.
public struct Alert: Equatable, Sendable {
    public var name: String
    /// With `startsAt` the alert's identity: repeats of it carry the same.
    public var fingerprint: String
    public var startsAt: Timestamp
    public var number: VersionNumber
    public var summary: String

    public init(
        name: String, fingerprint: String, startsAt: Timestamp, number: VersionNumber,
        summary: String
    ) {
        (self.name, self.fingerprint, self.startsAt) = (name, fingerprint, startsAt)
        (self.number, self.summary) = (number, summary)
    }
}

extension Target {
    /// Why an alert is not acted on here; `nil`: it turns the live attempt back.
    public func objection(to alert: Alert) -> String? {
        guard let live = attempt, live.isLive, live.release.number == alert.number else {
            return "no rollout of \(alert.number) is under way on \(name)"
        }
        if live.wayBack != nil { return "\(alert.number) is on its way back already" }
        guard alert.startsAt >= live.startedAt else {
            return
                "it began at \(alert.startsAt), before attempt \(live.number) at \(live.startedAt)"
        }
        return nil
    }

    /// Turns the attempt back, latched: the version is kept out. That an alert is over is no event:
    /// it says that nobody complains, not that all is well.
    mutating func take(_ alert: Alert, _ change: inout Change, at now: Timestamp) {
        guard objection(to: alert) == nil else {
            change.isChange = false
            return
        }
        beginRollback(
            cause: "alert \(alert.name)" + (alert.summary.isEmpty ? "" : ": \(alert.summary)"),
            endsAs: .rolledBack, quarantines: true, ramps: false, &change, at: now)
    }
}

// MARK: As text of the log

extension Alert {
    func write(to line: inout EventLineWriter) {
        line.add("name", quoted: name)
        line.add("fingerprint", quoted: fingerprint)
        line.add("starts", startsAt.nanoseconds)
        line.add("version", number.number)
        line.add("summary", ifNotEmpty: summary)
    }

    init(_ line: inout EventLineReader) throws(EventTextError) {
        self.init(
            name: try line.text("name"), fingerprint: try line.text("fingerprint"),
            startsAt: Timestamp(nanoseconds: try line.number("starts")),
            number: try line.value("version", "a version number") { VersionNumber($0) },
            summary: line.textIfThere("summary"))
    }
}
