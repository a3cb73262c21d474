/// What the generators and the memory limits rely on in `proto/`.
enum ProtoRules {
    /// A message that can hold itself could be nested without end by whoever sends it.
    static func recursions(in files: [ProtoFile]) -> [String] {
        let messages = files.flatMap(\.messages)
        let names = Set(messages.map(\.name))
        let parts = Dictionary(
            messages.map { message in
                (message.name, Set(message.fields.map(\.type.lastPart)).intersection(names))
            }, uniquingKeysWith: { $0.union($1) })
        return parts.keys.sorted().compactMap { name in
            reaches(name, from: parts[name] ?? [], parts)
                ? "message \(name) can hold itself; the wire knows no recursion" : nil
        }
    }

    private static func reaches(
        _ name: String, from start: Set<String>, _ parts: [String: Set<String>]
    )
        -> Bool
    {
        var (seen, open) = (start, Array(start))
        while let next = open.popLast() {
            if next == name { return true }
            for part in parts[next] ?? [] where seen.insert(part).inserted { open.append(part) }
        }
        return false
    }
}
