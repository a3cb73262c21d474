import CommandTable
import Digits
import LinuxHost

/// `cairn-demo predict CHECKPOINT DATASET PREDICTIONS`: what the evaluator runs on each version.
func predict(_ arguments: Arguments) throws {
    guard let checkpoint = arguments.operand("CHECKPOINT"),
        let dataset = arguments.operand("DATASET"), let out = arguments.operand("PREDICTIONS")
    else { throw UsageError("predict needs CHECKPOINT DATASET PREDICTIONS") }
    let tensors = try Safetensors.decode(try Files.require(checkpoint + "/model.safetensors"))
    guard let network = Network(tensors: tensors) else {
        throw HostError("\(checkpoint): these tensors are not a digit network")
    }
    // The first column is the id, the rest is what the network was trained on.
    let rows = String(decoding: try Files.require(dataset), as: UTF8.self)
        .split(separator: "\n").map { $0.split(separator: ",", maxSplits: 1) }
    guard rows.allSatisfy({ $0.count == 2 }) else {
        throw HostError("\(dataset) has a row without columns")
    }
    let images = try DigitImages(csv: rows.map { String($0[1]) }.joined(separator: "\n") + "\n")
    var text = ""
    for index in 0..<images.count {
        let scores = network.probabilities(for: images.image(index)).map { "\($0)" }
        text += "{\"id\": \"\(rows[index + 1][0])\", \"prediction\": "
        text += "\"\(network.prediction(for: images.image(index)))\", "
        text += "\"scores\": [\(scores.joined(separator: ", "))]}\n"
    }
    try Files.write(text, to: out)
}
