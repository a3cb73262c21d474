import CairnCore
import CommandTable
import Messages
import Ports
import Rendering
import Terminal

/// `cairn eval`.
enum EvaluationCommands {
    static func evaluate(_ context: CommandContext) async throws {
        let arguments = context.arguments
        let (model, number) = try await version(arguments.operand("VERSION") ?? "", context)
        let records = try await context.withLink(to: .evaluator) { evaluator in
            let suites = try await suites(of: model, evaluator, context)
            if let path = arguments.text("predictions") {
                guard suites.count == 1 else {
                    throw UsageError(
                        "--predictions needs --suite: \(model) has \(suites.joined(separator: ", "))"
                    )
                }
                return [try await upload(path, model, number, suites[0], evaluator, context)]
            }
            var records: [EvaluationRecord] = []
            for suite in suites {
                let request = Evaluate(
                    model: model, number: number, suite: suite, again: arguments.has("again"),
                    priority: Int32(clamping: arguments.number("priority") ?? 0))
                records.append(try await evaluator.call(EvaluatorMethods.evaluate, request))
            }
            return try await EvaluationWatch(
                context: context, evaluator: evaluator, tellsTenths: arguments.has("watch")
            ).follow(records)
        }
        try report(try await SliceView(context).applied(to: records), context)
    }

    private static func report(_ records: [EvaluationRecord], _ context: CommandContext) throws {
        if context.wantsJSON {
            context.out.print(JSONText.array(records.map { JSONText($0) }).pretty)
        } else {
            for (index, record) in records.enumerated() {
                if index > 0 { context.out.print("") }
                context.out.print(
                    EvaluationText.page(
                        record, width: min(context.out.columns, 160),
                        showsSlices: context.arguments.has("slice")))
            }
        }
        let bad = records.filter { $0.verdict != .pass }
        guard bad.isEmpty else {
            throw CommandError(
                bad.map { "the verdict of \($0.suite) is \($0.verdict)" }.joined(separator: ", "))
        }
    }

    /// A plain number needs no ingest; an alias or `latest` does.
    static func version(_ text: String, _ context: CommandContext) async throws -> (String, String)
    {
        if case .number(let model, let number) = try Versions.reference(text) {
            return (model.description, number.number)
        }
        let record = try await context.withLink(to: .ingest) {
            try await Versions(ingest: $0).resolve(text)
        }
        guard !record.number.isEmpty else {
            throw UsageError(
                "\(text) is a checkpoint without a version; only versions are evaluated")
        }
        return (record.model, record.number)
    }

    static func suites(of model: String, _ evaluator: Link, _ context: CommandContext)
        async throws -> [String]
    {
        let list = try await evaluator.call(EvaluatorMethods.listSuites, ListSuites(model: model))
        let known = list.suites.compactMap { $0.spec?.name }
        guard let wanted = context.arguments.text("suite") else {
            if known.isEmpty {
                throw CommandError("\(model) has no suite; `cairn suite apply FILE.yaml` sets one")
            }
            return known
        }
        guard known.contains(wanted) else {
            let hint = Nearest.word(to: wanted, among: known).map { "; did you mean '\($0)'?" }
            throw CommandError("\(model) has no suite '\(wanted)'\(hint ?? "")")
        }
        return [wanted]
    }

    private static func upload(
        _ path: String, _ model: String, _ number: String, _ suite: String, _ evaluator: Link,
        _ context: CommandContext
    ) async throws -> EvaluationRecord {
        let file = try InputFile(path)
        let repeatIndex = UInt32((context.arguments.number("repeat") ?? 1) - 1)
        let progress = ProgressDisplay("uploading predictions", areBytes: true, on: context.notes)
        defer { progress.finish() }
        return try await evaluator.upload(EvaluatorMethods.uploadPredictions) { parts in
            var message = UploadPredictions(
                model: model, number: number, suite: suite, repeatIndex: repeatIndex,
                fileName: String(path.split(separator: "/").last ?? ""),
                skipInvalid: context.arguments.has("skip-invalid"))
            try await file.forEachPart { part, done in
                try await parts.send(message, attachment: part)
                message = UploadPredictions()
                progress.update(done: done, total: file.byteCount)
            }
        }
    }
}
