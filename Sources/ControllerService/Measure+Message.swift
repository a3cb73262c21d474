import CairnCore
import Deployment
import Messages
import Ports

extension Plan.Measure {
    /// What is absent takes the usual value; the plan's rules judge the rest.
    init(_ spec: GuardSpec) {
        self.init(query: spec.query, label: spec.label, limit: spec.bound)
        isLeast = spec.below
        interval = Plan.duration(spec.intervalMs, or: interval)
        span = Plan.duration(spec.rangeMs, or: span)
        resolution = Plan.duration(spec.resolutionMs, or: resolution)
        breaches = spec.breaches == 0 ? 1 : Int(spec.breaches)
        last = spec.last == 0 ? breaches : Int(spec.last)
        errors = spec.errorsMax == 0 ? errors : Int(spec.errorsMax)
    }
}

extension Measurement.Answer {
    /// The candidate's numbers among those of all versions. A number that is none (0/0, where there
    /// was no traffic) is no data, and so is silence: never "all is well".
    init(_ series: [MetricsSeries], of question: Plan.Measure, candidate: Release, stable: Release?)
    {
        func numbers(_ release: Release) -> [MetricsSeries] {
            series.filter { VersionNumber($0.label) == release.number }
        }
        let mine = numbers(candidate)
        guard mine.count <= 1 else {
            self = .failed(
                "\(mine.count) series have \(question.label)=\(candidate.number); a query has one for "
                    + "each version, as by sum by (\(question.label)) (…)")
            return
        }
        guard let mine = mine.first else {
            self = .noData("no series has \(question.label)=\(candidate.number)")
            return
        }
        // The other arm is for people to read, and of no use where it is not one series.
        let others = stable.map(numbers) ?? []
        let theirs = Dictionary(
            others.count == 1 ? others[0].points.map { ($0.at, $0.value) } : [],
            uniquingKeysWith: { first, _ in first })
        let points = mine.points.filter { $0.value.isFinite }.map { point in
            Measurement.Point(
                at: point.at, candidate: point.value,
                stable: theirs[point.at].flatMap { $0.isFinite ? $0 : nil })
        }
        self =
            points.isEmpty
            ? .noData("the value of \(candidate.number) is no number, as without traffic")
            : .points(points)
    }
}
