import CairnCore
import CommandTable
import Glibc
import LinuxHost
import Messages
import Ports
import Rendering
import Specs
import Terminal
import YAMLFiles

/// Data sets and suites: pinning and listing.
enum DatasetCommands {
    static func add(_ context: CommandContext) async throws {
        let path = context.arguments.operand("FILE") ?? ""
        let fileName = String(path.split(separator: "/").last ?? "")
        let stem = fileName.lastIndex(of: ".").map { String(fileName[..<$0]) } ?? fileName
        let file = try InputFile(path)
        let schema = try context.arguments.text("schema").map { path in
            try SpecFile.read(path) { value throws(ConfigError) in try SchemaFile(value) }.schema
        }
        let first = AddDataset(
            name: context.arguments.text("name") ?? stem, digest: try file.digest().bytes,
            fileName: fileName, schema: schema?.message)
        let progress = ProgressDisplay("adding \(first.name)", areBytes: true, on: context.notes)
        let record = try await context.withLink(to: .evaluator) { evaluator in
            try await evaluator.upload(EvaluatorMethods.addDataset) { parts in
                var message = first
                try await file.forEachPart { part, done in
                    try await parts.send(message, attachment: part)
                    message = AddDataset()
                    progress.update(done: done, total: file.byteCount)
                }
            }
        }
        progress.finish()
        if context.wantsJSON { return context.out.print(JSONText(record).pretty) }
        let word = record.existed ? "was there already" : "added"
        context.out.print(
            "\(record.name)@\(record.version) \(word), \(Quantity.bytes(record.byteCount))")
        context.out.print([Painted("digest \(Hexadecimal.text(of: record.digest))", .faint)])
        if let schema = record.schema {
            let count = Quantity.count(schema.columns.count, of: "column")
            context.out.print(
                first.schema == nil
                    ? "its schema of \(count) stays pinned"
                    : "every row meets the schema of \(count)")
        }
        if !record.existed, !record.previousDigest.isEmpty {
            context.out.print(PinnedText.newVersion(record, width: context.out.columns))
        }
    }

    static func list(_ context: CommandContext) async throws {
        let list = try await context.withLink(to: .evaluator) {
            try await $0.call(EvaluatorMethods.listDatasets, ListDatasets())
        }
        if context.wantsJSON { return context.out.print(JSONText(list).pretty) }
        if list.datasets.isEmpty {
            return context.out.print("no data sets yet; `cairn dataset add FILE` pins one")
        }
        context.out.print(EvaluationText.table(list.datasets))
    }

    static func applySuite(_ context: CommandContext) async throws {
        let path = context.arguments.operand("FILE.yaml") ?? ""
        let suite = try SpecFile.read(path) { value throws(ConfigError) in try SuiteFile(value) }
        let (record, before, datasets) = try await context.withLink(to: .evaluator) { evaluator in
            let known = try await evaluator.call(EvaluatorMethods.listDatasets, ListDatasets())
            let spec = try SpecFile.explaining(path) { () throws(ConfigError) in
                try suite.spec(findingDatasetIn: known.datasets)
            }
            let before = try await evaluator.call(
                EvaluatorMethods.listSuites, ListSuites(model: spec.model))
            let record = try await evaluator.call(EvaluatorMethods.applySuite, spec)
            return (record, before.suites.compactMap(\.spec), known.datasets)
        }
        if context.wantsJSON { return context.out.print(JSONText(record).pretty) }
        let name = record.spec?.name ?? suite.spec.name
        context.out.print(
            record.changed ? "suite \(name) applied" : "suite \(name) was so already")
        context.out.print([Painted("digest \(Hexadecimal.text(of: record.digest))", .faint)])
        if let now = record.spec, let old = before.first(where: { $0.name == name }),
            old.datasetDigest != now.datasetDigest
        {
            context.out.print(
                PinnedText.movedSuite(old, now, datasets, width: context.out.columns))
        }
    }

    static func listSuites(_ context: CommandContext) async throws {
        let list = try await context.withLink(to: .evaluator) {
            try await $0.call(
                EvaluatorMethods.listSuites,
                ListSuites(model: context.arguments.text("model") ?? ""))
        }
        if context.wantsJSON { return context.out.print(JSONText(list).pretty) }
        if list.suites.isEmpty {
            return context.out.print("no suites yet; `cairn suite apply FILE.yaml` sets one")
        }
        context.out.print(EvaluationText.table(list.suites))
    }
}
