import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// Holds a data set's rows against its schema, on a thread of its own: rows of text while they come,
/// arrays when all are there, as where they lie stands at a file's end.
actor SchemaReading {
    /// `nil` for arrays.
    private var table: TableSketcher?
    private let isArchive: Bool
    private let schema: Evaluation.DatasetSchema
    private let workerCount: Int
    private let fileName: String
    private let executor = BlockingExecutor(label: "evaluator.schema")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameter fileName: as `Checks.fileName` lets pass.
    init(
        _ schema: Evaluation.DatasetSchema, _ fileName: String, _ workerCount: Int
    ) throws(RPCError) {
        (self.schema, self.fileName, self.workerCount) = (schema, fileName, workerCount)
        switch RowFormat(fileName: fileName) {
        case .text(let format):
            isArchive = false
            table = TableSketcher(
                format: format, rowEstimate: .max, schema: schema, workerCount: workerCount)
        case .arrays(let isArchive): (table, self.isArchive) = (nil, isArchive)
        case .columns, nil:
            throw RPCError(
                .invalidArgument,
                "'\(fileName)' is a stream of columns, and a schema is held against rows of text or "
                    + "arrays; `cairn convert` writes it as .jsonl, .csv or .npz, or add it without "
                    + "--schema. Nothing was stored")
        }
    }

    func append(_ part: SharedBytes) throws {
        do {
            try part.withUnsafeBytes { bytes throws(InputError) in try table?.append(bytes) }
        } catch {
            throw refusal(error)
        }
    }

    /// - Parameter source: all bytes.
    func finish(_ source: any Evaluation.ByteSource) throws {
        do throws(InputError) {
            if table != nil {
                _ = try table?.finish()
            } else {
                _ = try ArraySketcher.columns(
                    of: source, isArchive: isArchive, schema: schema, isSketched: false,
                    workerCount: workerCount)
            }
        } catch {
            throw refusal(error)
        }
    }

    private func refusal(_ error: InputError) -> RPCError {
        RPCError(.invalidArgument, "\(fileName), \(error). Nothing was stored")
    }
}
