import Messages

/// What programs and calendars have to say.
extension TargetTree {
    /// Those that the rollout waits for, and the last that said no or nothing.
    var hooks: Tree? {
        let shown = status.hooks.filter { $0.awaited || ["no", "timed_out"].contains($0.state) }
        guard !shown.isEmpty else { return nil }
        return Tree(
            Painted("hooks", .strong),
            shown.suffix(6).map { hook in
                let ink: Ink = hook.state == "waiting" ? .warning : .bad
                let state = hook.state.split(separator: "_").joined(separator: " ")
                let answer = hook.answer.isEmpty ? "" : ": \(hook.answer)"
                let calls = Quantity.count(hook.tries, of: "call")
                return Tree("\(hook.name) \(state, ink) after \(calls)\(answer)")
            })
    }

    var freezes: Tree? {
        guard !status.freezeWindows.isEmpty else { return nil }
        return Tree(
            Painted("freeze windows", .strong),
            status.freezeWindows.map { window in
                let again =
                    window.everyMs == 0
                    ? "" : ", again every \(Quantity.duration(milliseconds: window.everyMs))"
                return Tree(
                    "\(Painted(window.name)) from \(Quantity.time(unixMilliseconds: window.fromUnixMs)) "
                        + "until \(Quantity.time(unixMilliseconds: window.untilUnixMs))\(again)")
            })
    }
}
