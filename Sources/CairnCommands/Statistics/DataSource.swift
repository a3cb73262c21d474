import Glibc
import StatisticsTools
import Terminal

/// A file or standard input, read row by row: what a pipe holds is worked on as soon as it is there.
struct DataSource {
    /// "-" for standard input.
    let path: String

    init(_ path: String) { self.path = path }

    var name: String {
        path == "-" ? "standard input" : String(path.split(separator: "/").last ?? "")
    }

    /// - Throws: `StatError` with the file's name in front.
    func forEachRow(
        form: TableReader.Form?, notes: Terminal,
        _ body: (TableReader.Row, [String]) throws(StatError) -> Void
    ) throws {
        let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure }
        defer { if path != "-" { close(descriptor) } }
        if path == "-", isatty(0) == 1 { notes.print("reading your typing; Ctrl-D ends it") }
        var table = TableReader(form: form)
        var part = [UInt8](repeating: 0, count: 1 << 16)
        do {
            while true {
                let count = read(descriptor, &part, part.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw failure }
                if count == 0 { break }
                try table.append(part[..<count], body)
            }
            try table.finish(body)
        } catch let error as StatError {
            throw StatError("\(name): \(error)")
        }
    }

    private var failure: CommandError {
        CommandError("\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
}
