import CairnCore

/// A group as one line, as a store keeps it.
extension Group {
    public var text: String {
        var line = EventLineWriter("group")
        line.add("name", quoted: name)
        line.add("targets", members.map(\.description).joined(separator: ","))
        line.add("max_unavailable", maxUnavailable)
        if let rollout {
            line.add("rollout", rollout.number)
            line.add("release", "\(rollout.release.number.number):\(rollout.release.manifest.hex)")
            line.add("by", quoted: rollout.by)
            line.add("reason", ifNotEmpty: rollout.reason)
            line.add("started", rollout.startedAt.nanoseconds)
            line.add("ended", ifThere: rollout.endedAt?.nanoseconds)
            line.add("state", rollout.state.rawValue)
            line.add("why", ifNotEmpty: rollout.why)
            line.add("barrier", rollout.barrier)
            line.add(
                "before",
                rollout.before.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
                    .joined(separator: ","))
        }
        return line.text
    }

    /// - Throws: `EventTextError` where `text` was never written so.
    public init(text: String) throws(EventTextError) {
        var line = try EventLineReader(text)
        let name = try line.text("name")
        let members = try line.value("targets", "targets") { Self.list($0, Self.target) }
        let most: Int = try line.number("max_unavailable")
        do {
            try self.init(name: name, members: members, maxUnavailable: most)
        } catch { throw EventTextError(error.description) }
        if let number: UInt64 = try line.numberIfThere("rollout") {
            rollout = try GroupRollout(number, &line)
        }
        try line.end()
    }

    static func list<Value>(_ text: String, _ read: (Substring) -> Value?) -> [Value]? {
        let parts = text.split(separator: ",")
        let values = parts.compactMap(read)
        return values.count == parts.count ? values : nil
    }

    static func target(_ text: Substring) -> TargetName? {
        do throws(NameError) {
            return try TargetName(String(text))
        } catch {
            // The caller says what was expected and what came.
            return nil
        }
    }
}

extension GroupRollout {
    fileprivate init(_ number: UInt64, _ line: inout EventLineReader) throws(EventTextError) {
        let release = try line.value("release", "number:digest", Release.init(eventText:))
        let (by, reason) = (try line.text("by"), line.textIfThere("reason"))
        let started: Int64 = try line.number("started")
        let ended: Int64? = try line.numberIfThere("ended")
        let state = try line.value("state", "a state", State.init(rawValue:))
        let why = line.textIfThere("why")
        let barrier: Int = try line.number("barrier")
        let before = try line.value("before", "target:number") { text in
            Group.list(text) { part -> (TargetName, UInt64)? in
                guard let colon = part.lastIndex(of: ":"), let name = Group.target(part[..<colon]),
                    let count = UInt64(part[part.index(after: colon)...])
                else { return nil }
                return (name, count)
            }
        }
        self.init(
            number: number, release: release, by: by, reason: reason,
            startedAt: Timestamp(nanoseconds: started),
            before: Dictionary(before) { first, _ in first })
        (endedAt, self.state, self.why) = (ended.map { Timestamp(nanoseconds: $0) }, state, why)
        self.barrier = barrier
    }
}
