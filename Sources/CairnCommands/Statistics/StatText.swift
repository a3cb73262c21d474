import CairnCore
import Rendering
import StatisticsTools

/// What tests found, for people.
enum StatText {
    /// Figures under each other, then rows, the verdict and what else there is to know.
    static func page(_ answer: StatAnswer, width: Int) -> [Painted] {
        let shown = answer.figures.filter { !$0.label.isEmpty }
        let labels = (shown.map(\.label.count).max() ?? 0) + 2
        let values = (shown.map { text($0.value).count }.max() ?? 0) + 2
        var lines = [Painted(answer.title, .strong)]
        for figure in shown {
            let value = Painted(text(figure.value))
            lines.append(
                ("  " + Painted(figure.label, .faint).padded(labels)
                    + (figure.note.isEmpty ? value : value.padded(values))
                    + Painted(figure.note, .faint)).cut(width))
        }
        if !answer.rows.isEmpty { lines += [""] + table(answer.rows).lines(width: width) }
        if !answer.verdict.isEmpty {
            let ink: Ink =
                switch answer.outcome {
                case .rejected: .strong
                case .kept, .none: .plain
                case .undecided: .warning
                }
            let sentence = answer.verdict.prefix(1).uppercased() + answer.verdict.dropFirst() + "."
            lines += [""] + Painted(sentence, ink).wrapped(width)
        }
        return lines + answer.notes.flatMap { Painted($0, .faint).wrapped(width) }
    }

    /// What a stream showed, where.
    static func line(_ sighting: StreamReader.Sighting) -> Painted {
        let event = sighting.event
        let facts = event.figures.filter { !$0.label.isEmpty }.map {
            // Labels of figures below others are set in.
            "\($0.label.drop { $0 == " " }) \(text($0.value))"
        }
        return "\(event.signal, event.isHit ? .bad : .warning) at index \(sighting.index)"
            + Painted(" (line \(sighting.line))", .faint)
            + Painted(facts.isEmpty ? "" : ": " + facts.joined(separator: ", "))
    }

    /// Every tool with one line, by groups.
    static func list(width: Int) -> [Painted] {
        let column = (StatTool.all.map(\.name.count).max() ?? 0) + 2
        var lines: [Painted] = []
        for group in StatGroup.allCases {
            lines += (lines.isEmpty ? [] : [""]) + [Painted(group.rawValue, .strong)]
            for tool in StatTool.all where tool.group == group {
                let words = Painted(tool.summary).wrapped(width - column - 2)
                lines += words.enumerated().map { index, text in
                    "  " + Painted(index == 0 ? tool.name : "").padded(column) + text
                }
            }
        }
        return lines + ["", Painted("`cairn stats TEST --help` explains one of them.", .faint)]
    }

    private static func table(_ rows: [[StatFigure]]) -> TextTable {
        let headings = rows[0].map { figure -> (title: String, side: TextTable.Side) in
            let isRight =
                switch figure.value {
                case .number, .count: true
                case .interval, .text, .flag, .numbers, .counts: false
                }
            return (figure.label.uppercased(), isRight ? .right : .left)
        }
        var table = TextTable(headings)
        for row in rows {
            let cells = row.map { Painted(text($0.value)) }
            // Looks that are still to come have a cell less.
            table.add(cells + headings.dropFirst(cells.count).map { _ in Painted() })
        }
        return table
    }

    private static func text(_ value: StatFigure.Value) -> String {
        switch value {
        case .number(let number): Quantity.figure(number, digits: 6)
        case .count(let count): Quantity.count(count)
        case .interval(let interval):
            "[\(Quantity.figure(interval.low, digits: 6)), "
                + "\(Quantity.figure(interval.high, digits: 6))]"
        case .text(let text): text
        case .flag(let flag): flag ? "yes" : "no"
        case .numbers(let numbers):
            numbers.map { Quantity.figure($0, digits: 6) }.joined(separator: ", ")
        case .counts(let counts): counts.map { Quantity.count($0) }.joined(separator: ", ")
        }
    }
}

extension StreamReader.Sighting {
    /// One line of a program's input.
    var json: JSONText {
        .object(
            [
                .init("index", JSONText(index)), .init("line", JSONText(line)),
                .init("signal", .string(event.signal)), .init("is_hit", .bool(event.isHit)),
            ] + event.figures.map { .init($0.key, $0.json) })
    }
}
