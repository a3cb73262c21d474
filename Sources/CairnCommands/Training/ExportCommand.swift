import CairnCore
import CommandTable
import HDF5Files
import Messages
import Ports
import Rendering
import Terminal
import VersionFolders

/// `cairn export`, and `cairn pull --tensor`: tensors of a version in a file of their own.
enum ExportCommand {
    static func run(_ context: CommandContext) async throws {
        let isHDF5 = context.arguments.text("format") == "hdf5"
        let layout: any TensorFileLayout = if isHDF5 { HDF5Layout() } else { SafetensorsLayout() }
        try await write(layout, "exporting", context)
    }

    static func pull(_ context: CommandContext) async throws {
        try await write(SafetensorsLayout(), "pulling", context)
    }

    private static func write(
        _ layout: any TensorFileLayout, _ doing: String, _ context: CommandContext
    ) async throws {
        let reference = context.arguments.operand("VERSION") ?? ""
        let path = context.arguments.text("out") ?? ""
        let names = context.arguments.texts("tensor")
        let progress = ProgressDisplay("\(doing) \(reference)", areBytes: true, on: context.notes)
        let (version, report) = try await context.withLink(to: .ingest) { ingest in
            let (version, tensors) = try await TensorCommands.load(reference, ingest)
            let report = try await ingest.explaining {
                try await TensorExport(tensors, layout: layout).write(
                    names, metadata: metadata(of: version), to: path
                ) { done, all in progress.update(done: UInt64(done), total: UInt64(all)) }
            }
            return (version, report)
        }
        progress.finish()
        if context.wantsJSON {
            let json: JSONText = [
                "version": JSONText(version), "file": .string(path),
                "tensor_count": JSONText(report.tensorCount),
                "byte_count": JSONText(report.byteCount),
                "left_out": .array(report.leftOut.map { .string($0) }),
            ]
            return context.out.print(json.pretty)
        }
        for reason in report.leftOut { context.notes.print("left out: \(reason)") }
        context.out.print(
            "\(VersionText.name(version)) is in \(path): "
                + "\(Quantity.count(report.tensorCount, of: "tensor")), "
                + "\(Quantity.bytes(report.byteCount))")
    }

    /// What a file tells of where it comes from.
    private static func metadata(of version: VersionRecord) -> [String: String] {
        [
            "cairn_version": VersionText.name(version),
            "cairn_manifest": Hexadecimal.text(of: version.manifestDigest), "format": "pt",
        ]
    }
}
