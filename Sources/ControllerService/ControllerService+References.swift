import CairnCore
import Deployment
import Evaluation
import Messages
import Ports
import ServiceKit

/// What live traffic of a promoted version is compared with: asked of the evaluator when an attempt
/// begins whose plan wants it, and pinned to the attempt.
extension ControllerService {
    /// How often is asked again where there was none: an evaluation may come later.
    static let referencePatience = Duration.seconds(30)

    /// An attempt without its reference.
    private struct Wish: Hashable {
        let target: TargetName
        let attempt: UInt64
        let number: VersionNumber
        let model: ModelName
        let suite: String
        let columns: [String]

        init?(_ target: Target) {
            // Without a verdict the evaluation is still under way, and its reference comes with it.
            guard let live = target.attempt, live.wantsReference, let model = target.model,
                live.phase != .preflight || live.plan.skipsVerdict || live.verdict != nil
            else { return nil }
            (self.target, attempt, number) = (target.name, live.number, live.release.number)
            (self.model, suite, columns) = (model, live.plan.verdictSuite, live.plan.watch.columns)
        }
    }

    /// One task for each attempt that lacks its reference; until cancelled.
    func askForReferences() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            var asked: Set<Wish> = []
            while true {
                let generation = board.doorbell.generation
                let open = Set(board.asking.compactMap(Wish.init))
                for wish in open.subtracting(asked) {
                    group.addTask { [self] in try await pursue(wish) }
                }
                asked = open
                try await board.doorbell.wait(after: generation)
            }
        }
    }

    private func pursue(_ wish: Wish) async throws {
        while let present = board.entry(wish.target)?.target, Wish(present) == wish {
            let generation = verdicts.generation
            let reference = try await ask(wish)
            do {
                _ = try await desk.submit(
                    .reference(attempt: wish.attempt, reference), to: wish.target)
            } catch let error where !(error is CancellationError) {
                log("the reference of \(wish.number) was not written: \(error)")
            }
            if !reference.columns.isEmpty { continue }
            try await verdicts.wait(
                after: generation, until: clock.now() + Self.referencePatience, on: clock)
        }
    }

    /// That there is none is an answer too, with its reason.
    private func ask(_ wish: Wish) async throws -> Reference {
        do {
            let message = try await evaluator.call(
                EvaluatorMethods.getReference,
                GetEvaluation(
                    model: "\(wish.model)", number: wish.number.number, suite: wish.suite))
            return Reference(message, of: wish.columns)
        } catch let error as RPCError where error.code != .cancelled {
            let why =
                error.code == .unavailable ? "the evaluator cannot be reached" : error.text
            return .absent(wish.columns, String(why.prefix(500)))
        }
    }
}

extension Reference {
    /// The cells of the columns that a plan wants.
    init(_ message: ReferenceDistributions, of columns: [String]) {
        self.init(
            source: "suite \(message.suite) on "
                + (message.dataset.isEmpty ? "a data set" : message.dataset)
                + " (\(message.exampleCount) examples)", columns: [])
        for name in columns {
            guard let sketch = message.sketches.first(where: { $0.name == name }) else {
                let known = message.sketches.map(\.name).joined(separator: ", ")
                let problem = message.inputProblem
                let why =
                    "the reference has no such column"
                    + (problem.isEmpty ? "" : " (\(problem))") + "; it has \(known)"
                lacking[name] = String(why.prefix(500))
                continue
            }
            do throws(InputError) {
                let (cells, counts) = try Self.cells(Distribution(sketch))
                self.columns.append(Column(name: name, cells: cells, counts: counts))
            } catch {
                lacking[name] = String(error.text.prefix(500))
            }
        }
    }
}
