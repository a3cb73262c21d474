import CairnCore
import Deployment

/// What Alertmanager posts to a webhook, as far as it can concern a rollout.
///
/// Source: prometheus.io/docs/alerting/latest/configuration, webhook_config, version "4".
struct AlertmanagerNotice: Equatable, Sendable {
    struct Item: Equatable, Sendable {
        var isFiring: Bool
        /// `prod/chat`; empty: every target of `model`.
        var target: String
        var model: String
        /// `nil`: its labels do not ask for a rollback of a version; the text says what is missing.
        var alert: Alert?
        var lack: String
        var name: String
    }

    var items: [Item]
    /// Alerts that Alertmanager left out.
    var truncatedCount: Int

    static let alertsMax = 1_000

    struct Malformed: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    init(_ body: [UInt8]) throws(Malformed) {
        guard let text = String(validating: body, as: UTF8.self) else {
            throw Malformed(description: "the body is not UTF-8")
        }
        let json: JSONText
        do throws(JSONError) {
            json = try JSONText(parsing: text)
        } catch {
            throw Malformed(description: "the body is \(error)")
        }
        guard json["version"]?.string == "4" else {
            throw Malformed(
                description: "expected a webhook of Alertmanager with \"version\": \"4\", got "
                    + (json["version"]?.compact ?? "none"))
        }
        guard let alerts = json["alerts"]?.array, alerts.count <= Self.alertsMax else {
            throw Malformed(
                description: "expected alerts, a list of at most \(Self.alertsMax)")
        }
        var items: [Item] = []
        for (index, alert) in alerts.enumerated() { items.append(try Self.item(alert, index)) }
        self.items = items
        truncatedCount = json["truncatedAlerts"]?.int ?? 0
    }

    /// Rules may carry times of any zone: `2026-11-23T22:32:47.2+01:00`.
    private static func moment(_ text: String) -> Timestamp? {
        if text.hasSuffix("Z") { return Timestamp(text) }
        let (time, zone) = (text.dropLast(6), text.suffix(6))
        let parts = zone.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard let sign = zone.first, sign == "+" || sign == "-", parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 }), let hours = UInt8(parts[0]), hours < 24,
            let minutes = UInt8(parts[1]), minutes < 60, let local = Timestamp(time + "Z")
        else { return nil }
        let ahead = Duration.seconds(Int(hours) * 3_600 + Int(minutes) * 60)
        return sign == "+" ? local - ahead : local + ahead
    }

    private static func item(_ json: JSONText, _ index: Int) throws(Malformed) -> Item {
        let place = "alert \(index + 1)"
        func label(_ name: String) -> String { json["labels"]?[name]?.string ?? "" }
        let status = json["status"]?.string ?? ""
        guard status == "firing" || status == "resolved" else {
            throw Malformed(
                description:
                    "\(place): status is '\(status.prefix(40))', expected firing or resolved")
        }
        guard let text = json["startsAt"]?.string, let startsAt = moment(text) else {
            throw Malformed(description: "\(place): startsAt is no time of RFC 3339")
        }
        guard let fingerprint = json["fingerprint"]?.string,
            (1...64).contains(fingerprint.utf8.count)
        else { throw Malformed(description: "\(place) has no fingerprint") }
        let name = String(label("alertname").prefix(200))
        var item = Item(
            isFiring: status == "firing", target: label("target"), model: label("model"),
            alert: nil, lack: "", name: name.isEmpty ? fingerprint : name)
        guard label("action") == "rollback" else {
            item.lack = "it has no label action=\"rollback\""
            return item
        }
        guard !item.target.isEmpty || !item.model.isEmpty else {
            item.lack = "it has neither a label target nor model"
            return item
        }
        guard let number = VersionNumber(label("version")) else {
            item.lack = "its label version is '\(label("version").prefix(40))', expected 1.2.0"
            return item
        }
        let annotation = json["annotations"]?["summary"]?.string ?? ""
        item.alert = Alert(
            name: item.name, fingerprint: fingerprint, startsAt: startsAt, number: number,
            summary: String(annotation.prefix(500)))
        return item
    }
}
