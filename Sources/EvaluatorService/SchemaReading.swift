import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// Holds a data set's rows against its schema while they come, on a thread of its own.
actor SchemaReading {
    private var sketcher: TableSketcher
    private let fileName: String
    private let executor = BlockingExecutor(label: "evaluator.schema")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameter fileName: as `Checks.fileName` lets pass.
    init(
        _ schema: Evaluation.DatasetSchema, _ fileName: String, _ workerCount: Int
    ) throws(RPCError) {
        guard case .text(let format) = RowFormat(fileName: fileName) else {
            throw RPCError(
                .invalidArgument,
                "'\(fileName)' holds arrays, and a schema is held against rows of text; add it "
                    + "as .csv or .jsonl, or without --schema. Nothing was stored")
        }
        self.fileName = fileName
        sketcher = TableSketcher(
            format: format, rowEstimate: .max, schema: schema, workerCount: workerCount)
    }

    func append(_ part: SharedBytes) throws {
        do {
            try part.withUnsafeBytes { bytes throws(InputError) in try sketcher.append(bytes) }
        } catch {
            throw refusal(error)
        }
    }

    func finish() throws {
        do { _ = try sketcher.finish() } catch { throw refusal(error) }
    }

    private func refusal(_ error: InputError) -> RPCError {
        RPCError(.invalidArgument, "\(fileName), \(error). Nothing was stored")
    }
}
