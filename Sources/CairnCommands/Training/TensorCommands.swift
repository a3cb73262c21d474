import CairnCore
import HDF5Files
import Ingestion
import Messages
import Ports
import Rendering
import TensorFormats
import Terminal
import VersionFolders

/// `cairn show --tensors` and `cairn diff`: the tensors of versions, without pulling them.
enum TensorCommands {
    static func show(_ reference: String, _ context: CommandContext) async throws {
        let (version, tensors) = try await context.withLink(to: .ingest) {
            try await load(reference, $0)
        }
        if context.wantsJSON {
            let list = tensors.entries.map { json($0) }
            let page: JSONText = ["version": JSONText(version), "tensors": .array(list)]
            return context.out.print(page.pretty)
        }
        if tensors.entries.isEmpty {
            return context.out.print(
                "\(VersionText.name(version)) has no file whose tensors are understood "
                    + "(safetensors, PyTorch, HDF5, GGUF)")
        }
        var table = TextTable([
            ("FILE", .left), ("TENSOR", .left), ("TYPE", .left), ("SHAPE", .left), ("SIZE", .right),
            ("", .left),
        ])
        for entry in tensors.entries {
            table.add([
                Painted(entry.path), Painted(entry.name), Painted(entry.element.name),
                Painted(shape(entry)), Painted(entry.byteCount.map { Quantity.bytes($0) } ?? "–"),
                Painted(note(entry)),
            ])
        }
        context.out.print(table)
    }

    static func diff(_ context: CommandContext) async throws {
        let references = (
            context.arguments.operand("BEFORE") ?? "", context.arguments.operand("AFTER") ?? ""
        )
        let (before, after, fates) = try await context.withLink(to: .ingest) { ingest in
            let (before, old) = try await load(references.0, ingest)
            let (after, new) = try await load(references.1, ingest)
            return (before, after, try await ingest.explaining { try await new.fates(since: old) })
        }
        if context.wantsJSON {
            let page: JSONText = [
                "before": JSONText(before), "after": JSONText(after),
                "tensors": .array(fates.map { json($0.fate, $0.path, $0.name) }),
            ]
            return context.out.print(page.pretty)
        }
        let changed = fates.filter { if case .unchanged = $0.fate { false } else { true } }
        if !changed.isEmpty {
            var table = TextTable([
                ("FILE", .left), ("TENSOR", .left), ("WHAT", .left), ("ELEMENTS", .right),
                ("DISTANCE", .right),
            ])
            for (path, name, fate) in changed {
                table.add([Painted(path), Painted(name)] + cells(fate))
            }
            context.out.print(table)
        }
        let same = fates.count - changed.count
        context.out.print(
            "\(VersionText.name(before)) → \(VersionText.name(after)): "
                + "\(Quantity.count(same, of: "tensor")) unchanged, \(changed.count) not")
    }

    static func load(
        _ reference: String, _ ingest: Link
    ) async throws -> (VersionRecord, VersionTensors) {
        let version = try await Versions(ingest: ingest).resolve(reference)
        guard let digest = Digest(bytes: version.manifestDigest) else {
            throw CommandError("ingest answered without the digest of a manifest")
        }
        return try await ingest.explaining {
            let source = IngestSource(ingest.channel)
            let manifest = try await source.manifest(digest)
            return (
                version, try await VersionTensors(of: manifest, from: source, tables: HDF5Tables())
            )
        }
    }

    private static func shape(_ tensor: VersionTensors.Entry) -> String {
        tensor.shape.isEmpty ? "scalar" : tensor.shape.map(String.init).joined(separator: "×")
    }

    private static func kind(_ tensor: VersionTensors.Entry) -> String {
        tensor.element.name + " " + shape(tensor)
    }

    private static func note(_ tensor: VersionTensors.Entry) -> String {
        if case .coded(let other, _) = tensor.place { other.why } else { "" }
    }

    private static func cells(_ fate: VersionTensors.Fate) -> [Painted] {
        switch fate {
        case .unchanged: ["unchanged", "", ""]
        case .changed(let change):
            [
                "changed",
                Painted(
                    Quantity.percent(Double(change.changedCount) / Double(change.elementCount))),
                Painted(change.relativeDistance.map { Quantity.figure($0) } ?? "–"),
            ]
        case .replaced(let old, let new):
            [Painted("was \(kind(old)), is \(kind(new))"), "", ""]
        case .unreadable(let tensor): [Painted("not compared: \(tensor.why)"), "", ""]
        case .added(let tensor): [Painted("added, \(kind(tensor))"), "", ""]
        case .removed(let tensor): [Painted("removed, \(kind(tensor))"), "", ""]
        }
    }

    private static func json(_ entry: VersionTensors.Entry) -> JSONText {
        var offset = JSONText.null
        if case .file(let tensor, _) = entry.place { offset = JSONText(tensor.offset) }
        return [
            "path": .string(entry.path), "name": .string(entry.name),
            "dtype": .string(entry.element.name),
            "shape": .array(entry.shape.map { JSONText($0) }),
            "offset": offset, "byte_count": entry.byteCount.map { JSONText($0) } ?? .null,
            "note": .string(note(entry)),
        ]
    }

    private static func json(
        _ fate: VersionTensors.Fate, _ path: String, _ name: String
    ) -> JSONText {
        var members: [JSONText.Member] = [
            .init("path", .string(path)), .init("name", .string(name)),
        ]
        func add(_ name: String, _ value: JSONText) { members.append(.init(name, value)) }
        switch fate {
        case .unchanged: add("change", "unchanged")
        case .changed(let change):
            add("change", "changed")
            add("element_count", JSONText(change.elementCount))
            add("changed_count", JSONText(change.changedCount))
            add("relative_distance", change.relativeDistance.map { .number($0) } ?? .null)
        case .replaced(let old, let new):
            add("change", "replaced")
            add("before", .string(kind(old)))
            add("after", .string(kind(new)))
        case .unreadable(let tensor):
            add("change", "unreadable")
            add("note", .string(tensor.why))
        case .added(let tensor):
            add("change", "added")
            add("after", .string(kind(tensor)))
        case .removed(let tensor):
            add("change", "removed")
            add("before", .string(kind(tensor)))
        }
        return .object(members)
    }
}
