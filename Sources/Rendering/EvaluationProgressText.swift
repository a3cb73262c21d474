import Messages

/// How far an evaluation is, as one who watches it sees it.
///
/// Rate and time left are of what was seen here, so that clocks of two machines need not agree.
public struct EvaluationPace: Equatable, Sendable {
    public private(set) var record: EvaluationRecord
    private var phase = ""
    private var first: (done: UInt64, atMilliseconds: Int64) = (0, 0)
    private var lastMilliseconds: Int64 = 0

    public init(_ record: EvaluationRecord, atMilliseconds now: Int64) {
        self.record = record
        take(record, atMilliseconds: now)
    }

    /// - Parameter now: of any clock that only goes forward.
    public mutating func take(_ record: EvaluationRecord, atMilliseconds now: Int64) {
        self.record = record
        lastMilliseconds = now
        let (phase, done) = (Self.phase(of: record), record.progress?.done ?? 0)
        if phase != self.phase || done < first.done { (self.phase, first) = (phase, (done, now)) }
    }

    public static func == (a: EvaluationPace, b: EvaluationPace) -> Bool {
        a.record == b.record && a.phase == b.phase && a.first == b.first
            && a.lastMilliseconds == b.lastMilliseconds
    }

    /// The state, or where progress says more, the phase.
    static func phase(of record: EvaluationRecord) -> String {
        guard record.state != "done", let phase = record.progress?.phase, !phase.isEmpty else {
            return record.state
        }
        return phase
    }

    private var unit: String { record.progress?.unit ?? "" }

    /// In units a second; `nil` until there is enough to tell.
    private func rate(atMilliseconds now: Int64) -> Double? {
        guard let done = record.progress?.done, done > first.done else { return nil }
        let elapsed =
            max(lastMilliseconds, min(now, lastMilliseconds + 2_000)) - first.atMilliseconds
        return elapsed >= 500 ? Double(done - first.done) / Double(elapsed) * 1_000 : nil
    }

    /// `digits  running  ████████····  66 %  330 of 500 examples  85/s  2 s left`, for a terminal.
    public func line(width: Int, atMilliseconds now: Int64) -> Painted {
        let head: Painted = "\(record.suite, .strong)  "
        if record.state == "done" {
            return (head + EvaluationText.verdict(record.verdict)).cut(width)
        }
        let name = Painted(phase).padded(9)
        guard let progress = record.progress, progress.total > 0 else {
            let done = record.progress?.done ?? 0
            let amount = done > 0 ? "  \(self.amount(done))\(speed(now))" : waits
            return (head + name + Painted(amount, .faint)).cut(width)
        }
        let done = min(progress.done, progress.total)
        let fraction = Double(done) / Double(progress.total)
        let tail = Painted("  \(amount(done, of: progress.total))\(speed(now))\(left(now))", .faint)
        let percent = Painted("\(Int(fraction * 100)) %").padded(5, toRight: true)
        let room = max(8, min(24, width - head.count - name.count - 9 - tail.count))
        return
            (head + name + "  " + Bar.blocks(fraction, width: room, .good) + "  " + percent + tail)
            .cut(width)
    }

    private var waits: String {
        record.reasons.first.map { record.state == "queued" ? "  \($0)" : "" } ?? ""
    }

    private func amount(_ done: UInt64, of total: UInt64? = nil) -> String {
        let areBytes = unit == "bytes"
        let text = { (value: UInt64) in
            areBytes ? Quantity.bytes(value) : Quantity.count(value)
        }
        let amount = total.map { "\(text(done)) of \(text($0))" } ?? text(done)
        return areBytes || unit.isEmpty ? amount : "\(amount) \(unit)"
    }

    private func speed(_ now: Int64) -> String {
        guard let rate = rate(atMilliseconds: now) else { return "" }
        return unit == "bytes"
            ? "  \(Quantity.bytes(Int64(rate)))/s" : "  \(Quantity.figure(rate, digits: 3))/s"
    }

    private func left(_ now: Int64) -> String {
        guard let rate = rate(atMilliseconds: now), let progress = record.progress,
            progress.done < progress.total
        else { return "" }
        let milliseconds = Double(progress.total - progress.done) / rate * 1_000
        return "  \(Quantity.duration(milliseconds: Int64(min(milliseconds, 1e15)))) left"
    }

    /// What has changed since `before`, where lines are printed and nothing is drawn.
    ///
    /// - Parameter tenths: whether each tenth of a phase is told too.
    public func changes(since before: EvaluationPace?, tenths: Bool) -> [String] {
        if record.state == "done" { return [] }
        var lines: [String] = []
        if before?.record.state != record.state { lines.append("\(record.suite): \(record.state)") }
        guard tenths, let progress = record.progress, progress.total > 0 else { return lines }
        let tenth = { (progress: EvaluationProgress) in
            Int(Double(min(progress.done, progress.total)) / Double(progress.total) * 10)
        }
        let last = before.flatMap { $0.phase == phase ? $0.record.progress : nil }
        guard tenth(progress) > (last.flatMap { $0.total > 0 ? tenth($0) : nil } ?? 0) else {
            return lines
        }
        let now = lastMilliseconds
        return lines + [
            "\(record.suite): \(phase) \(tenth(progress) * 10) %, "
                + "\(amount(progress.done, of: progress.total))\(speed(now))\(left(now))"
        ]
    }
}
