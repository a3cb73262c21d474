import CairnCore
import Deployment
import Ports

/// The disk that both controllers write to, and beside it what its records alone lead to.
///
/// Each record is read back from its text and folded onto a second copy at once (I7 after every
/// event); the whole log is replayed at starts, now and then, and at the end.
final class ControllerDisk {
    enum Fault: Equatable {
        case none
        /// No room but what is kept for ways back.
        case full(hasReserve: Bool)
        case failing
    }

    struct Failure: Error {}

    let store = InMemoryControllerStore()
    private(set) var folds: [LogFold]
    var fault = Fault.none
    /// Said to have failed; whether it is there shows when its writer starts again.
    private var torn: (batch: ControllerBatch, target: Int, writer: Int)?

    init(_ targets: [TargetName]) { folds = targets.map { LogFold($0) } }

    func heal() { fault = .none }

    /// - Returns: what of I7 does not hold then; `nil` when it does.
    /// - Throws: as the store does, or as its fault makes it.
    func append(
        _ batch: ControllerBatch, target: Int, by writer: Int, leading to: LogFold
    ) throws -> String? {
        switch fault {
        case .none: break
        case .full(let hasReserve):
            guard batch.isUrgent, hasReserve else { throw DiskIsFull("no room") }
        case .failing:
            torn = (batch, target, writer)
            throw Failure()
        }
        try store.append(batch)
        torn = nil
        return try fold(batch.records, target, leading: to)
    }

    private func fold(_ records: [LogRecord], _ target: Int, leading to: LogFold) throws -> String?
    {
        do {
            for record in records { try folds[target].add(record) }
        } catch {
            return "I7: the log cannot be folded: \(error)"
        }
        if folds[target].head != to.head { return "I7: the log ends elsewhere than was thought" }
        if folds[target].target != to.target {
            return "I7: the log folds to another state than the one in force"
        }
        if folds[target].target.nextTimer() != to.target.nextTimer() {
            return "I7: the log folds to another next timer"
        }
        // Equal in everything: what they share is compared by a glance the next time.
        folds[target] = to
        return nil
    }

    /// A write that was torn is there whole or not at all.
    func die(_ writer: Int, _ random: inout SeededRandom) throws {
        guard let (batch, target, tearer) = torn, tearer == writer else { return }
        torn = nil
        guard Bool.random(using: &random) else { return }
        // Of one that has lost the lease meanwhile it is not.
        do { try store.append(batch) } catch { return }
        for record in batch.records { try folds[target].add(record) }
    }

    /// The whole log from its first record.
    func replayed(_ target: Int) throws -> LogFold {
        var fold = LogFold(folds[target].target.name)
        for record in store.records(of: fold.target.name, after: 0, limit: .max) {
            try fold.add(record)
        }
        return fold
    }
}
