import CairnCore
import CommandTable
import Rendering
import StatisticsTools
import Terminal

/// `cairn stats TEST`: the tests and detectors of Cairn on anybody's data, without any service.
struct StatsCommand {
    private let tool: StatTool
    private let context: CommandContext
    private let settings: StatSettings
    private let sources: [DataSource]

    static let handlers: [String: Handler] = StatTool.all.reduce(into: ["stats": list]) {
        handlers, tool in
        handlers["stats \(tool.name)"] = { try StatsCommand(tool, $0).run() }
    }

    private init(_ tool: StatTool, _ context: CommandContext) {
        (self.tool, self.context) = (tool, context)
        let arguments = context.arguments
        var values: [String: String] = [:]
        for flag in tool.readingFlags + tool.flags { values[flag.name] = arguments.text(flag.name) }
        settings = StatSettings(values)
        let operands = arguments.command.operands.compactMap { arguments.operand($0.name) }
        sources = (operands.isEmpty ? ["-"] : operands).map(DataSource.init)
    }

    private func run() throws {
        let answer: StatAnswer
        do {
            switch tool.work {
            case .whole(let work):
                answer = try work(
                    tool.need.isRead(settings) ? try gather() : StatData([]), settings)
            case .stream: answer = try follow()
            }
        } catch let error as StatError {
            throw UsageError("stats \(tool.name): \(error)")
        }
        show(answer)
        if context.arguments.texts("fail-if").contains(answer.outcome.rawValue) {
            throw CommandError("stats \(tool.name): \(answer.verdict)")
        }
    }

    private func show(_ answer: StatAnswer) {
        if context.wantsJSON {
            let isStream = if case .stream = tool.work { true } else { false }
            context.out.print(isStream ? answer.json.compact : answer.json.pretty)
        } else {
            context.out.print(StatText.page(answer, width: min(context.out.columns, 160)))
        }
    }

    // MARK: Reading

    private var form: TableReader.Form? {
        settings.text("format").flatMap(TableReader.Form.init(rawValue:))
    }

    private func gather() throws -> StatData {
        guard Set(sources.map(\.path)).count == sources.count else {
            throw StatError("both samples would come from \(sources[0].name)")
        }
        // Files of one name in two folders are told apart by their paths.
        let areNamesEnough = Set(sources.map(\.name)).count == sources.count
        var reader = try StatReader(
            tool, settings, sources: sources.map { areNamesEnough ? $0.name : $0.path })
        for (index, source) in sources.enumerated() {
            try source.forEachRow(form: form, notes: context.notes) {
                (row, columns) throws(StatError) in
                try reader.add(row, of: index, columns: columns)
            }
        }
        return try reader.finish()
    }

    /// Prints what the tool sees while rows come in.
    private func follow() throws -> StatAnswer {
        guard var stream = try StreamReader(tool, settings) else {
            preconditionFailure("\(tool.name) is no stream")
        }
        try sources[0].forEachRow(form: form, notes: context.notes) {
            (row, columns) throws(StatError) in
            guard let sighting = try stream.add(row, columns: columns) else { return }
            if context.wantsJSON {
                context.out.print(sighting.json.compact)
            } else {
                context.out.print([StatText.line(sighting)])
            }
        }
        return stream.finish()
    }

    // MARK: The list

    private static func list(_ context: CommandContext) throws {
        if let name = context.arguments.operand("TEST") {
            let near = Nearest.word(to: name, among: StatTool.all.map(\.name))
            throw UsageError(
                "stats: there is no test '\(name)'"
                    + (near.map { "; did you mean '\($0)'?" } ?? ". `cairn stats` lists them."))
        }
        if context.wantsJSON {
            let tools = StatTool.all.map { tool -> JSONText in
                [
                    "name": .string(tool.name), "group": .string(tool.group.rawValue),
                    "summary": .string(tool.summary),
                ]
            }
            return context.out.print(JSONText.array(tools).pretty)
        }
        context.out.print(StatText.list(width: min(context.out.columns, 160)))
    }
}
