import Messages
import Rendering

/// A report as one page that needs nothing else: no script, no font, no picture from outside.
public struct ReportPage: Sendable {
    private let report: Report

    public init(_ report: Report) { self.report = report }

    public func html() -> String {
        let sections = report.suites.enumerated().map { index, suite in
            SuiteSection(suite, number: index + 1, report).markup
        }
        let body = Markup.element("main", "", [], [header] + sections + [footer])
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
            style-src 'unsafe-inline'">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="\(Markup(report.program).html)">
            <title>\(Markup(title).html)</title>
            <style>
            \(PageStyle.css)
            </style>
            </head>
            <body>
            \(body.html)
            </body>
            </html>

            """
    }

    private var title: String {
        let versions =
            report.from == report.to
            ? "\(report.model)@\(Name.version(report.from))"
            : "\(report.model) \(Name.version(report.from)) to \(Name.version(report.to))"
        return versions
    }

    /// Three stones on each other.
    private static let logo = Markup.made(
        "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><ellipse cx=\"12\" cy=\"5.5\" rx=\"4\" "
            + "ry=\"2.6\"/><ellipse cx=\"12\" cy=\"12\" rx=\"6.4\" ry=\"3\"/><ellipse cx=\"12\" "
            + "cy=\"19.2\" rx=\"9.4\" ry=\"3.4\"/></svg>")

    private var header: Markup {
        var parts: [Markup] = [
            .element(
                "div", "brand", [], [Self.logo, .element("span", "", "Cairn evaluation report")]),
            .element("h1", "", [], [Markup(title), Markup(" ")] + verdicts),
            .element(
                "p", "faint",
                "made \(Quantity.time(unixMilliseconds: report.madeUnixMs)) by \(report.program)"),
        ]
        if report.suites.count > 1 {
            let links = report.suites.enumerated().map { index, suite in
                Markup.element("a", "", [("href", "#suite-\(index + 1)")], [Markup(suite.name)])
            }
            parts.append(.element("nav", "", [], links))
        }
        return .element("header", "", [], parts)
    }

    /// The newest version's verdict, where all suites agree on it.
    private var verdicts: [Markup] {
        let all = report.suites.map(\.last.record.verdict)
        guard let first = all.first, all.allSatisfy({ $0 == first }) else { return [] }
        return [Badge.verdict(first)]
    }

    private var footer: Markup {
        .element(
            "footer", "",
            "Every number on this page was measured on the pinned data set that its digest names. "
                + "Intervals hold with the confidence that the suite's tests were made at.")
    }
}

/// Words on a coloured ground.
enum Badge {
    static func verdict(_ verdict: Verdict) -> Markup {
        let words = "\(verdict)"
        return .element("span", "badge \(kind(of: verdict))", words)
    }

    static func kind(of verdict: Verdict) -> String {
        switch verdict {
        case .pass: "good"
        case .fail, .error: "bad"
        case .pending, .inconclusive, .cancelled: "warn"
        }
    }
}
