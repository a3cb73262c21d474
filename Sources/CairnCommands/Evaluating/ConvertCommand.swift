import CairnCore
import CommandTable
import Evaluation
import Glibc
import LinuxHost
import Rendering
import Specs
import Terminal

/// `cairn convert`: predictions in another format.
enum ConvertCommand {
    static func run(_ context: CommandContext) async throws {
        let (from, to) = (try file("IN", context), try file("OUT", context))
        let task = try task(context)
        let input = try FileBytes(from.path)
        let conversion = PredictionConversion(
            input, from: from.format, to: to.format, task: task,
            workerCount: max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
        let rowCount: Int
        do {
            rowCount = try Files.write(to: to.path) { put in try conversion.run(put) }
        } catch let error as InputError {
            throw CommandError("\(from.path): \(error). \(to.path) was not written")
        }
        let byteCount = try FileBytes(to.path).byteCount
        if context.wantsJSON {
            let json: JSONText = [
                "file": .string(to.path), "row_count": JSONText(rowCount),
                "byte_count": JSONText(byteCount),
            ]
            return context.out.print(json.pretty)
        }
        context.out.print(
            "\(to.path) has \(Quantity.count(rowCount, of: "row")), "
                + "\(Quantity.bytes(UInt64(byteCount))) (\(from.path): "
                + "\(Quantity.bytes(UInt64(input.byteCount))))")
    }

    private static func file(_ operand: String, _ context: CommandContext) throws
        -> (path: String, format: RowFormat)
    {
        let path = context.arguments.operand(operand) ?? ""
        let name = String(path.split(separator: "/").last ?? "")
        guard let format = RowFormat(fileName: name) else {
            throw UsageError(
                "\(operand) is \(path): expected a name that ends in \(RowFormat.endingsText)")
        }
        return (path, format)
    }

    private static func task(_ context: CommandContext) throws -> EvaluationTask {
        let name = context.arguments.text("task") ?? ""
        guard let task = EvaluationTask.kinds.first(where: { $0.description == name }) else {
            throw UsageError(
                "--task \(name) is no task; the tasks are "
                    + EvaluationTask.kinds.map(\.description).joined(separator: ", "))
        }
        return task
    }
}
