import Messages

/// What proves a way back, check by check.
public enum ProofText {
    /// One line for each check.
    public static func lines(_ record: RollbackRecord) -> [Painted] {
        record.checks.map { check in
            let (mark, ink): (String, Ink) =
                switch check.state {
                case "met": ("✓", .good)
                case "waiting": ("▶", .warning)
                default: ("·", .faint)
                }
            return "\(mark, ink) \(Painted(check.name).padded(12))  " + Painted(check.finding)
        }
            + (record.acceptedBy.isEmpty
                ? [] : ["\("!", .bad) accepted by \(record.acceptedBy) without the rest"])
    }

    /// Every way back of a target.
    public static func lines(_ list: ProofList) -> [Painted] {
        Array(
            zip(list.rollbacks, list.sequences).map { record, sequence -> [Painted] in
                var head: Painted =
                    "\("rollback", .strong) of attempt \(record.attempt), record \(sequence): "
                head +=
                    "\(Name.version(record.fromNumber)) → \(Name.version(record.toNumber)) at "
                    + "\(Quantity.time(unixMilliseconds: record.startedUnixMs))"
                var lines = [head, Painted("  " + record.cause)]
                let sentences = RollbackText.sentences(of: record)
                if record.ackedUnixMs > 0, sentences.count > 1 {
                    lines.append(Painted("  " + sentences[1]))
                }
                return lines + self.lines(record).map { "  " + $0 }
            }.joined(separator: [""]))
    }
}
