import CairnCore
import Synchronization

/// When the present row of failures began.
final class MomentOfFirstFailure: Sendable {
    private let moment = Mutex<Timestamp?>(nil)

    func value(_ isFirst: Bool, now: Timestamp) -> Timestamp {
        moment.withLock { moment in
            if isFirst || moment == nil { moment = now }
            return moment ?? now
        }
    }
}
