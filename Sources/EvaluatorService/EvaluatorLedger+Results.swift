import CairnCore
import Evaluation
import Ports

extension EvaluatorLedger {
    /// What there is of the parent to compare a version with on a suite.
    func parentResult(of evaluation: StoredEvaluation) throws -> BaselineResult {
        guard let parent = evaluation.version.parent,
            parent.number != evaluation.version.number
        else { return .none }
        return try result(of: parent.number, parent.manifest, against: evaluation)
    }

    /// What there is of the version that serves.
    func stableResult(of stable: StableVersion?, against evaluation: StoredEvaluation) throws
        -> BaselineResult
    {
        guard let stable else { return .none }
        let version = evaluation.version
        guard stable.model == version.model else {
            return .unknown("there the model \(stable.model) serves, and not \(version.model)")
        }
        if stable.number == version.number, stable.manifest == version.manifest { return .itself }
        return try result(of: stable.number, stable.manifest, against: evaluation)
    }

    private func result(
        of number: VersionNumber, _ manifest: Digest, against evaluation: StoredEvaluation
    ) throws -> BaselineResult {
        let theirs = try store.evaluations(of: evaluation.version.model, number: number).filter {
            $0.version.manifest == manifest && $0.suite.name == evaluation.suite.name
        }
        if let done = theirs.first(where: { entry in
            entry.suite.basis == evaluation.suite.basis && entry.hasNumbers
        }), let measurements = Measurements(try store.measurements(of: done.job.id)) {
            return .measured(number.description, measurements)
        }
        return .missing(number.description, why: Self.whyMissing(theirs, evaluation.suite))
    }

    private static func whyMissing(_ theirs: [StoredEvaluation], _ suite: EvaluationSuite) -> String
    {
        let onThisBasis = theirs.filter { $0.suite.basis == suite.basis }
        if let newest = onThisBasis.first {
            return newest.job.isDone
                ? "its evaluation ended without numbers" : "its evaluation is \(newest.job.phase)"
        }
        return theirs.isEmpty
            ? "it was not evaluated on this suite" : "it was evaluated on another data set"
    }

    /// The newest results of two versions on one suite that may be compared; where there are none,
    /// the newest of each, so that the comparison says why not.
    func comparable(_ a: KnownVersion, _ b: KnownVersion, suite: ModelName) throws
        -> (ComparedVersion, ComparedVersion)
    {
        let (ofA, ofB) = (try results(of: a, suite), try results(of: b, suite))
        for left in ofA {
            if let right = ofB.first(where: { $0.suite.basis == left.suite.basis }) {
                return (try compared(left), try compared(right))
            }
        }
        return (try compared(ofA[0]), try compared(ofB[0]))
    }

    /// Newest first, one or more.
    private func results(of version: KnownVersion, _ suite: ModelName) throws -> [StoredEvaluation]
    {
        let found = try store.evaluations(of: version.model, number: version.number).filter {
            $0.version.manifest == version.manifest && $0.suite.name == suite && $0.hasNumbers
        }
        guard !found.isEmpty else {
            throw RPCError(
                .notFound,
                "\(version.model)@\(version.number) has no result on the suite \(suite). Run "
                    + "`cairn eval \(version.model)@\(version.number) --suite \(suite)` first")
        }
        return found
    }

    private func compared(_ evaluation: StoredEvaluation) throws -> ComparedVersion {
        guard let measurements = Measurements(try store.measurements(of: evaluation.job.id)) else {
            throw RPCError(
                .internal, "the numbers of \(evaluation.version.number) are not in the store")
        }
        return ComparedVersion(
            number: evaluation.version.number, suite: evaluation.suite,
            measurements: measurements)
    }
}

extension StoredEvaluation {
    /// Whether it is done and has numbers.
    var hasNumbers: Bool {
        if case .done(let verdict) = job.phase { verdict.hasNumbers } else { false }
    }

    /// A file that somebody sent and that could not be read.
    fileprivate var isUnreadableUpload: Bool {
        suite.runner == nil && job.phase == .done(.error)
    }
}

extension [StoredEvaluation] {
    /// Of some, the newest first, the one that stands: what was measured is not undone by a file
    /// that could not be read.
    var standing: StoredEvaluation? { first { !$0.isUnreadableUpload } ?? first }
}
