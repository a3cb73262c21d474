import CairnCore
import Deployment
import Ports

/// Alertmanager's webhook: a firing alert that names a version under rollout turns it back.
extension ControllerService {
    /// An answer to Alertmanager: 5xx is asked again, 4xx is not.
    public struct AlertAnswer: Equatable, Sendable {
        public var status: Int
        public var text: String
    }

    /// Takes one body; done when what it orders is durable.
    public func takeAlerts(_ body: [UInt8]) async -> AlertAnswer {
        let notice: AlertmanagerNotice
        do throws(AlertmanagerNotice.Malformed) {
            notice = try AlertmanagerNotice(body)
        } catch {
            log("alerts were refused: \(error)")
            return AlertAnswer(status: 400, text: "\(error); nothing was done\n")
        }
        var lines: [String] = []
        if notice.truncatedCount > 0 {
            lines.append(
                "\(notice.truncatedCount) alerts were left out by Alertmanager: set max_alerts to 0"
            )
        }
        for item in notice.items {
            do {
                lines += try await take(item)
            } catch {
                log("alert \(item.name) was not taken: \(error)")
                return AlertAnswer(
                    status: 503, text: "alert \(item.name) was not taken: \(error); send it again\n"
                )
            }
        }
        return AlertAnswer(status: 200, text: lines.map { $0 + "\n" }.joined())
    }

    private func take(_ item: AlertmanagerNotice.Item) async throws -> [String] {
        guard item.isFiring else {
            return ["\(item.name): resolved, which says nothing of the version's health"]
        }
        guard let alert = item.alert else { return ["\(item.name): left alone: \(item.lack)"] }
        let targets = board.entries.map(\.target).filter { target in
            item.target.isEmpty
                ? target.model?.description == item.model : "\(target.name)" == item.target
        }
        guard !targets.isEmpty else {
            let what =
                item.target.isEmpty
                ? "no target serves model \(item.model)" : "no target \(item.target)"
            log("alert \(item.name): \(what)")
            return ["\(item.name): left alone: \(what)"]
        }
        var lines: [String] = []
        for target in targets {
            if let why = target.objection(to: alert) {
                lines.append("\(item.name): left alone: \(why)")
                continue
            }
            let outcome = try await desk.submit(.alerted(alert), to: target.name)
            lines.append(
                outcome.isChange
                    ? "\(item.name): \(alert.number) goes back on \(target.name)"
                    : "\(item.name): \(target.name) was faster")
        }
        return lines
    }
}
