import Messages

/// Calls of hooks, for people.
public enum HookText {
    public static func table(_ hooks: [HookStatus]) -> TextTable {
        var table = TextTable("key", "state", "tries>", "asks or tells", "answer")
        for hook in hooks {
            let ink: Ink =
                switch hook.state {
                case "yes": .good
                case "no", "timed_out": .bad
                case "waiting": .warning
                default: .faint
                }
            table.add(
                Painted(hook.key, hook.awaited ? .strong : .faint), Painted(hook.state, ink),
                Painted("\(hook.tries)"), Painted(hook.text), Painted(hook.answer))
        }
        return table
    }
}
