import CairnCore

extension Target {
    /// Where a rollback without a version goes: from an attempt to what it came from, else to the
    /// proven release before what serves. Never forward: the same command twice must not undo
    /// itself.
    public var wayBackFromHere: Release? {
        if let attempt, attempt.isBusy { return attempt.from }
        let before = proven.firstIndex { $0 == stable }.map { proven[..<$0] } ?? proven[...]
        return before.last { $0 != stable && quarantine[$0.manifest] == nil }
    }

    /// The proven release with this number; without one `wayBackFromHere`.
    func provenRelease(_ number: VersionNumber?, at now: Timestamp) throws(Refusal)
        -> Release
    {
        let others = proven.filter {
            $0 != stable && quarantine[$0.manifest] == nil && isInWindow($0, at: now)
        }
        guard let number else {
            if let last = wayBackFromHere, !isInWindow(last, at: now) {
                throw Refusal(
                    .refused, .notProven,
                    "\(last.number) stopped serving over \(plan?.rollback.window.inWords ?? "") ago, "
                        + "which is the window of the plan; `cairn deploy` moves it in step by step"
                )
            }
            guard let last = wayBackFromHere else {
                let names = others.map(\.number.description).joined(separator: ", ")
                throw Refusal(
                    .refused, .notProven,
                    "no proven version came before \(stable?.number.description ?? "nothing") on "
                        + "\(name)"
                        + (names.isEmpty
                            ? "; `cairn deploy` moves one in"
                            : "; name one of \(names) with --to"))
            }
            return last
        }
        if stable?.number == number {
            throw Refusal(.refused, .wrongState, "\(number) serves on \(name) already")
        }
        guard let found = others.last(where: { $0.number == number }) else {
            let names = others.map(\.number.description).joined(separator: ", ")
            throw Refusal(
                .refused, .notProven,
                "\(number) never held all traffic of \(name) through its watch, or is in "
                    + "quarantine\(windowText)" + (names.isEmpty ? "" : "; proven are \(names)")
                    + ". Deploy it instead")
        }
        return found
    }

    /// Whether it served so short a time ago that the plan still lets it come back.
    private func isInWindow(_ release: Release, at now: Timestamp) -> Bool {
        guard let window = plan?.rollback.window, window > .zero,
            let until = servedUntil[release.manifest]
        else { return true }
        return now - until <= window
    }

    private var windowText: String {
        guard let window = plan?.rollback.window, window > .zero else { return "" }
        return ", or stopped serving over \(window.inWords) ago"
    }
}
