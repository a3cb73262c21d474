import Digits

/// `cairn-demo predict CHECKPOINT DATASET PREDICTIONS`: what the evaluator runs on each version.
func predict(_ words: inout Words) throws {
    guard let checkpoint = words.next(), let dataset = words.next(), let out = words.next() else {
        throw WordError("predict needs a checkpoint's folder, a data set and where to write to")
    }
    try words.end()
    let tensors = try Safetensors.decode(try readFile(checkpoint + "/model.safetensors"))
    guard let network = Network(tensors: tensors) else {
        throw HostError("\(checkpoint): these tensors are not a digit network")
    }
    // The first column is the id, the rest is what the network was trained on.
    let rows = String(decoding: try readFile(dataset), as: UTF8.self)
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
    try writeFile(out, text.utf8)
}
