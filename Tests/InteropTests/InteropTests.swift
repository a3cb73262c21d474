import CairnTestKit
import Testing

/// The real programs of others against real services.
@Suite(.serialized, .timeLimit(.minutes(10))) struct InteropTests {
    @Test(
        .enabled(
            if: InteropPrograms.areInstalled,
            "build/interop-venv is missing: scripts/interop-venv.sh makes it"),
        arguments: [
            ["tensor_formats.py", "Tests/TensorFormatsTests/Fixtures/pytorch/state_dict.pt"],
            ["tracked_by_dvc.py"],
        ])
    func script(_ words: [String]) async throws {
        let scratch = try ScratchFolder()
        let ingest = try await RunningService("cairn-ingest", in: scratch.path + "/data")
        let result = try await InteropPrograms.run(
            words[0], words.dropFirst().map { RepoFiles.root + "/" + $0 },
            in: scratch.path + "/work", services: ["CAIRN_INGEST": ingest.address])
        await ingest.stop()
        #expect(result.code == 0, "\(words[0]):\n\(result.output)")
    }
}
