import CairnCore
import CommandTable
import Glibc
import LinuxHost
import Messages
import Ports
import Rendering
import Specs
import Terminal
import YAMLFiles

/// Data sets and suites: pinning and listing.
enum DatasetCommands {
    static func add(_ context: CommandContext) async throws {
        let path = context.arguments.operand("FILE") ?? ""
        let fileName = String(path.split(separator: "/").last ?? "")
        let stem = fileName.lastIndex(of: ".").map { String(fileName[..<$0]) } ?? fileName
        let file = try InputFile(path)
        let first = AddDataset(
            name: context.arguments.text("name") ?? stem, digest: try file.digest().bytes,
            fileName: fileName)
        let progress = ProgressDisplay("adding \(first.name)", areBytes: true, on: context.notes)
        let record = try await context.withLink(to: .evaluator) { evaluator in
            try await evaluator.upload(EvaluatorMethods.addDataset) { parts in
                var message = first
                try await file.forEachPart { part, done in
                    try await parts.send(message, attachment: part)
                    message = AddDataset()
                    progress.update(done: done, total: file.byteCount)
                }
            }
        }
        progress.finish()
        if context.wantsJSON { return context.out.print(JSONText(record).pretty) }
        let word = record.existed ? "was there already" : "added"
        context.out.print(
            "\(record.name)@\(record.version) \(word), \(Quantity.bytes(record.byteCount))")
        context.out.print([Painted("digest \(Hexadecimal.text(of: record.digest))", .faint)])
    }

    static func list(_ context: CommandContext) async throws {
        let list = try await context.withLink(to: .evaluator) {
            try await $0.call(EvaluatorMethods.listDatasets, ListDatasets())
        }
        if context.wantsJSON { return context.out.print(JSONText(list).pretty) }
        if list.datasets.isEmpty {
            return context.out.print("no data sets yet; `cairn dataset add FILE` pins one")
        }
        context.out.print(EvaluationText.table(list.datasets))
    }

    static func applySuite(_ context: CommandContext) async throws {
        let path = context.arguments.operand("FILE.yaml") ?? ""
        let suite = try SpecFile.read(path) { value throws(ConfigError) in try SuiteFile(value) }
        let record = try await context.withLink(to: .evaluator) { evaluator in
            let known = try await evaluator.call(EvaluatorMethods.listDatasets, ListDatasets())
            let spec = try SpecFile.explaining(path) { () throws(ConfigError) in
                try suite.spec(findingDatasetIn: known.datasets)
            }
            return try await evaluator.call(EvaluatorMethods.applySuite, spec)
        }
        if context.wantsJSON { return context.out.print(JSONText(record).pretty) }
        let name = record.spec?.name ?? suite.spec.name
        context.out.print(
            record.changed ? "suite \(name) applied" : "suite \(name) was so already")
        context.out.print([Painted("digest \(Hexadecimal.text(of: record.digest))", .faint)])
    }

    static func listSuites(_ context: CommandContext) async throws {
        let list = try await context.withLink(to: .evaluator) {
            try await $0.call(
                EvaluatorMethods.listSuites,
                ListSuites(model: context.arguments.text("model") ?? ""))
        }
        if context.wantsJSON { return context.out.print(JSONText(list).pretty) }
        if list.suites.isEmpty {
            return context.out.print("no suites yet; `cairn suite apply FILE.yaml` sets one")
        }
        context.out.print(EvaluationText.table(list.suites))
    }
}

/// A file of YAML that says what something shall be; errors point at its lines, and are exit code 2.
enum SpecFile {
    static func read<Value>(
        _ path: String, _ read: (ConfigValue) throws(ConfigError) -> Value
    ) throws -> Value {
        guard let bytes = try Files.read(path, byteCountMax: YAMLFile.Limits.byteCount) else {
            throw UsageError("\(path) is not there")
        }
        return try explaining(path) { () throws(ConfigError) in try read(YAMLFile.value(of: bytes))
        }
    }

    static func explaining<Value>(_ path: String, _ body: () throws(ConfigError) -> Value)
        throws(UsageError) -> Value
    {
        do {
            return try body()
        } catch {
            throw UsageError(error.text(in: path))
        }
    }
}

/// A file on its way to a service, read in parts of at most 1 MiB.
struct InputFile: Sendable {
    let path: String
    let byteCount: UInt64

    static let partByteCount = 1 << 20

    init(_ path: String) throws {
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw UsageError("\(path) is not there") }
        guard facts.st_mode & S_IFMT == S_IFREG else { throw UsageError("\(path) is not a file") }
        (self.path, byteCount) = (path, UInt64(facts.st_size))
    }

    func digest() throws -> Digest {
        var builder = DigestBuilder()
        try withDescriptor { descriptor in
            while let part = try next(descriptor) { part.withUnsafeBytes { builder.append($0) } }
        }
        return builder.digest()
    }

    /// - Parameter body: gets each part and how many bytes there were with it. An empty file has one
    ///   empty part, since the first message names what is sent.
    func forEachPart(_ body: (SharedBytes, UInt64) async throws -> Void) async throws {
        let descriptor = try open()
        defer { close(descriptor) }
        var done: UInt64 = 0
        while let part = try next(descriptor) {
            done += UInt64(part.count)
            try await body(part, done)
        }
        if done == 0 { try await body(SharedBytes([]), 0) }
    }

    private func withDescriptor(_ body: (Int32) throws -> Void) throws {
        let descriptor = try open()
        defer { close(descriptor) }
        try body(descriptor)
    }

    private func open() throws -> Int32 {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure }
        return descriptor
    }

    private var failure: CommandError {
        CommandError("\(path) cannot be read: \(String(cString: strerror(errno)))")
    }

    private func next(_ descriptor: Int32) throws -> SharedBytes? {
        var part = [UInt8](repeating: 0, count: Self.partByteCount)
        let count = read(descriptor, &part, part.count)
        if count < 0 { throw failure }
        return count == 0 ? nil : SharedBytes(Array(part[..<count]))
    }
}
