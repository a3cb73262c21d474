/// Takes the fields of rows and keeps them as columns.
protocol RowSink {
    /// Reads the value of a field.
    mutating func take<Cursor: RowCursor>(_ field: Int, _ cursor: inout Cursor) throws(InputError)
    /// Checks the row as a whole and adds it to the columns.
    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor) throws(InputError)
    /// Forgets what the present row has left behind: it is bad.
    mutating func dropRow()
}

/// Which rows of a piece were read, and what was wrong with the others.
struct RowTally: Sendable {
    private(set) var rowCount = 0
    private(set) var lineCount = 0
    private(set) var keptCount = 0
    private(set) var failures = RowFailures()
    private(set) var kept: [Int32]?
    private(set) var lines: [Int32]?

    /// Gives the rows of a piece to a sink.
    ///
    /// - Parameters:
    ///   - stopsAtError: whether the first bad row is the last one that is read.
    ///   - keptMax: reading ends after so many good rows.
    mutating func read<Cursor: RowCursor, Sink: RowSink>(
        _ cursor: inout Cursor, into sink: inout Sink, stopsAtError: Bool, keptMax: Int = .max
    ) {
        while keptCount < keptMax {
            do throws(InputError) {
                guard try cursor.nextRow() else { break }
                let line = cursor.rowLine
                while let field = try cursor.nextField() { try sink.take(field, &cursor) }
                try sink.endRow(cursor)
                keep(line: line)
            } catch {
                sink.dropRow()
                drop(error)
                cursor.skipRow()
                if stopsAtError { break }
            }
        }
        lineCount = cursor.line
    }

    private mutating func keep(line: Int) {
        if line != rowCount, lines == nil { lines = (0..<keptCount).map { Int32(row($0)) } }
        lines?.append(Int32(line))
        kept?.append(Int32(rowCount))
        rowCount += 1
        keptCount += 1
    }

    private mutating func drop(_ error: InputError) {
        failures.append(error, row: rowCount)
        if kept == nil { kept = (0..<Int32(keptCount)).map { $0 } }
        rowCount += 1
    }

    private func row(_ index: Int) -> Int { kept.map { Int($0[index]) } ?? index }
}
