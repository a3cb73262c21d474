import CairnTestKit
import Evaluation
import Glibc
import Testing

/// Streams of columns that a program in Python writes and reads, which knows the document alone.
@Suite(.serialized) struct StreamPeerTests {
    static let script = RepoFiles.root + "/Tests/InteropTests/Scripts/columns_stream.py"
    static var hasPython: Bool {
        access("/usr/bin/python3", X_OK) == 0 || access(NumPyPeerTests.python, X_OK) == 0
            || getenv("CI") != nil
    }

    @Test(.enabled(if: hasPython, "there is no Python"), arguments: 1...3)
    func whatPythonWritesIsRead(_ seed: Int) throws {
        let answer = try JSONValue(
            parsing: try PeerProgram.output("'\(Self.script)' write \(seed)"))
        let cases = answer["cases"]?.array ?? []
        #expect(cases.count == 14)
        for (index, one) in cases.enumerated() {
            let peer = try #require(PeerFile(one))
            let (stream, text) = (try peer.read(), try peer.readText())
            #expect(stream.names == text.names, "seed \(seed), case \(index)")
            #expect(stream.widened == text.widened, "seed \(seed), case \(index)")
        }
    }

    @Test(.enabled(if: hasPython, "there is no Python"), arguments: ConversionTests.cases)
    func pythonReadsWhatIsWritten(_ one: ConversionTests.Case) throws {
        let examples = try Reading.set(one.data, one.task)
        let lines = Array(one.lines.utf8)
        let folder = try ScratchFolder()
        let path = folder.path + "/p.cpred"
        let stream = try ConversionTests.converted(lines, .jsonLines, .columns, one.task)
        let file = try #require(fopen(path, "w"))
        #expect(fwrite(stream, 1, stream.count, file) == stream.count)
        fclose(file)
        let rows = try PeerProgram.output("'\(Self.script)' read '\(path)'")
        let want = try ReadPredictions(lines, .jsonLines, one.task, examples)
        let read = try ReadPredictions(rows, .jsonLines, one.task, examples)
        #expect(read.names == want.names)
        #expect(read.widened == want.widened)
    }
}
