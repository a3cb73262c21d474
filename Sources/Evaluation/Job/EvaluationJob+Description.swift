extension EvaluationJob.Phase: CustomStringConvertible {
    /// As `EvaluationRecord.state` says it.
    public var description: String {
        switch self {
        case .waiting: "waiting"
        case .queued: "queued"
        case .restoring: "restoring"
        case .running: "running"
        case .computing: "computing"
        case .done: "done"
        }
    }
}

extension EvaluationJob {
    public var isDone: Bool { if case .done = phase { true } else { false } }

    /// Whether something works on it now.
    public var isActive: Bool {
        switch phase {
        case .restoring, .running, .computing: true
        case .waiting, .queued, .done: false
        }
    }
}
