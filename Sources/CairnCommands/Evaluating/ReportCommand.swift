import CairnCore
import CommandTable
import LinuxHost
import Messages
import Ports
import Rendering
import Reporting

/// `cairn report`: a version, or a range of them, as one page to mail around.
enum ReportCommand {
    static func run(_ context: CommandContext) async throws {
        let range = try await VersionRange.read(
            context.arguments.operand("VERSION|RANGE") ?? "", context)
        let path = context.arguments.text("out") ?? "report.html"
        // Before anything is fetched: whoever waits for a page shall not wait in vain.
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        guard folder.isEmpty || Files.isFolder(folder) else {
            throw UsageError("--out \(path): \(folder) is not a folder")
        }
        let suites = try await context.withLink(to: .evaluator) { evaluator in
            try await ReportSource(range: range, evaluator: evaluator, context: context).suites()
        }
        let report = Report(
            model: range.model, from: range.from, to: range.to, suites: suites,
            madeUnixMs: context.clock.now().milliseconds, program: "cairn \(Build.version)")
        let page = ReportPage(report).html()
        try Files.write(page, to: path)
        for gap in suites.flatMap(\.gaps) { context.notes.print(gap) }
        let names = suites.map(\.name).joined(separator: ", ")
        context.out.print("\(path): \(range) on \(names), \(Quantity.bytes(page.utf8.count))")
    }
}

/// `chat@v1.2.0`, or all from one version to another: `chat@v1.0.0..v1.2.0`.
struct VersionRange: Sendable, CustomStringConvertible {
    let model: String
    let from: String
    let to: String

    var isRange: Bool { from != to }

    var description: String {
        "\(model)@\(Name.version(from))" + (isRange ? "..\(Name.version(to))" : "")
    }

    static func read(_ text: String, _ context: CommandContext) async throws -> VersionRange {
        guard let dots = text.firstRange(of: "..") else {
            let (model, number) = try await EvaluationCommands.version(text, context)
            return VersionRange(model: model, from: number, to: number)
        }
        let first = String(text[..<dots.lowerBound])
        let second = String(text[dots.upperBound...])
        let model = String(first.prefix { $0 != "@" })
        let named = second.contains("@") ? second : "\(model)@\(second)"
        let a = try await EvaluationCommands.version(first, context)
        let b = try await EvaluationCommands.version(named, context)
        guard a.0 == b.0 else {
            throw UsageError("\(text): a range is of one model, not of \(a.0) and \(b.0)")
        }
        guard let low = VersionNumber(a.1), let high = VersionNumber(b.1), low <= high else {
            throw UsageError("\(text): a range goes from the lower version to the higher one")
        }
        return VersionRange(model: a.0, from: a.1, to: b.1)
    }

    func contains(_ number: String) -> Bool {
        guard let number = VersionNumber(number), let low = VersionNumber(from),
            let high = VersionNumber(to)
        else { return false }
        return low <= number && number <= high
    }
}

/// Fetches what a report shows.
struct ReportSource: Sendable {
    let range: VersionRange
    let evaluator: Link
    let context: CommandContext

    func suites() async throws -> [Report.Suite] {
        let history = try await EvaluationHistory.of(range.model, evaluator)
        let names: [String]
        if let wanted = context.arguments.text("suite") {
            guard history.suites.contains(wanted) else {
                let near = Nearest.word(to: wanted, among: history.suites)
                throw CommandError(
                    "\(range.model) has no evaluation on '\(wanted)'"
                        + (near.map { "; did you mean '\($0)'?" } ?? ""))
            }
            names = [wanted]
        } else {
            names = history.suites
        }
        var suites: [Report.Suite] = []
        for name in names {
            if let suite = try await suite(name, history) { suites.append(suite) }
        }
        guard !suites.isEmpty else {
            throw CommandError(
                "\(range) was not evaluated; `cairn eval \(range.model)@\(Name.version(range.to))` "
                    + "does it")
        }
        return suites
    }

    /// - Returns: `nil` where no version of the range was evaluated on the suite.
    private func suite(_ name: String, _ history: EvaluationHistory) async throws -> Report.Suite? {
        var found = history.results(on: name).filter { range.contains($0.number) }
        // A version without numbers has a page too: it says why.
        if found.isEmpty, let newest = history.newest(of: range.to, on: name) { found = [newest] }
        guard let last = found.last else { return nil }
        var gaps: [String] = []
        let others = found.filter { $0.datasetDigest != last.datasetDigest }
        if !others.isEmpty {
            let versions = others.map { Name.version($0.number) }.joined(separator: ", ")
            gaps.append("\(name): \(versions) were evaluated on another data set and are left out")
            found.removeAll { $0.datasetDigest != last.datasetDigest }
        }
        for end in Set([range.from, range.to]).sorted()
        where !found.contains(where: { $0.number == end }) {
            gaps.append("\(name): \(Name.version(end)) has no result on this data set")
        }
        let base = range.isRange ? found[0].number : last.parent
        var subjects: [Report.Subject] = []
        for (index, record) in found.enumerated() {
            let isDrawn = index == 0 || index == found.count - 1
            subjects.append(
                try await subject(record, against: base, withDetails: isDrawn, &gaps))
        }
        var suite = Report.Suite(
            name, subjects: subjects,
            history: history.results(on: name, dataset: last.datasetDigest))
        suite.gaps = gaps
        return suite
    }

    private func subject(
        _ listed: EvaluationRecord, against base: String, withDetails: Bool, _ gaps: inout [String]
    ) async throws -> Report.Subject {
        let request = GetEvaluation(evaluationId: listed.evaluationId)
        var subject = Report.Subject(
            try await evaluator.call(EvaluatorMethods.getEvaluation, request))
        if withDetails {
            do {
                subject.details = try await evaluator.call(
                    EvaluatorMethods.getEvaluationDetails, request)
            } catch let error as RPCError {
                gaps.append(
                    "\(listed.suite): no curves of \(Name.version(listed.number)): \(error.text)")
            }
        }
        guard !base.isEmpty, base != listed.number, !listed.metrics.isEmpty else { return subject }
        do {
            subject.comparison = try await evaluator.call(
                EvaluatorMethods.compare,
                Compare(
                    model: range.model, numberA: base, numberB: listed.number, suite: listed.suite,
                    alpha: context.arguments.decimal("alpha") ?? 0))
        } catch let error as RPCError {
            gaps.append(
                "\(listed.suite): \(Name.version(listed.number)) is not compared with "
                    + "\(Name.version(base)): \(error.text)")
        }
        return subject
    }
}
