import CairnCore
import Deployment
import Ports
import ServiceKit

/// Guards over a metrics store: asked on time while their attempt is under way.
extension ControllerService {
    /// A guard of one attempt, from its first question to its last.
    struct Inquiry: Hashable {
        let target: TargetName
        let attempt: UInt64
        let name: String
    }

    func askForMetrics() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var asked: Set<Inquiry> = []
            while true {
                let generation = board.doorbell.generation
                let open = Set(board.entries.flatMap { Self.inquiries($0.target) })
                for inquiry in open.subtracting(asked) {
                    group.addTask { [self] in try await pursue(inquiry) }
                }
                asked = open
                try await board.doorbell.wait(after: generation)
            }
        }
    }

    private static func inquiries(_ target: Target) -> [Inquiry] {
        guard let live = target.attempt else { return [] }
        return live.questions.map {
            Inquiry(target: target.name, attempt: live.number, name: $0.name)
        }
    }

    private func pursue(_ inquiry: Inquiry) async throws {
        while let live = board.entry(inquiry.target)?.target.attempt,
            live.number == inquiry.attempt,
            let measure = live.questions.first(where: { $0.name == inquiry.name })?.measure
        {
            let begun = clock.now()
            let answer = await answer(measure, live)
            do {
                _ = try await desk.submit(
                    .measured(
                        Measurement(
                            guardName: inquiry.name, attempt: inquiry.attempt, answer)),
                    to: inquiry.target)
            } catch {
                try Task.checkCancellation()
                log(
                    "what guard \(inquiry.name) of \(inquiry.target) was told is not kept: \(error)"
                )
            }
            try await clock.sleep(until: max(clock.now(), begun + measure.interval))
        }
    }

    private func answer(_ measure: Plan.Measure, _ live: Attempt) async -> Measurement.Answer {
        guard let metrics else { return .failed(Self.noMetrics) }
        let question = MetricsQuestion(
            measure.query, label: measure.label, at: clock.now(), span: measure.span,
            resolution: measure.resolution)
        do {
            return Measurement.Answer(
                try await metrics.ask(question), of: measure, candidate: live.release,
                stable: live.from)
        } catch {
            return .failed(String("\(error)".prefix(1_000)))
        }
    }

    static let noMetrics =
        "this controller has no metrics store: start it with --prometheus http://HOST:PORT"

    /// A question that can never be answered is the plan's error, found before it is kept. A store
    /// that is away now keeps nobody from a plan.
    func check(_ plan: Plan) async throws {
        for item in plan.guards {
            guard case .measured(let measure) = item.kind else { continue }
            // What the rules say of it comes first.
            do throws(PlanError) { try measure.check(item.name) } catch { continue }
            guard let metrics else {
                throw RPCError(.invalidArgument, "guard \(item.name): \(Self.noMetrics)")
            }
            do {
                let series = try await metrics.ask(
                    MetricsQuestion(
                        measure.query, label: measure.label, at: clock.now(), span: measure.span,
                        resolution: measure.resolution))
                if series.isEmpty { log("guard \(item.name): its query gives no series now") }
            } catch let error as MetricsError where error.code == .badQuestion {
                throw RPCError(.invalidArgument, "guard \(item.name): \(error)")
            } catch let error as MetricsError {
                log("guard \(item.name) could not be tried: \(error)")
            }
        }
    }
}
