import CairnCore

/// Times in which nothing starts and no weight rises. Abort and rollback always work.
extension Target {
    /// - Returns: what began or ended by itself; `nil` where nothing did.
    mutating func bringFreezeInLine(at now: Timestamp) -> String? {
        let isCovered = freezeWindows.contains { $0.covers(now) }
        freezeWindows.removeAll { $0.nextEdge(after: now) == nil }
        let freezes = isFrozenByHand || isCovered
        guard freezes != isFrozen else { return nil }
        isFrozen = freezes
        return freezes ? "\(name) is frozen\(freezeText(at: now))" : "the freeze of \(name) is over"
    }

    /// By which windows, in brackets; empty where by hand.
    func freezeText(at now: Timestamp) -> String {
        let names = freezeWindows.filter { $0.covers(now) }.map(\.name)
        return names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
    }

    mutating func freeze(
        _ on: Bool, _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) {
        if isFrozenByHand == on {
            change.isChange = false
            change.summary =
                on
                ? "frozen already"
                : isFrozen ? "frozen by a window\(freezeText(at: now)), not by hand" : "not frozen"
            return
        }
        isFrozenByHand = on
        _ = bringFreezeInLine(at: now)
        change.summary =
            "\(request.actor) \(on ? "froze \(name)" : "lifted the freeze of \(name)")"
            + Self.because(request)
            + (!on && isFrozen ? "; still frozen\(freezeText(at: now))" : "")
    }

    mutating func addFreezeWindow(
        _ window: FreezeWindow, _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        if let fault = window.fault {
            throw Refusal(
                .invalid, .malformed, "'\(window.name.prefix(80))' is no window: \(fault)")
        }
        guard window.nextEdge(after: now) != nil else {
            throw Refusal(
                .invalid, .malformed, "window \(window.name) was over at \(window.until)")
        }
        if freezeWindows.contains(window) {
            change.isChange = false
            change.summary = "\(name) has the window \(window.name) already"
            return
        }
        freezeWindows.removeAll { $0.name == window.name }
        guard freezeWindows.count < FreezeWindow.countMax else {
            throw Refusal(
                .refused, .malformed,
                "\(name) has \(freezeWindows.count) windows, which is the most; remove one")
        }
        freezeWindows.append(window)
        freezeWindows.sort { $0.name < $1.name }
        _ = bringFreezeInLine(at: now)
        let again = window.every.map { ", again every \($0.inWords)" } ?? ""
        change.summary =
            "\(request.actor) freezes \(name) from \(window.from) until \(window.until)\(again)"
            + Self.because(request)
    }

    mutating func removeFreezeWindow(
        _ window: String, _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        guard freezeWindows.contains(where: { $0.name == window }) else {
            let names = freezeWindows.map(\.name).joined(separator: ", ")
            throw Refusal(
                .notFound, .unknown,
                "\(name) has no freeze window '\(window.prefix(80))'"
                    + (names.isEmpty ? "" : "; it has \(names)"))
        }
        freezeWindows.removeAll { $0.name == window }
        _ = bringFreezeInLine(at: now)
        change.summary =
            "\(request.actor) removed the freeze window \(window)" + Self.because(request)
    }
}
