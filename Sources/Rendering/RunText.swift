import CairnCore
import Messages

/// Runs and their series, for people.
public enum RunText {
    public static func table(_ runs: [RunRecord]) -> TextTable {
        var table = TextTable("run", "model", "name", "status", "started", "took>", "metrics")
        for run in runs {
            let took =
                run.endedUnixMs == 0
                ? "" : Quantity.duration(milliseconds: run.endedUnixMs - run.startedUnixMs)
            table.add(
                Painted(Hexadecimal.text(of: run.runId)), Painted(run.model), Painted(run.name),
                status(run.status), Painted(Quantity.time(unixMilliseconds: run.startedUnixMs)),
                Painted(took), Painted(VersionText.metrics(run.lastMetrics)))
        }
        return table
    }

    private static func status(_ status: RunStatus) -> Painted {
        let ink: Ink =
            switch status {
            case .running: .warning
            case .finished: .good
            case .failed, .killed: .bad
            }
        return Painted("\(status)", ink)
    }

    public static func page(_ run: RunRecord) -> [Painted] {
        var page = FactList()
        page.add("run", Painted(Hexadecimal.text(of: run.runId), .strong))
        page.add("model", run.model)
        page.add("name", run.name)
        page.add("status", status(run.status))
        page.add("started", Quantity.time(unixMilliseconds: run.startedUnixMs))
        page.add(
            "ended", run.endedUnixMs == 0 ? "" : Quantity.time(unixMilliseconds: run.endedUnixMs))
        page.add("host", run.host)
        page.add("code", VersionText.code(run.code))
        page.add("params", run.params.map { "\($0.key)=\($0.value)" })
        page.add("tags", run.tags.map { "\($0.key)=\($0.value)" })
        page.add("data sets", run.datasets.map(VersionText.dataset))
        page.add("metrics", run.lastMetrics.map { "\($0.name)=\(Quantity.figure($0.value))" })
        page.add("dependencies", run.dependencies)
        return page.lines
    }

    /// Points of one metric over the runs of a model.
    public static func series(_ series: [MetricSeries]) -> TextTable {
        var table = TextTable("run", "step>", "time", "value>")
        for part in series {
            guard let points = part.points else { continue }
            for index in points.value.indices {
                let time = points.timeUnixMs.indices.contains(index) ? points.timeUnixMs[index] : 0
                let step = points.step.indices.contains(index) ? points.step[index] : 0
                table.add(
                    Painted(Name.short(part.runId)), Painted(Quantity.count(step)),
                    Painted(Quantity.time(unixMilliseconds: time)),
                    Painted(Quantity.figure(points.value[index])))
            }
        }
        return table
    }
}
