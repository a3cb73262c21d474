import CairnCore

/// Which of the waiting evaluations is next.
public enum JobQueue {
    /// A job with what decides its turn.
    public struct Place: Sendable, Equatable {
        public let job: EvaluationJob
        public let version: String
        /// The version that this one is compared with; `nil`: none.
        public let parent: String?
        /// Of the suite, as its digest.
        public let suite: Digest

        public init(job: EvaluationJob, version: String, parent: String?, suite: Digest) {
            (self.job, self.version, self.parent, self.suite) = (job, version, parent, suite)
        }
    }

    /// The oldest job whose time has come; one whose parent is about to be evaluated on the same
    /// suite comes after it, so that it can be compared with it.
    public static func next(of places: [Place], at now: Timestamp) -> EvaluationID? {
        let due = places.filter { $0.job.isDue(at: now) }.sorted { $0.job.id < $1.job.id }
        let pending = Set(places.filter(\.comesByItself).map { Key($0.version, $0.suite) })
        let free = due.first { place in
            guard let parent = place.parent, parent != place.version else { return true }
            return !pending.contains(Key(parent, place.suite))
        }
        // Versions that name each other as parents would wait for ever; then the oldest goes first.
        let isParentOnItsWay = places.contains { $0.job.isActive || $0.job.isQueuedAfter(now) }
        return (free ?? (isParentOnItsWay ? nil : due.first))?.job.id
    }

    /// When the next job comes due, if none is now.
    public static func nextDue(of places: [Place]) -> Timestamp? {
        places.compactMap { place in
            if case .queued(let time) = place.job.phase { time } else { nil }
        }.min()
    }

    private struct Key: Hashable {
        let version: String
        let suite: Digest
        init(_ version: String, _ suite: Digest) { (self.version, self.suite) = (version, suite) }
    }
}

extension JobQueue.Place {
    /// Whether the job will end without anybody's help.
    fileprivate var comesByItself: Bool {
        switch job.phase {
        case .queued, .restoring, .running, .computing: true
        case .waiting, .done: false
        }
    }
}

extension EvaluationJob {
    fileprivate func isDue(at now: Timestamp) -> Bool {
        if case .queued(let time) = phase { time <= now } else { false }
    }

    fileprivate func isQueuedAfter(_ now: Timestamp) -> Bool {
        if case .queued(let time) = phase { time > now } else { false }
    }
}
