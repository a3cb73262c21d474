import CairnCore

/// What follows from what happened.
extension EvaluationJob {
    public mutating func handle(_ event: Event, at now: Timestamp) -> [Effect] {
        switch (phase, event) {
        case (.queued, .taken(let name)):
            guard isDue(at: now) else { return [] }
            lease(to: name)
            return allPredicted ? enter(.computing, .compute) : enter(.restoring, .restore)
        case (.restoring, .restored): return predictNext()
        case (.restoring, .restoringFailed(let why, let canRetry)):
            return canRetry ? wait(for: why, now) : end(why)
        case (.running(let index), .predicted(let finished, let file)) where finished == index:
            (predictions[index], absenceCount, crashCount) = (file, 0, 0)
            return predictNext()
        case (.running, .runnerFailed(let why)): return end(why)
        case (.running, .runnerPutOff(let why)): return wait(for: why, now)
        case (.waiting, .uploaded(let index, let file)) where index < repeats:
            return take(file, of: index, now)
        case (.computing, .judged(let verdict)):
            close(with: verdict)
            return [.finish]
        case (.computing, .computingFailed(let why)): return end(why)
        case (.restoring, .inherited(let name)), (.running, .inherited(let name)),
            (.computing, .inherited(let name)):
            lease(to: name)
            return [.persist]
        case (.restoring, .interrupted(let isClean)), (.running, .interrupted(let isClean)),
            (.computing, .interrupted(let isClean)):
            return takeUpAgain(now, isClean: isClean)
        case (.waiting, .cancelled(let why)), (.queued, .cancelled(let why)),
            (.restoring, .cancelled(let why)), (.running, .cancelled(let why)),
            (.computing, .cancelled(let why)):
            close(with: .cancelled)
            return [.cancel(why)]
        case (.waiting, _), (.queued, _), (.restoring, _), (.running, _), (.computing, _),
            (.done, _):
            return []  // Late or repeated: what it speaks of is over.
        }
    }

    private mutating func lease(to name: String) {
        worker = name
        leaseCount += 1
    }

    private mutating func enter(_ phase: Phase, _ work: Effect) -> [Effect] {
        (self.phase, waitsFor) = (phase, "")
        return [.persist, work]
    }

    private mutating func predictNext() -> [Effect] {
        guard let next = missingRepeats.first else { return enter(.computing, .compute) }
        return enter(.running(repeatIndex: next), .run(repeatIndex: next))
    }

    private mutating func take(_ file: PredictionsFile, of index: Int, _ now: Timestamp) -> [Effect]
    {
        predictions[index] = file
        if allPredicted {
            (phase, waitsFor) = (.queued(notBefore: now), "")
        } else {
            let rest = missingRepeats.map { "\($0 + 1)" }.joined(separator: ", ")
            waitsFor = "predictions of repeat \(rest) to be uploaded"
        }
        return [.persist]
    }

    /// Doubling from one second to a minute: the source, or the room, comes back by itself or by its
    /// operator.
    private mutating func wait(for why: String, _ now: Timestamp) -> [Effect] {
        let wait = min(Self.longestWait, .seconds(1 << min(absenceCount, 6)))
        absenceCount += 1
        (phase, worker, waitsFor) = (.queued(notBefore: now + wait), nil, why)
        return [.persist]
    }

    private mutating func end(_ why: String) -> [Effect] {
        close(with: .error)
        return [.fail(why)]
    }

    private mutating func close(with verdict: EvaluationVerdict) {
        (phase, worker, waitsFor) = (.done(verdict), nil, "")
    }

    private mutating func takeUpAgain(_ now: Timestamp, isClean: Bool) -> [Effect] {
        if !isClean { crashCount += 1 }
        guard crashCount < Self.crashCountMax else {
            return end("the evaluator ended \(crashCount) times while it worked on this evaluation")
        }
        (phase, worker) = (.queued(notBefore: now), nil)
        return [.persist]
    }
}
