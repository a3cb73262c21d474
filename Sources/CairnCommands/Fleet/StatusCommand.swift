import CairnCore
import CommandTable
import Messages
import Ports
import Rendering

/// `cairn status`: the services, or one target.
enum StatusCommand {
    static func run(_ context: CommandContext) async throws {
        guard let target = context.arguments.operand("TARGET") else {
            guard !context.arguments.has("watch") else {
                throw UsageError("--watch needs a target, as `cairn status prod/chat --watch`")
            }
            return try await services(context)
        }
        if context.arguments.has("watch") {
            let untilSettled = context.arguments.has("until-settled")
            return try await StatusWatch(
                context: context, target: target, untilSettled: untilSettled
            ).run()
        }
        let status = try await context.withLink(to: .controller) {
            try await $0.call(ControllerMethods.getTargetStatus, GetTargetStatus(target: target))
        }
        if context.wantsJSON { return context.out.print(JSONText(status).pretty) }
        context.out.print(TargetTree(status).lines(width: min(context.out.columns, 120)))
    }

    /// What one service said of itself, or why it said nothing.
    private struct Answer: Sendable {
        let service: ServiceName
        let address: String
        let figures: Result<JSONText, any Error>
        let text: String
    }

    private static func services(_ context: CommandContext) async throws {
        let fleet = try LastUp.data(context.environment).flatMap(FleetState.read)
        var answers: [Answer] = []
        for service in ServiceName.allCases { answers.append(try await ask(service, context)) }
        if context.wantsJSON {
            context.out.print(json(answers, fleet).pretty)
        } else {
            print(answers, fleet, context)
        }
        let silent = answers.filter { if case .failure = $0.figures { true } else { false } }
        guard silent.isEmpty else {
            throw CommandError(
                silent.map { "\($0.service) at \($0.address) does not answer" }
                    .joined(separator: ", ") + "; `cairn up` starts the services")
        }
    }

    private static func ask(_ service: ServiceName, _ context: CommandContext) async throws
        -> Answer
    {
        let address = try context.address(of: service)
        do {
            let (json, text) = try await context.withLink(to: service) { link in
                switch service {
                case .ingest:
                    let status = try await link.call(
                        IngestMethods.getIngestStatus, GetIngestStatus())
                    return (JSONText(status), ServiceText.line(status))
                case .evaluator:
                    let status = try await link.call(
                        EvaluatorMethods.getEvaluatorStatus, GetEvaluatorStatus())
                    return (JSONText(status), ServiceText.line(status))
                case .controller:
                    let status = try await link.call(
                        ControllerMethods.getControllerStatus, GetControllerStatus())
                    return (JSONText(status), ServiceText.line(status))
                }
            }
            return Answer(service: service, address: address, figures: .success(json), text: text)
        } catch let error as UsageError {
            throw error
        } catch {
            return Answer(service: service, address: address, figures: .failure(error), text: "")
        }
    }

    private static func print(_ answers: [Answer], _ fleet: FleetState?, _ context: CommandContext)
    {
        var table = TextTable("service", "state", "address", "pid>", "restarts>", "holds")
        for answer in answers {
            let known = fleet?.services.first { $0.address == answer.address }
            let isUp = if case .success = answer.figures { true } else { false }
            table.add(
                Painted(answer.service.rawValue, .strong),
                isUp ? Painted("up", .good) : Painted("away", .bad), Painted(answer.address),
                Painted(known.map { $0.pid > 0 ? "\($0.pid)" : "–" } ?? ""),
                Painted(known.map { "\($0.restartCount)" } ?? ""), Painted(answer.text))
        }
        context.out.print(table)
        if let fleet { context.out.print("data and logs: \(fleet.data)") }
    }

    private static func json(_ answers: [Answer], _ fleet: FleetState?) -> JSONText {
        let services = answers.map { answer -> JSONText in
            let figures: JSONText =
                if case .success(let json) = answer.figures { json } else { .null }
            return [
                "name": .string(answer.service.rawValue), "address": .string(answer.address),
                "is_up": .bool(figures != .null), "status": figures,
            ]
        }
        return ["services": .array(services), "fleet": fleet?.json ?? .null]
    }
}
