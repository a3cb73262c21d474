import CairnCore
import Deployment
import Messages
import Ports

/// Every verdict that a guard ever reached, from the log and nothing else.
extension ControllerService {
    /// The log is folded anew, so what is answered does not depend on what is in memory.
    func verdicts(of name: TargetName, attempt: UInt64) async throws -> VerdictList {
        _ = try board.known(name)
        var fold = LogFold(name)
        var list = VerdictList()
        while true {
            let last = fold.head.sequence
            let records = try await desk.with { store in
                try store.records(of: name, after: last, limit: 1_024)
            }
            for record in records {
                for verdict in try fold.add(record).verdicts
                where attempt == 0 || verdict.attempt == attempt {
                    list.verdicts.append(VerdictRecord(verdict, at: record.sequence))
                }
            }
            if records.isEmpty { break }
        }
        list.recordCount = fold.head.sequence
        return list
    }
}

extension VerdictRecord {
    init(_ verdict: GuardVerdict, at sequence: UInt64) {
        self.init(
            sequence: sequence, attempt: verdict.attempt, guardName: verdict.guardName,
            kind: verdict.kind, observe: verdict.observes, statistic: verdict.statistic,
            bound: verdict.bound, stableRequests: UInt64(verdict.stable.requests),
            stableFailures: UInt64(verdict.stable.failures),
            candidateRequests: UInt64(verdict.candidate.requests),
            candidateFailures: UInt64(verdict.candidate.failures),
            detectable: verdict.detectable ?? 0, atUnixMs: verdict.at.milliseconds,
            why: verdict.why, inputs: verdict.inputs.lines,
            recomputed: verdict.recomputed() ?? 0, confirmed: verdict.isConfirmed)
    }
}
