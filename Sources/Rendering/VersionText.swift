import CairnCore
import Messages

/// Versions, runs and what they recorded, for people.
public enum VersionText {
    public static func table(_ versions: [VersionRecord]) -> TextTable {
        var table = TextTable(
            "version", "created", "size>", "new>", "step>", "parent", "aliases", "metrics")
        for version in versions {
            table.add(
                Painted(Name.version(version.number), .strong),
                Painted(Quantity.time(unixMilliseconds: version.createdUnixMs)),
                Painted(Quantity.bytes(version.byteCount)),
                Painted(Quantity.bytes(version.newByteCount)),
                Painted(version.step == 0 ? "" : Quantity.count(version.step)),
                Painted(version.parent.isEmpty ? "" : Name.version(version.parent)),
                Painted(version.aliases.joined(separator: ", ")), Painted(metrics(version.metrics)))
        }
        return table
    }

    /// `chat@v1.2.0`, or the checkpoint where there is no version.
    public static func name(_ version: VersionRecord) -> String {
        version.number.isEmpty
            ? "checkpoint \(Name.short(version.checkpointId)) of \(version.model)"
            : "\(version.model)@\(Name.version(version.number))"
    }

    static func metrics(_ metrics: [NamedNumber]) -> String {
        metrics.map { "\($0.name)=\(Quantity.figure($0.value))" }.joined(separator: "  ")
    }

    /// Everything about one version.
    public static func page(_ version: VersionRecord) -> [Painted] {
        var page = FactList()
        page.add("version", Painted(name(version), .strong))
        page.add("created", Quantity.time(unixMilliseconds: version.createdUnixMs))
        page.add("manifest", Hexadecimal.text(of: version.manifestDigest))
        page.add("checkpoint", Hexadecimal.text(of: version.checkpointId))
        page.add("run", Hexadecimal.text(of: version.runId))
        page.add("step", version.step == 0 ? "" : Quantity.count(version.step))
        page.add("parent", version.parent.isEmpty ? "" : Name.version(version.parent))
        page.add(
            "size",
            "\(Quantity.bytes(version.byteCount)) in \(Quantity.count(version.fileCount, of: "file")), "
                + "\(Quantity.bytes(version.newByteCount)) of them new")
        page.add("aliases", version.aliases.joined(separator: ", "))
        page.add("pinned by", version.pinnedBy.joined(separator: ", "))
        page.add("note", version.note)
        page.add("metrics", version.metrics.map { "\($0.name)=\(Quantity.figure($0.value))" })
        page.add("params", version.params.map { "\($0.key)=\($0.value)" })
        page.add("config", version.config.map { "\($0.key)=\($0.value)" })
        page.add("code", code(version.code))
        page.add("data sets", version.datasets.map(dataset))
        page.add("dependencies", version.dependencies)
        return page.lines
    }

    static func code(_ code: CodeOrigin?) -> String {
        guard let code, !code.commit.isEmpty || !code.remote.isEmpty else { return "" }
        let dirty = code.dirtyDigest.isEmpty ? "" : " with uncommitted changes"
        let place = [code.branch, code.remote].filter { !$0.isEmpty }.joined(separator: ", ")
        return "\(code.commit.prefix(12))\(dirty)" + (place.isEmpty ? "" : " (\(place))")
    }

    static func dataset(_ use: DatasetUse) -> String {
        var text = use.name
        if !use.role.isEmpty { text += " (\(use.role))" }
        return use.digest.isEmpty ? text : text + " \(Name.short(use.digest))"
    }

    /// What a push did.
    public static func pushed(
        _ version: VersionRecord?, checkpoint: [UInt8], manifest: Digest, sentByteCount: Int
    ) -> [Painted] {
        let name = "checkpoint " + Hexadecimal.text(of: checkpoint)
        guard let version else {
            return ["\(name, .strong)  \(Quantity.bytes(sentByteCount)) sent"]
        }
        return [
            "\(VersionText.name(version), .strong)  \(Quantity.bytes(version.byteCount)), "
                + "\(Quantity.bytes(sentByteCount)) sent, "
                + "\(Quantity.bytes(version.newByteCount)) new in the store",
            Painted("manifest \(manifest.hex)", .faint),
        ]
    }
}

/// Names with values under each other; empty values are left out.
struct FactList {
    private var facts: [(name: String, value: Painted)] = []

    mutating func add(_ name: String, _ value: Painted) {
        if !value.isEmpty { facts.append((name, value)) }
    }

    mutating func add(_ name: String, _ value: String) { add(name, Painted(value)) }

    /// The first beside the name, the others below it.
    mutating func add(_ name: String, _ values: [String]) {
        for (index, value) in values.enumerated() {
            facts.append((index == 0 ? name : "", Painted(value)))
        }
    }

    var lines: [Painted] {
        let width = facts.map(\.name.count).max() ?? 0
        return facts.map { Painted($0.name, .faint).padded(width + 2) + $0.value }
    }
}
