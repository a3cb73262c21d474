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

    /// The job of the highest priority whose time has come, of several the oldest; one whose parent
    /// is about to be evaluated on the same suite comes after it, so that it can be compared with it.
    /// A parent is as urgent as the most urgent of those that wait for it.
    ///
    /// - Parameter lane: only jobs of this lane are taken; the others still count as parents.
    public static func next(of places: [Place], in lane: EvaluationJob.Lane, at now: Timestamp)
        -> EvaluationID?
    {
        let urgencies = urgencies(of: places)
        let due = places.filter { $0.job.lane == lane && $0.job.isDue(at: now) }
            .sorted { a, b in
                let (first, second) = (urgencies[a.job.id] ?? 0, urgencies[b.job.id] ?? 0)
                return first == second ? a.job.id < b.job.id : first > second
            }
        let pending = Set(places.filter(\.comesByItself).map(\.key))
        let free = due.first { place in
            guard let parent = place.parentKey else { return true }
            return !pending.contains(parent)
        }
        // Versions that name each other as parents would wait for ever; then the first one goes.
        let isParentOnItsWay = places.contains { place in
            place.job.isActive || (place.job.isQueued && !place.job.isDue(at: now))
        }
        return (free ?? (isParentOnItsWay ? nil : due.first))?.job.id
    }

    /// When the next job comes due.
    public static func nextDue(of places: [Place], after now: Timestamp) -> Timestamp? {
        places.compactMap { place in
            if case .queued(let time) = place.job.phase, !place.job.isDue(at: now) {
                time
            } else {
                nil
            }
        }.min()
    }

    struct Key: Hashable {
        let version: String
        let suite: Digest
    }

    /// The priority of each job, or that of the most urgent one that waits for it, however far behind.
    private static func urgencies(of places: [Place]) -> [EvaluationID: Int] {
        var urgencies: [EvaluationID: Int] = [:]
        for place in places { urgencies[place.job.id] = place.job.priority }
        guard places.contains(where: { $0.job.priority != places[0].job.priority }) else {
            return urgencies
        }
        let byKey = Dictionary(grouping: places, by: \.key)
        // Most urgent first, so that nobody is visited twice: whoever was raised before was raised
        // at least as high. Versions that name each other as parents end there, too.
        for place in places.sorted(by: { $0.job.priority > $1.job.priority }) {
            var parents = place.parentKey.flatMap { byKey[$0] } ?? []
            while let parent = parents.popLast() {
                guard let present = urgencies[parent.job.id], present < place.job.priority else {
                    continue
                }
                urgencies[parent.job.id] = place.job.priority
                parents += parent.parentKey.flatMap { byKey[$0] } ?? []
            }
        }
        return urgencies
    }
}

extension JobQueue.Place {
    var key: JobQueue.Key { JobQueue.Key(version: version, suite: suite) }

    var parentKey: JobQueue.Key? {
        guard let parent, parent != version else { return nil }
        return JobQueue.Key(version: parent, suite: suite)
    }

    /// Whether the job will end without anybody's help.
    fileprivate var comesByItself: Bool { job.isQueued || job.isActive }
}

extension EvaluationJob {
    fileprivate var isQueued: Bool { if case .queued = phase { true } else { false } }
}
