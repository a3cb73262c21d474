import CairnCore
import Messages
import Plotting
import LinuxHost

import func Glibc.log10

/// The demo on one page, and as data.
struct DemoReport {
    private let record: Record
    private let accuracy: [(version: String, accuracy: Double)]

    init(_ record: Record, accuracy: [(version: String, accuracy: Double)]) {
        (self.record, self.accuracy) = (record, accuracy)
    }

    func write(to folder: String) throws {
        try Files.write((json.pretty + "\n"), to: folder + "/report.json")
        try Files.write(page, to: folder + "/report.html")
    }

    private var rollbacks: [RollbackRecord] {
        var all: [RollbackRecord] = []
        for sample in record.samples {
            guard let rollback = sample.status.lastRollback, rollback.verifiedUnixMs > 0 else {
                continue
            }
            if all.last?.attempt != rollback.attempt { all.append(rollback) }
        }
        return all
    }

    private var json: JSONText {
        func object(_ members: [(String, JSONText)]) -> JSONText {
            .object(members.map { JSONText.Member($0.0, $0.1) })
        }
        return object([
            ("holds", .bool(record.allHold)), ("seconds", .number(record.seconds)),
            (
                "promises",
                .array(
                    record.promises.map {
                        object([
                            ("promise", .string($0.text)), ("seen", .string($0.seen)),
                            ("holds", .bool($0.holds)),
                        ])
                    })
            ),
            (
                "timeline",
                .array(
                    record.moments.map {
                        object([("seconds", .number($0.seconds)), ("what", .string($0.text))])
                    })
            ),
            (
                "rollbacks",
                .array(
                    rollbacks.map {
                        object([
                            ("from", .string($0.fromNumber)), ("to", .string($0.toNumber)),
                            ("cause", .string($0.cause)),
                            ("started_to_acked_ms", .number($0.startedToAckedMs)),
                            ("started_to_verified_ms", .number($0.startedToVerifiedMs)),
                            ("verification", .string($0.verification)),
                        ])
                    })
            ),
            (
                "accuracy",
                object(accuracy.map { ($0.version, .number($0.accuracy)) })
            ),
        ])
    }

    // MARK: Plots

    private var marks: [Plot.Mark] {
        record.moments.filter { $0.text.hasPrefix("act ") }.map {
            Plot.Mark(x: $0.seconds, text: String($0.text.prefix(5)))
        }
    }

    private var accuracyPlot: Plot {
        var plot = Plot(
            title: "Accuracy on the pinned test set, by version", xLabel: "version",
            yLabel: "accuracy",
            series: [
                .init(
                    "accuracy", accuracy.enumerated().map { (Double($0), $1.accuracy) },
                    color: "#1f5fa8")
            ])
        plot.categories = accuracy.map { "v\($0.version)" }
        plot.bounds = [(0.8, "gate: at least 80 %")]
        return plot
    }

    private var weightPlot: Plot {
        let points = record.samples.map {
            (x: $0.seconds, y: Double($0.status.candidate?.weightBp ?? 0) / 100)
        }
        var plot = Plot(
            title: "The candidate's share of live traffic", xLabel: "seconds", yLabel: "percent",
            series: [.init("candidate", points, shape: .steps, color: "#b25d00")])
        (plot.marks, plot.yRange) = (marks, 0...100)
        return plot
    }

    private var evidencePlot: Plot {
        let points = record.samples.compactMap { sample -> (x: Double, y: Double)? in
            guard let item = sample.status.guards.first(where: { $0.kind == "arm_eprocess" }) else {
                return nil
            }
            return (sample.seconds, log10(max(1, item.statistic)))
        }
        var plot = Plot(
            title: "Evidence that the candidate fails more often", xLabel: "seconds",
            yLabel: "log10 of the e-value",
            series: [.init("errors", points, shape: .steps, color: "#7b1fa2")])
        (plot.marks, plot.bounds) = (marks, [(2, "rolls back from 100 on")])
        return plot
    }

    private var driftPlot: Plot {
        let points = record.samples.compactMap { sample -> (x: Double, y: Double)? in
            sample.status.guards.first { $0.kind == "adwin" }.map {
                (sample.seconds, $0.statistic * 100)
            }
        }
        var plot = Plot(
            title: "Failure rate in the watch's window", xLabel: "seconds", yLabel: "percent",
            series: [.init("watch", points, shape: .points, color: "#00695c")])
        plot.marks = marks
        return plot
    }

    // MARK: The page

    private var page: String {
        let promises = record.promises.map { promise in
            "<tr class=\"\(promise.holds ? "yes" : "no")\"><td>\(promise.holds ? "✓" : "✗")</td>"
                + "<td>\(promise.text.escapedForXML)</td><td>\(promise.seen.escapedForXML)</td></tr>"
        }
        let moments = record.moments.map {
            "<tr><td>\(Record.clock($0.seconds))</td><td>\($0.text.escapedForXML)</td></tr>"
        }
        let plots = [accuracyPlot, weightPlot, evidencePlot, driftPlot].map { $0.svg() }
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Cairn demo</title><style>
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;
                   padding: 0 1rem; color: #1c1c1c }
            table { border-collapse: collapse; width: 100% }
            td { padding: .25rem .6rem; border-bottom: 1px solid #e3e3e3; vertical-align: top }
            td:first-child { white-space: nowrap; font-variant-numeric: tabular-nums }
            .yes td:first-child { color: #1b7a36 } .no td { color: #b3261e; font-weight: bold }
            svg { width: 100%; height: auto; margin: .8rem 0 }
            </style></head><body>
            <h1>Cairn: four versions, two ways back</h1>
            <p>Hand-written digits, a small network, a camera that slips. Every number on this page
            was measured in this run.</p>
            <h2>Promises</h2><table>\(promises.joined(separator: "\n"))</table>
            <h2>What was measured</h2>\(plots.joined(separator: "\n"))
            <h2>Timeline</h2><table>\(moments.joined(separator: "\n"))</table>
            </body></html>

            """
    }
}
