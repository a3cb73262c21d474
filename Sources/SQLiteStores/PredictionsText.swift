import Evaluation

/// The predictions that a job has, in one column: `0:predictions-0-l3.jsonl,1:predictions-1-l3.csv:skip`.
///
/// A repeat alone, as the first schema had it, stands for `predictions-REPEAT.jsonl`.
enum PredictionsText {
    static func of(_ predictions: [Int: PredictionsFile]) -> String {
        predictions.sorted { $0.key < $1.key }.map { index, file in
            "\(index):\(file.name)" + (file.skipsInvalid ? ":skip" : "")
        }.joined(separator: ",")
    }

    static func read(_ text: String) throws -> [Int: PredictionsFile] {
        var predictions: [Int: PredictionsFile] = [:]
        for entry in text.split(separator: ",") {
            let parts = entry.split(separator: ":", omittingEmptySubsequences: false)
            guard let index = Int(parts[0]), parts.count <= 3,
                parts.count < 3 || parts[2] == "skip",
                let file = PredictionsFile(
                    named: parts.count == 1 ? "predictions-\(index).jsonl" : String(parts[1]),
                    skipsInvalid: parts.count == 3)
            else { throw EvaluationRows.damaged("the names of predictions") }
            predictions[index] = file
        }
        return predictions
    }
}
