import CairnTestKit
import Messages
import FoundationEssentials
import Testing

import func Glibc.getenv

@testable import Reporting

@Suite struct ReportPageTests {
    static let numbers = ["1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.10.0"]
    static let skills = [0.9, 1.0, 1.15, 1.1, 1.3]

    /// A range of five versions on two suites.
    static let range: Report = {
        let binary = zip(numbers, skills).enumerated().map {
            Simulated.binary($1.0, skill: $1.1, seed: UInt64($0 + 10))
        }
        let digits = zip(numbers, skills).enumerated().map {
            Simulated.digits($1.0, skill: $1.1 * 2.4, seed: UInt64($0 + 10))
        }
        let suite = {
            (
                name: String,
                all: [(record: EvaluationRecord, details: EvaluationDetails, right: [Bool])]
            ) in
            Report.Suite(
                name,
                subjects: all.enumerated().map { index, one in
                    Report.Subject(
                        one.record, details: one.details,
                        comparison: index == 0
                            ? nil
                            : Simulated.comparison(
                                all[0].record, one.record, all[0].right, one.right))
                }, history: all.map(\.record))
        }
        return Report(
            model: "chat", from: "1.0.0", to: "1.10.0",
            suites: [suite("spam-filter", binary), suite("digits", digits)],
            madeUnixMs: Simulated.start + 100_000, program: "cairn test")
    }()

    static let single: Report = {
        let (record, details) = Simulated.prices("2.0.0", seed: 4)
        return Report(
            model: "prices", from: "2.0.0", to: "2.0.0",
            suites: [
                Report.Suite(
                    "houses", subjects: [.init(record, details: details)], history: [record])
            ], madeUnixMs: Simulated.start + 100_000, program: "cairn test")
    }()

    static let pages = [ReportPage(range).html(), ReportPage(single).html()]

    /// For eyes: `CAIRN_REPORT_OUT=folder swift test --filter ReportPage` leaves the pages there.
    static func leavePages() throws {
        guard let folder = getenv("CAIRN_REPORT_OUT").map({ String(cString: $0) }) else { return }
        for (index, page) in pages.enumerated() {
            try page.write(
                toFile: "\(folder)/report-\(index).html", atomically: true, encoding: .utf8)
        }
    }

    @Test(arguments: 0..<2) func thePageNeedsNothingElse(_ index: Int) throws {
        try Self.leavePages()
        let page = Self.pages[index]
        for word in [
            "<script", "src=", "url(", "@import", "<link", "http://", "https://", "javascript:",
        ] {
            #expect(!page.contains(word), "\(word)")
        }
        #expect(page.contains("default-src 'none'"))
    }

    @Test(arguments: 0..<2) func everyTagIsClosedInItsOrder(_ index: Int) {
        #expect(TagCheck.complaint(about: Self.pages[index]) == nil)
    }

    @Test(arguments: 0..<2) func noNumberIsMissing(_ index: Int) {
        let page = Self.pages[index].lowercased()
        #expect(!page.contains("nan") && !page.contains("inf\""))
        #expect(!page.contains("\"-inf") && !page.contains("optional("))
    }

    @Test func versionsStandInOrderWithTheirNumbers() throws {
        let page = Self.pages[0]
        for (place, number) in Self.numbers.enumerated() {
            let record = Self.range.suites[0].subjects[place].record
            #expect(page.contains("v\(number)"))
            #expect(page.contains(hexadecimal(record.manifestDigest)))
        }
        #expect(page.contains("v1.10.0 against v1.0.0"))
        #expect(
            page.contains("ROC curve") && page.contains("Calibration") && page.contains("Confusion")
        )
        #expect(page.contains("Worst examples") && page.contains("mail-"))
        #expect(page.contains("Slices, those that got worse first"))
        let cell = Self.range.suites[0].subjects[4].record.confusion[0]
        #expect(page.contains("ham taken for ham: \(cell) ("))
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test func whateverComesFromOutsideIsText() {
        let evil = "<img src=x onerror=alert(1)>\"'&\u{1}\u{202E}</td>"
        var (record, details, _) = Simulated.binary("1.0.0", skill: 1, seed: 1, count: 50)
        (record.model, record.suite, record.logTail, record.worker) = (evil, evil, evil, evil)
        record.reasons = [evil]
        record.labels = [evil, evil]
        record.metrics[0].name = evil
        record.metrics[0].problem = evil
        record.gates[0].why = evil
        record.gates[0].gate?.metric = evil
        record.slices[0].column = evil
        record.slices[0].value = evil
        record.skippedRows = [evil]
        record.skippedRowCount = 1
        details.worst[0].id = evil
        details.worst[0].truth = evil
        details.worst[0].predicted = evil
        details.worst[0].lossName = evil
        details.curves[0].label = evil
        details.scoreHistograms[0].name = evil
        var comparison = Comparison(
            model: evil, numberA: evil, numberB: evil, summary: evil,
            slices: [
                SliceComparison(column: evil, value: evil, metrics: [MetricComparison(name: evil)])
            ])
        comparison.metrics = [
            MetricComparison(name: evil, test: evil, conclusion: evil, effectName: evil, effect: 1)
        ]
        var suite = Report.Suite(
            evil, subjects: [.init(record, details: details, comparison: comparison)],
            history: [record, record])
        suite.gaps = [evil]
        let page = ReportPage(
            Report(
                model: evil, from: evil, to: evil, suites: [suite, suite], madeUnixMs: 0,
                program: evil)
        ).html()
        #expect(!page.contains("<img"))
        #expect(!page.contains("\u{1}"))
        #expect(TagCheck.complaint(about: page) == nil)
    }

    @Test func anEvaluationWithoutNumbersHasAPageToo() {
        let record = EvaluationRecord(
            model: "chat", number: "1.0.0", suite: "digits", verdict: .error,
            reasons: ["the runner ended with exit code 1"], startedUnixMs: 5, endedUnixMs: 9,
            logTail: "Traceback:\n  <module>", state: "done")
        let page = ReportPage(
            Report(
                model: "chat", from: "1.0.0", to: "1.0.0",
                suites: [Report.Suite("digits", subjects: [.init(record)], history: [record])],
                madeUnixMs: 10, program: "cairn test")
        ).html()
        #expect(page.contains("the runner ended with exit code 1"))
        #expect(page.contains("&lt;module&gt;"))
        #expect(TagCheck.complaint(about: page) == nil)
    }
}

/// Whether tags nest; a parser of just what the page is made of.
enum TagCheck {
    private static let void: Set<String> = ["meta", "!doctype"]

    static func complaint(about page: String) -> String? {
        var open: [String] = []
        for part in page.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
            guard let end = part.firstIndex(of: ">") else {
                return "a tag without '>': \(part.prefix(60))"
            }
            let tag = part[..<end]
            let name = String(
                tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber || $0 == "!" }
            )
            .lowercased()
            if tag.count(where: { $0 == "\"" }) % 2 != 0 { return "an odd quote in <\(tag)>" }
            if void.contains(name) || tag.hasSuffix("/") { continue }
            if tag.hasPrefix("/") {
                guard open.popLast() == name else { return "</\(name)> closes another tag" }
            } else {
                open.append(name)
            }
        }
        return open.isEmpty ? nil : "never closed: \(open)"
    }
}
