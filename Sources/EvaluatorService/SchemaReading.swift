import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// Holds a data set's rows against its schema, on a thread of its own: rows of text while they come,
/// columns when all are there, as where arrays lie stands at a file's end.
actor SchemaReading {
    /// `nil` for columns.
    private var table: TableSketcher?
    /// `nil` for rows of text.
    private let columns: ColumnFormat?
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
            columns = nil
            table = TableSketcher(
                format: format, rowEstimate: .max, schema: schema, workerCount: workerCount)
        case .arrays(let isArchive): (table, columns) = (nil, .arrays(isArchive: isArchive))
        case .columns: (table, columns) = (nil, .stream)
        case nil:
            throw RPCError(
                .invalidArgument,
                "'\(fileName)' ends in none of \(RowFormat.endingsText). Nothing was stored")
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
            if let columns {
                _ = try ArraySketcher.columns(
                    of: source, format: columns, schema: schema, isSketched: false,
                    workerCount: workerCount)
            } else {
                _ = try table?.finish()
            }
        } catch {
            throw refusal(error)
        }
    }

    private func refusal(_ error: InputError) -> RPCError {
        RPCError(.invalidArgument, "\(fileName), \(error). Nothing was stored")
    }
}
