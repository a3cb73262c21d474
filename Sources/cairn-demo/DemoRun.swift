import CairnClient
import CairnCore
import CommandTable
import Glibc
import LinuxHost
import Messages

/// Plays the demo: sets the stage, the four acts, the report.
struct DemoRun: Sendable {
    let folder: String
    let data: String
    let programs: String
    let base: UInt16
    let children: Children
    let record = Record()

    init(_ arguments: Arguments) throws {
        let out = try arguments.required("out")
        let data = try arguments.required("data")
        folder = try Self.emptyFolder(out)
        self.data = try Self.absolute(data)
        guard let own = Files.linkTarget("/proc/self/exe"), let slash = own.lastIndex(of: "/")
        else {
            throw HostError("this program does not know where it lies")
        }
        programs = String(own[..<slash])
        for program in ["cairn", "cairn-ingest", "cairn-agent"]
        where access("\(programs)/\(program)", X_OK) != 0 {
            throw HostError(
                "\(programs)/\(program) is not there; `make release` builds all programs")
        }
        base = try Self.freePorts()
        children = Children(folder: folder)
    }

    /// - Returns: whether every promise held.
    func play() async throws -> Bool {
        let signals = Signals([SIGINT, SIGTERM, SIGHUP])
        let holds: Bool?
        do {
            holds = try await withThrowingTaskGroup(of: Bool?.self) { group in
                group.addTask { [self] in try await perform() }
                group.addTask {
                    _ = await signals.next()
                    return nil
                }
                defer { group.cancelAll() }
                return try await group.next() ?? nil
            }
        } catch {
            logLine("the demo ended early: \(error)")
            logLine("the logs are in \(folder)")
            await leave()
            return false
        }
        if holds == nil { logLine("interrupted; ending what runs") }
        await leave()
        return holds ?? false
    }

    private func perform() async throws -> Bool {
        let stage = DemoStage(self)
        try await stage.raise()
        return try await withClient(of: DemoAddresses.of(portBase: base), named: "demo") { client in
            let acts = DemoActs(run: self, stage: stage, client: client)
            try await acts.play()
            try await stage.endTraffic()
            try acts.checkTraffic()
            let report = DemoReport(record, accuracy: acts.accuracies)
            try report.write(to: folder)
            print("\nreport: \(folder)/report.html and report.json")
            let broken = record.promises.count { !$0.holds }
            print(
                broken == 0
                    ? "all \(record.promises.count) promises held"
                    : "\(broken) of \(record.promises.count) promises were BROKEN")
            return record.allHold
        }
    }

    private func leave() async {
        await children.endAll()
        do {
            try await children.run("\(programs)/cairn", ["down", "--data", folder + "/data"])
        } catch { logLine("\(error)") }
        await children.endAll()
    }

    // MARK: The place

    private static func absolute(_ path: String) throws -> String {
        guard let real = realpath(path, nil) else { throw HostError.last(path) }
        defer { free(real) }
        return String(cString: real)
    }

    /// Made anew. A folder that no demo made is left alone.
    private static func emptyFolder(_ path: String) throws -> String {
        let mark = path + "/.cairn-demo"
        if access(path, F_OK) == 0 {
            guard access(mark, F_OK) == 0 else {
                throw HostError("\(path) is there and no demo made it; name another with --out")
            }
            try FileTree.remove(path)
        }
        try Files.makeFolder(path)
        try Files.write("", to: mark)
        return try absolute(path)
    }

    /// Ports for three services, their admin pages, and two serving programs.
    private static func freePorts() throws -> UInt16 {
        for base in stride(from: UInt16(27_400), to: 29_400, by: 20) {
            let wanted = [0, 1, 2, 10, 11, 100, 101, 102].map { base + UInt16($0) }
            // A port that is taken is why another base is tried.
            if wanted.allSatisfy({ (try? LineServer(port: $0)) != nil }) { return base }
        }
        throw HostError("no free ports between 27400 and 29500")
    }
}
