import CairnCore
import LinuxHost

/// What stands before the first act: three services, two hosts with an agent and a serving program,
/// a camera.
struct DemoStage: Sendable {
    private let run: DemoRun

    init(_ run: DemoRun) { self.run = run }

    private func port(_ offset: UInt16) -> String { "\(run.base + offset)" }
    private var demo: String { run.programs + "/cairn-demo" }
    func host(_ index: Int) -> String { "\(run.folder)/host-\(index)" }

    /// The services.
    func raise() async throws {
        try await cairn("up", "--data", run.folder + "/data", "--port-base", "\(run.base)")
        run.record.note("ingest, evaluator and deployment-controller are up")
    }

    /// Runs the command line, as a user would.
    @discardableResult
    func cairn(_ words: String...) async throws -> String {
        try await run.children.run("\(run.programs)/cairn", words)
    }

    /// The test part pinned, and what "good" means.
    func declareSuite() async throws {
        try Files.write(try DemoData(path: run.data).testFile, to: run.folder + "/test.csv")
        try await cairn("dataset", "add", run.folder + "/test.csv", "--name", "digits-test")
        let suite = """
            name: digits
            model: digits
            dataset: digits-test
            task: multiclass
            metrics: [accuracy, f1_macro, log_loss]
            gates:
              - {metric: accuracy, at_least: 80%}
              - {metric: accuracy, not_worse_than_parent_by: 0.05}
            runner:
              command: ["\(demo)", predict, "{checkpoint}", "{dataset}", "{predictions}"]
              time_limit: 1m

            """
        try Files.write(suite, to: run.folder + "/suite.yaml")
        try await cairn("suite", "apply", run.folder + "/suite.yaml")
    }

    /// A trainer's process.
    func train(_ version: String, parent: String = "", _ recipe: Recipe, epochs: Int) async throws {
        try await run.children.run(
            demo,
            [
                "train", "--port-base", port(0), "--data", run.data, "--version", version,
                "--recipe", recipe.rawValue, "--epochs", "\(epochs)",
            ] + (parent.isEmpty ? [] : ["--parent", parent]))
    }

    /// Two hosts and the camera. Their target is there already.
    func openHosts() throws {
        for index in 0..<2 {
            let (folder, port) = (host(index), port(UInt16(10 + index)))
            try Files.makeFolder(folder)
            try run.children.start(
                "serve-\(index)", demo, ["serve", "--dir", folder, "--port", port])
            try run.children.start(
                "agent-\(index)", run.programs + "/cairn-agent",
                [
                    "--target", Camera.target, "--dir", folder, "--name", "host-\(index)",
                    "--controller", "127.0.0.1:\(self.port(2))", "--ingest",
                    "127.0.0.1:\(self.port(0))", "--reload", "\(demo) reload --port \(port)",
                    "--admin", "none",
                ])
        }
    }

    func startTraffic() throws {
        try run.children.start(
            "camera", demo,
            [
                "camera", "--port-base", port(0), "--data", run.data, "--first", port(10),
                "--second", port(11), "--dir", run.folder,
            ])
    }

    /// Moves the camera by so many pixels from where it was built in.
    func slipCamera(to shift: Int) throws {
        try Files.write("\(shift)\n", to: run.folder + "/shift")
    }

    func endTraffic() async throws { try await run.children.end("camera") }
}
