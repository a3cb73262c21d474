import CairnTestKit
import Testing

/// Every example of `examples/runners` with a real checkpoint: what the evaluator measures is what the
/// framework itself has.
@Suite(.serialized, .timeLimit(.minutes(10))) struct RunnerExampleTests {
    @Test(
        .enabled(
            if: InteropPrograms.areInstalled,
            "build/interop-venv is missing: scripts/interop-venv.sh makes it"),
        arguments: ["runner_shell.py", "runner_onnx.py"])
    func measuresWhatTheFrameworkDoes(_ script: String) async throws { try await run(script) }

    @Test(
        .enabled(
            if: InteropPrograms.haveTorch,
            "PyTorch is missing: scripts/interop-venv.sh installs it where pip has its small build"),
        arguments: ["runner_pytorch.py", "runner_language_model.py"])
    func measuresWhatPyTorchDoes(_ script: String) async throws { try await run(script) }

    private func run(_ script: String) async throws {
        let scratch = try ScratchFolder()
        let judge = scratch.path + "/judge"
        let ingest = try await RunningService(
            "cairn-ingest", in: scratch.path + "/store",
            ["--evaluator", RunningService.address(of: "cairn-evaluator", in: judge)])
        let evaluator = try await RunningService(
            "cairn-evaluator", in: judge,
            ["--ingest", ingest.address, "--controller", "unix:\(scratch.path)/nobody"])
        let result = try await InteropPrograms.run(
            script, [RepoFiles.root + "/examples/runners", RepoFiles.root],
            in: scratch.path + "/work",
            services: ["CAIRN_INGEST": ingest.address, "CAIRN_EVALUATOR": evaluator.address])
        await evaluator.stop()
        await ingest.stop()
        print(result.output)
        #expect(result.code == 0, "\(script):\n\(result.output)")
    }
}
