import func Glibc.exp
import func Glibc.log
import func Glibc.sqrt

/// Two dense layers with a rectifier between and a softmax behind: 64 → `hidden` → 10.
public struct Network: Sendable, Equatable {
    /// A named matrix or vector, row by row, as it is stored in a checkpoint.
    public struct Tensor: Sendable, Equatable {
        public let name: String
        public let shape: [Int]
        public var values: [Float]

        public init(name: String, shape: [Int], values: [Float]) {
            precondition(shape.reduce(1, *) == values.count, "\(name): \(values.count) values")
            (self.name, self.shape, self.values) = (name, shape, values)
        }
    }

    public let hidden: Int
    /// fc1.weight (hidden × 64), fc1.bias, fc2.weight (10 × hidden), fc2.bias.
    public internal(set) var parameters: [Tensor]

    /// Uniform in ±√(6 / fan-in) (He), biases 0.
    public init(hidden: Int, using random: inout some RandomNumberGenerator) {
        self.hidden = hidden
        func layer(_ name: String, _ rows: Int, _ columns: Int) -> [Tensor] {
            let bound = sqrt(6 / Float(columns))
            let weights = (0..<rows * columns).map { _ in
                Float.random(in: -bound...bound, using: &random)
            }
            return [
                Tensor(name: "\(name).weight", shape: [rows, columns], values: weights),
                Tensor(
                    name: "\(name).bias", shape: [rows], values: .init(repeating: 0, count: rows)),
            ]
        }
        let classes = DigitImages.classCount
        parameters =
            layer("fc1", hidden, DigitImages.pixelCount) + layer("fc2", classes, hidden)
    }

    /// From the tensors of a checkpoint, in any order.
    /// - Returns: `nil` when one is missing or has another shape.
    public init?(tensors: [Tensor]) {
        func find(_ name: String) -> Tensor? { tensors.first { $0.name == name } }
        guard let w1 = find("fc1.weight"), let b1 = find("fc1.bias"), let w2 = find("fc2.weight"),
            let b2 = find("fc2.bias"), w1.shape.count == 2,
            w1.shape[1] == DigitImages.pixelCount, b1.shape == [w1.shape[0]],
            w2.shape == [DigitImages.classCount, w1.shape[0]], b2.shape == [DigitImages.classCount]
        else { return nil }
        hidden = w1.shape[0]
        parameters = [w1, b1, w2, b2]
    }

    /// Activations of the hidden layer and the ten probabilities for one image.
    func forward(_ image: ArraySlice<Float>) -> (hidden: [Float], probabilities: [Float]) {
        var activations = dense(parameters[0], parameters[1], Array(image))
        for index in activations.indices { activations[index] = max(0, activations[index]) }
        let logits = dense(parameters[2], parameters[3], activations)
        let top = logits.max() ?? 0
        let exponentials = logits.map { exp($0 - top) }
        let sum = exponentials.reduce(0, +)
        return (activations, exponentials.map { $0 / sum })
    }

    private func dense(_ weight: Tensor, _ bias: Tensor, _ input: [Float]) -> [Float] {
        let columns = input.count
        return weight.values.withUnsafeBufferPointer { weights in
            input.withUnsafeBufferPointer { input in
                bias.values.indices.map { row in
                    var sum = bias.values[row]
                    for column in 0..<columns {
                        sum += weights[row * columns + column] * input[column]
                    }
                    return sum
                }
            }
        }
    }

    /// Ten probabilities for one image.
    public func probabilities(for image: ArraySlice<Float>) -> [Float] {
        forward(image).probabilities
    }

    public func prediction(for image: ArraySlice<Float>) -> Int {
        let probabilities = probabilities(for: image)
        return probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    }

    /// Share of images whose most probable class is their label.
    public func accuracy(on images: DigitImages) -> Double {
        let hits = (0..<images.count).filter {
            prediction(for: images.image($0)) == images.labels[$0]
        }
        return Double(hits.count) / Double(max(1, images.count))
    }
}
