import CairnCore
import Deployment
import Messages
import Ports
import ServiceKit

/// What the evaluator says of a candidate: asked for in preflight, and told when it is reached.
extension ControllerService {
    /// How often an evaluation that is under way is asked for again, should its message be lost.
    static let patience = Duration.seconds(2)

    func addVerdicts(to routes: inout RPCRoutes) {
        routes.unary(ControllerMethods.verdictReached) { [self] event, _ in
            try await answering {
                guard let word = Event.Verdict(rawValue: event.verdict) else {
                    throw RPCError(
                        .invalidArgument,
                        "'\(event.verdict.prefix(40))' is no verdict: expected pass, fail, "
                            + "inconclusive or error")
                }
                let verdict = KnownVerdict(
                    manifest: try WireChecks.digest(event.manifestDigest, "manifest_digest"),
                    suite: try Checks.text(event.suite, atMost: 128, "suite"), verdict: word,
                    why: Self.why(event.reasons), reachedAt: clock.now())
                let id: EventID = try WireChecks.id(event.eventId, "event_id")
                if try await desk.with({ store in try store.keep(verdict, event: id) }) {
                    verdicts.ring()
                }
                return Done()
            }
        }
    }

    private static func why(_ reasons: [String]) -> String {
        String(reasons.joined(separator: "; ").prefix(1_000))
    }

    /// An attempt in preflight that needs a verdict.
    private struct Question: Hashable {
        let target: TargetName
        let attempt: UInt64
        let release: Release
        let model: ModelName
        let suite: String

        init?(_ target: Target) {
            guard let live = target.attempt, live.phase == .preflight, !live.plan.skipsVerdict,
                let model = target.model
            else { return nil }
            (self.target, attempt, release) = (target.name, live.number, live.release)
            (self.model, suite) = (model, live.plan.verdictSuite)
        }
    }

    /// One task for each attempt that waits; until cancelled.
    func askForVerdicts() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            var asked: Set<Question> = []
            while true {
                let generation = board.doorbell.generation
                let open = Set(board.asking.compactMap(Question.init))
                for question in open.subtracting(asked) {
                    group.addTask { [self] in try await pursue(question) }
                }
                asked = open
                try await board.doorbell.wait(after: generation)
            }
        }
    }

    private func pursue(_ question: Question) async throws {
        var wasAway = false
        while let present = board.entry(question.target)?.target, Question(present) == question {
            let generation = verdicts.generation
            do {
                let found: (Event.Verdict, String)?
                do {
                    found = try await ask(question)
                    wasAway = false
                } catch let error as RPCError where error.code != .cancelled {
                    if !wasAway { log("no verdict on \(question.release.number) yet: \(error)") }
                    wasAway = true
                    found = try await lastKnown(question)
                }
                if let (verdict, why) = found, verdict != present.attempt?.verdict {
                    _ = try await desk.submit(
                        .verdict(manifest: question.release.manifest, verdict, why: why),
                        to: question.target)
                }
            } catch let error where !(error is CancellationError) {
                log("the verdict on \(question.release.number) was not taken: \(error)")
            }
            try await verdicts.wait(
                after: generation, until: clock.now() + Self.patience, on: clock)
        }
    }

    /// - Returns: `nil` while a suite is still being run.
    private func ask(_ question: Question) async throws -> (Event.Verdict, String)? {
        var suites = [question.suite]
        if question.suite.isEmpty {
            suites = try await evaluator.call(
                EvaluatorMethods.listSuites, ListSuites(model: "\(question.model)")
            ).suites.compactMap { $0.spec?.name }
        }
        guard !suites.isEmpty else {
            return (
                .error,
                "no suite judges \(question.model): `cairn suite apply` one, or say skip_verdict "
                    + "in the plan"
            )
        }
        var worst: (Event.Verdict, String) = (.pass, "")
        for suite in suites {
            let record = try await evaluator.call(
                EvaluatorMethods.evaluate,
                Evaluate(
                    model: "\(question.model)", number: question.release.number.number,
                    suite: suite))
            guard record.manifestDigest == question.release.manifest.bytes else {
                return (.error, "the evaluator knows another \(question.release.number)")
            }
            guard let verdict = Event.Verdict(record.verdict) else { return nil }
            let why = (["suite \(suite)"] + record.reasons).joined(separator: ": ")
            if verdict.severity > worst.0.severity { worst = (verdict, Self.why([why])) }
        }
        return worst
    }

    /// While the evaluator is away: what it said before, where the plan names one suite.
    private func lastKnown(_ question: Question) async throws -> (Event.Verdict, String)? {
        let known = try await desk.with { store in
            try store.verdict(of: question.release.manifest, suite: question.suite)
        }
        return known.map {
            ($0.verdict, "\($0.why.isEmpty ? "" : $0.why + "; ")said at \($0.reachedAt); away now")
        }
    }
}

extension Event.Verdict {
    /// `nil` while there is none.
    fileprivate init?(_ verdict: Messages.Verdict) {
        switch verdict {
        case .pending: return nil
        case .pass: self = .pass
        case .fail: self = .fail
        case .inconclusive: self = .inconclusive
        // Nobody will come with numbers: whoever wants them orders the evaluation again.
        case .error, .cancelled: self = .error
        }
    }

    /// Of several suites the worst one counts.
    fileprivate var severity: Int {
        switch self {
        case .pass: 0
        case .inconclusive: 1
        case .error: 2
        case .fail: 3
        }
    }
}
