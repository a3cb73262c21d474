import CairnCore

extension Plan.Step {
    /// weight/bake/requests/events/warm/requests/gate, the gate `-`, or `never` or its time, `:` and
    /// its policy; then what later forms have added, each `/name:value` and in this order.
    var eventText: String {
        let gateText =
            gate.map {
                ($0.expiry.map { "\($0.wholeNanoseconds)" } ?? "never") + ":" + $0.onExpiry.rawValue
            } ?? "-"
        var text =
            "\(weight.value)/\(bake.wholeNanoseconds)/\(bakeRequests)/\(bakeEvents)/"
            + "\(warm.wholeNanoseconds)/\(warmRequests)/\(gateText)"
        switch kind {
        case .shift: break
        case .mirror(let share): text += "/mirror:\(share.value)"
        case .experiment: text += "/experiment:"
        case .hook(let name): text += "/hook:\(name)"
        }
        if let ramp { text += "/ramp:\(ramp.eventText)" }
        if let deadline { text += "/deadline:\(deadline.wholeNanoseconds)" }
        return text
    }

    init?(eventText text: Substring) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 7 else { return nil }
        let numbers = parts[..<6].compactMap { Int64($0) }
        guard numbers.count == 6, let weight = BasisPoints(Int(numbers[0])) else { return nil }
        self.init(weight: weight)
        (bake, bakeRequests, bakeEvents) = (
            .nanoseconds(numbers[1]), Int(numbers[2]), Int(numbers[3])
        )
        (warm, warmRequests) = (.nanoseconds(numbers[4]), Int(numbers[5]))
        guard takeGate(parts[6]) else { return nil }
        for part in parts[7...] where !takeLater(part) { return nil }
    }

    private mutating func takeGate(_ text: Substring) -> Bool {
        if text == "-" { return true }
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count == 2, let policy = Plan.Policy(rawValue: String(halves[1])) else {
            return false
        }
        if halves[0] == "never" {
            gate = .init(expiry: nil, onExpiry: policy)
            return true
        }
        guard let expiry = Int64(halves[0]) else { return false }
        gate = .init(expiry: .nanoseconds(expiry), onExpiry: policy)
        return true
    }

    private mutating func takeLater(_ text: Substring) -> Bool {
        guard let colon = text.firstIndex(of: ":") else { return false }
        let value = text[text.index(after: colon)...]
        switch text[..<colon] {
        case "mirror":
            guard let share = Int(value).flatMap({ BasisPoints($0) }) else { return false }
            kind = .mirror(share)
        case "experiment": kind = .experiment
        case "hook": kind = .hook(String(value))
        case "ramp":
            guard let read = Plan.Ramp(eventText: value) else { return false }
            ramp = read
        case "deadline":
            guard let time = Int64(value) else { return false }
            deadline = .nanoseconds(time)
        default: return false
        }
        return true
    }
}

extension Plan.Ramp {
    /// time*parts.
    var eventText: String { "\(over.wholeNanoseconds)*\(parts)" }

    init?(eventText text: some StringProtocol) {
        let halves = text.split(separator: "*", omittingEmptySubsequences: false)
        guard halves.count == 2, let over = Int64(halves[0]), let parts = Int(halves[1]) else {
            return nil
        }
        self.init(over: .nanoseconds(over), parts: parts)
    }
}
