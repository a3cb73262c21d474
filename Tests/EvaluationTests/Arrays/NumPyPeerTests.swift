import CairnTestKit
import Evaluation
import Glibc
import Testing

/// Arrays that the real NumPy wrote in the same run, held against the same predictions as text.
@Suite(.serialized) struct NumPyPeerTests {
    static let python = RepoFiles.root + "/build/interop-venv/bin/python3"
    static let script = RepoFiles.root + "/Tests/InteropTests/Scripts/numpy_predictions.py"

    static var isInstalled: Bool { access(python, X_OK) == 0 || getenv("CI") != nil }

    /// `CAIRN_NUMPY_SEEDS=100` tries more.
    static var seeds: ClosedRange<Int> {
        1...(getenv("CAIRN_NUMPY_SEEDS").flatMap { Int(String(cString: $0)) } ?? 2)
    }

    @Test(
        .enabled(
            if: isInstalled, "build/interop-venv is missing: scripts/interop-venv.sh makes it"),
        arguments: seeds)
    func arraysSayTheSameAsText(_ seed: Int) throws {
        let answer = try JSONValue(parsing: try Self.output("'\(Self.script)' \(seed)"))
        let cases = answer["cases"]?.array ?? []
        #expect(cases.count > 150)
        for (index, one) in cases.enumerated() {
            let peer = try #require(PeerFile(one))
            let place = "seed \(seed), case \(index): \(peer.task), .\(peer.ending)"
            if let fails = one["fails"]?.string {
                let error = Reading.error { () throws(InputError) in _ = try peer.read() }
                #expect(error.contains(fails), "\(place): \(error)")
                continue
            }
            do {
                let (arrays, text) = (try peer.read(), try peer.readText())
                #expect(arrays.names == text.names, "\(place)")
                #expect(arrays.scoredClasses == text.scoredClasses, "\(place)")
                #expect(arrays.widened == text.widened, "\(place)")
            } catch {
                Issue.record("\(place): \(error)")
            }
        }
    }

    private static func output(_ arguments: String) throws -> [UInt8] {
        guard let pipe = popen("'\(python)' \(arguments)", "r") else {
            throw PeerFailure("popen: \(errno)")
        }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 {
            bytes += buffer[..<count]
        }
        let status = pclose(pipe)
        guard status == 0 else { throw PeerFailure("\(arguments) ended with \(status)") }
        return bytes
    }
}

private struct PeerFailure: Error, CustomStringConvertible {
    let description: String
    init(_ text: String) { description = text }
}

/// A file with the data set that it answers.
private struct PeerFile {
    let task: EvaluationTask
    let ending: String
    private let file: [UInt8]
    private let truth: String
    private let rows: String

    init?(_ value: JSONValue) {
        guard let name = value["task"]?.string, let ending = value["format"]?.string,
            let hex = value["file"]?.string, let truth = value["truth"]?.string,
            let kind = EvaluationTask.kinds.first(where: { $0.description == name })
        else { return nil }
        let isTruthValue = truth.contains("true")
        task = name == "binary" && isTruthValue ? .binary(positive: "true") : kind
        (self.ending, self.truth, rows) = (ending, truth, value["rows"]?.string ?? "")
        let digits = Array(hex.utf8).map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
        file = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private func examples() throws(InputError) -> ExampleSet {
        try Reading.set(truth, task, format: .jsonLines)
    }

    func read() throws(InputError) -> ReadPredictions {
        try ReadPredictions(
            file, ending == "npy" ? .npy : .npz, task, try examples(), workerCount: 2,
            cutting: RowCutting(blockRowCount: 7)
        )
    }

    func readText() throws(InputError) -> ReadPredictions {
        try ReadPredictions(Array(rows.utf8), .jsonLines, task, try examples())
    }
}

extension ReadPredictions {
    /// Row by row, all numbers of the widest type: what does not depend on where blocks begin.
    fileprivate var widened: [String] {
        blocks.flatMap { block in
            (0..<block.count).map { row in
                "\(block.examples.place(row)): \(block.answers.described(row, of: block.count))"
            }
        }
    }
}

extension Answers {
    fileprivate func described(_ row: Int, of count: Int) -> String {
        func scores(_ column: ScoreColumn?) -> [Double] {
            guard let column else { return [] }
            let width = column.count / count
            return (row * width..<(row + 1) * width).map { column[$0] }
        }
        switch self {
        case .classes(let answers):
            return "\(answers.predicted[row]) \(scores(answers.scores))"
        case .labelSets(let answers):
            return "\(Array(answers.predicted[row])) \(scores(answers.scores))"
        case .numbers(let numbers): return "\(numbers[row])"
        case .likelihoods(let answers):
            let correct = answers.correctTokenCounts?[row] ?? -1
            return
                "\(answers.logProbabilities[row]) \(answers.tokenCounts[row]) \(correct) "
                + "\(answers.texts?.string(row) ?? "none")"
        case .choices(let answers):
            return
                "\(Array(answers.logLikelihoods[row])) \(answers.lengths.map { Array($0[row]) } ?? [])"
        case .texts(let texts): return texts.string(row)
        case .rankings(let scores): return "\(Array(scores[row]))"
        case .trials(let drawn, let passed): return "\(drawn[row]) \(passed[row])"
        case .requests(let answers):
            let tokens = answers.tokenCounts?[row] ?? -1
            return
                "\(answers.latencies[row]) \(answers.failed[row]) \(tokens) "
                + "\(answers.starts?[row] ?? -1)"
        }
    }
}
