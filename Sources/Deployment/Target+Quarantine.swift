import CairnCore

/// Versions that are kept out of a target.
extension Target {
    /// Keeps a release out; one that is on its way in goes back.
    mutating func quarantine(
        _ release: Release, _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        guard !request.reason.isEmpty else {
            throw Refusal(
                .invalid, .reasonMissing, "say with --reason why \(release.number) is kept out")
        }
        if let held = quarantine[release.manifest] {
            change.isChange = false
            change.summary = "\(release.number) is in quarantine already: \(held.why)"
            return
        }
        let isOnItsWay =
            attempt.map { $0.isBusy && $0.release == release && $0.wayBack == nil } ?? false
        guard isOnItsWay || stable != release else {
            throw Refusal(
                .refused, .wrongState,
                "\(release.number) serves on \(name); roll back first, then keep it out")
        }
        guard isOnItsWay else {
            return quarantine(release, Self.why(request), &change, at: now)
        }
        change.summary =
            "\(request.actor) put \(release.number) in quarantine, which ends its attempt"
            + Self.because(request)
        beginRollback(
            cause: "kept out by \(request.actor)" + Self.because(request), endsAs: .aborted,
            quarantines: true,
            ramps: false, &change, at: now)
    }

    mutating func quarantine(
        _ release: Release, _ why: String, _ change: inout Change, at now: Timestamp
    ) {
        guard quarantine[release.manifest] == nil else { return }
        quarantine[release.manifest] = Quarantine(number: release.number, why: why, since: now)
        change.isChange = true
        change.summary = join(change.summary, "\(release.number) is in quarantine: \(why)")
    }

    mutating func unquarantine(
        _ manifest: Digest, _ request: Event.Request, _ change: inout Change
    ) throws(Refusal) {
        guard let held = quarantine[manifest] else {
            throw Refusal(
                .notFound, .unknown, "\(manifest.short) is not in quarantine on \(name)")
        }
        guard !request.reason.isEmpty else {
            throw Refusal(
                .invalid, .reasonMissing,
                "say why with --reason: \(held.number) broke: \(held.why)")
        }
        quarantine[manifest] = nil
        change.summary =
            "\(request.actor) let \(held.number) out of quarantine" + Self.because(request)
    }

    static func why(_ request: Event.Request) -> String {
        request.reason.isEmpty ? "by \(request.actor)" : "\(request.reason) (\(request.actor))"
    }
}
