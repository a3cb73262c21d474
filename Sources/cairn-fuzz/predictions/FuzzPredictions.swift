import Evaluation

/// libFuzzer's entry: bytes from nowhere as predictions, or as a data set.
///
/// The first byte says the format and the task, the rest is the file. Whatever stands there, reading ends
/// with an error or with rows that fit the data set: each example has at most one answer.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPredictions(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 1, let start else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let task = EvaluationTask.kinds[Int(bytes[0] & 15) % EvaluationTask.kinds.count]
    let format = formats[Int(bytes[0] >> 5) % formats.count]
    let file = BytesInMemory(Array(bytes.dropFirst()))
    do throws(InputError) {
        if bytes[0] & 16 == 0 {
            try readPredictions(file, format, task)
        } else {
            let examples = try ExampleSet(
                reading: file, format: format, task: task, workerCount: 1, cutting: cutting)
            precondition(examples.count > 0, "a data set without rows")
        }
    } catch {
        precondition(!error.text.isEmpty, "an error without words")
    }
    return 0
}

private let formats: [RowFormat] = [.jsonLines, .csv, .npy, .npz, .columns]
/// So small that short files have several blocks.
private let cutting = RowCutting(pieceByteCount: 64, blockRowCount: 2)

private func readPredictions(_ file: BytesInMemory, _ format: RowFormat, _ task: EvaluationTask)
    throws(InputError)
{
    let examples = try ExampleSet(
        reading: BytesInMemory(Array(dataset(task).utf8)), format: .jsonLines, task: task,
        workerCount: 1)
    var reader = try PredictionReader(
        file, format: format, task: task, examples: examples, skipsInvalid: true, workerCount: 1,
        cutting: cutting)
    var answered = Set<Int>()
    while let blocks = try reader.next() {
        for block in blocks {
            for row in 0..<block.count {
                let place = block.examples.place(row)
                precondition((0..<examples.count).contains(place), "example \(place)")
                precondition(answered.insert(place).inserted, "example \(place) twice")
            }
        }
    }
    precondition(reader.skipped.texts.count <= reader.skipped.count)
}

private func dataset(_ task: EvaluationTask) -> String {
    let label =
        switch task {
        case .binary: ["1", "0", "1"]
        case .multiclass: ["\"a\"", "\"b\"", "\"a\""]
        case .regression: ["1.5", "2", "-3"]
        case .multilabel: ["[\"a\", \"b\"]", "[]", "[\"b\"]"]
        case .multipleChoice: ["0", "1", "1"]
        case .ranking: ["[1, 0]", "[0, 2, 1]", "[1]"]
        case .languageModel, .textGeneration, .code, .serving: ["\"x\"", "\"y z\"", "\"\""]
        }
    return label.enumerated().map { "{\"id\": \"\($0)\", \"label\": \($1)}\n" }.joined()
}
