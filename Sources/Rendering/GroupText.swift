import Messages

/// Groups of targets that move in lockstep.
public enum GroupText {
    public static func lines(_ group: GroupStatus) -> [Painted] {
        let words = group.state.split(separator: "_").joined(separator: " ")
        let ink: Ink =
            switch group.state {
            case "promoted", "idle": .good
            case "going_back", "went_back": .bad
            default: .warning
            }
        var head: Painted = "\(group.group, .strong)  \(words, ink)"
        if !group.number.isEmpty { head += "  \(Name.version(group.number))" }
        if group.state == "rolling_out" { head += "  step \(group.barrier + 1) may begin" }
        let rows = group.members.map { member in
            Tree(
                "\(Painted(member.target).padded(24))  "
                    + Painted(state(of: member)).padded(14)
                    + (member.ready ? Painted("  ready", .good) : "")
                    + (member.unavailable ? Painted("  OUT OF REACH", .bad) : ""))
        }
        let waits =
            group.waitingFor.isEmpty
            ? []
            : [Tree(Painted("waiting for", .strong), group.waitingFor.map { Tree(Painted($0)) })]
        let lines = Tree("", rows + waits).lines(width: 80).dropFirst()
        return [head] + (group.why.isEmpty ? [] : Painted(group.why).wrapped(80)) + lines
    }

    private static func state(of member: GroupMember) -> String {
        member.state == "step"
            ? "step \(member.step + 1)" : member.state.split(separator: "_").joined(separator: " ")
    }
}
