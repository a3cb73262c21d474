import Plotting

/// HTML that is safe to put on a page: whatever came from outside is text by the time it is in here.
struct Markup: Sendable, Equatable {
    let html: String

    /// Text, with what HTML reads as markup written as entities.
    init(_ text: some StringProtocol) { html = String(text).escapedForXML }

    private init(html: String) { self.html = html }

    static let empty = Markup(html: "")

    /// What this module or `Plotting` made.
    static func made(_ html: String) -> Markup { Markup(html: html) }

    /// - Parameters:
    ///   - classes: names from the style sheet.
    ///   - attributes: further ones; their values are escaped.
    static func element(
        _ name: String, _ classes: String = "", _ attributes: [(String, String)] = [],
        _ children: [Markup]
    ) -> Markup {
        let classed = classes.isEmpty ? attributes : [("class", classes)] + attributes
        let head = classed.map { " \($0.0)=\"\($0.1.escapedForXML)\"" }.joined()
        return Markup(html: "<\(name)\(head)>\(children.map(\.html).joined())</\(name)>")
    }

    static func element(_ name: String, _ classes: String = "", _ text: some StringProtocol)
        -> Markup
    {
        element(name, classes, [], [Markup(text)])
    }

    static func + (a: Markup, b: Markup) -> Markup { Markup(html: a.html + b.html) }
}

extension [Markup] {
    var joined: Markup { .made(map(\.html).joined(separator: "\n")) }
}

/// A table as people read it: a heading for each column, numbers on the right.
struct MarkupTable {
    private let headings: [(title: String, isNumber: Bool)]
    private var rows: [[Markup]] = []
    private let classes: String

    /// Headings that end in `>` stand over numbers.
    init(_ headings: [String], classes: String = "") {
        self.headings = headings.map {
            ($0.hasSuffix(">") ? String($0.dropLast()) : $0, $0.hasSuffix(">"))
        }
        self.classes = classes
    }

    var isEmpty: Bool { rows.isEmpty }

    mutating func add(_ cells: [Markup]) {
        precondition(cells.count == headings.count, "\(cells.count) cells under \(headings.count)")
        rows.append(cells)
    }

    /// Columns that are empty in every row are left out. Wide tables scroll inside their own box, so
    /// that a page on a phone does not.
    var markup: Markup {
        let used = headings.indices.filter { column in rows.contains { !$0[column].html.isEmpty } }
        let head = used.map { column in
            Markup.element("th", headings[column].isNumber ? "num" : "", headings[column].title)
        }
        let body = rows.map { cells in
            Markup.element(
                "tr", "", [],
                used.map { column in
                    .element("td", headings[column].isNumber ? "num" : "", [], [cells[column]])
                })
        }
        return .element(
            "div", "scroll", [],
            [
                .element(
                    "table", classes, [],
                    [
                        .element("thead", "", [], [.element("tr", "", [], head)]),
                        .element("tbody", "", [], body),
                    ])
            ])
    }
}
