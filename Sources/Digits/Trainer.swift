import CairnCore

import func Glibc.log
import func Glibc.pow
import func Glibc.sqrt

/// Trains a `Network` on mini-batches with Adam; its state is what a checkpoint holds.
///
/// Source: Kingma, Ba, Adam: A Method for Stochastic Optimization, 2015, algorithm 1.
public struct Trainer: Sendable {
    public struct Settings: Sendable {
        public var learningRate: Float = 0.002
        public var batchSize = 32
        public var beta1: Float = 0.9
        public var beta2: Float = 0.999
        public var epsilon: Float = 1e-8
        public init() {}
    }

    public private(set) var network: Network
    public let settings: Settings
    /// First and second moments, tensor by tensor as in `network.parameters`.
    public private(set) var moments: [Network.Tensor]
    /// Updates so far.
    public private(set) var step = 0
    private var random: SeededRandom

    public init(hidden: Int, seed: UInt64, settings: Settings = Settings()) {
        var random = SeededRandom(seed: seed)
        network = Network(hidden: hidden, using: &random)
        self.settings = settings
        self.random = random
        moments = ["exp_avg", "exp_avg_sq"].flatMap { [parameters = network.parameters] moment in
            parameters.map {
                Network.Tensor(
                    name: "\(moment).\($0.name)", shape: $0.shape,
                    values: .init(repeating: 0, count: $0.values.count))
            }
        }
    }

    /// One pass over `images` in a new order.
    /// - Returns: the mean cross-entropy in nats before each update.
    public mutating func epoch(over images: DigitImages) -> Double {
        let order = Array(0..<images.count).shuffled(using: &random)
        var loss = 0.0
        for start in stride(from: 0, to: order.count, by: settings.batchSize) {
            loss += update(images, order[start..<min(start + settings.batchSize, order.count)])
        }
        return loss / Double(max(1, images.count))
    }

    /// One update by the mean gradient of a batch. Returns the batch's summed loss.
    private mutating func update(_ images: DigitImages, _ batch: ArraySlice<Int>) -> Double {
        var gradients = network.parameters.map { [Float](repeating: 0, count: $0.values.count) }
        var loss = 0.0
        for index in batch {
            loss += accumulate(&gradients, images.image(index), images.labels[index])
        }
        step += 1
        for tensor in gradients.indices {
            apply(gradients[tensor].map { $0 / Float(batch.count) }, to: tensor)
        }
        return loss
    }

    /// Adds one example's gradient of the cross-entropy.
    private func accumulate(
        _ gradients: inout [[Float]], _ image: ArraySlice<Float>, _ label: Int
    ) -> Double {
        let (hidden, probabilities) = network.forward(image)
        var errors = probabilities
        errors[label] -= 1
        let output = network.parameters[2].values
        var back = [Float](repeating: 0, count: hidden.count)
        for (row, error) in errors.enumerated() {
            gradients[3][row] += error
            for column in hidden.indices {
                gradients[2][row * hidden.count + column] += error * hidden[column]
                back[column] += error * output[row * hidden.count + column]
            }
        }
        let pixels = Array(image)
        for row in hidden.indices where hidden[row] > 0 {
            gradients[1][row] += back[row]
            for column in pixels.indices {
                gradients[0][row * pixels.count + column] += back[row] * pixels[column]
            }
        }
        return -log(Double(max(probabilities[label], 1e-12)))
    }

    private mutating func apply(_ gradient: [Float], to tensor: Int) {
        let second = tensor + network.parameters.count
        let bias1 = 1 - pow(settings.beta1, Float(step))
        let bias2 = 1 - pow(settings.beta2, Float(step))
        for (index, g) in gradient.enumerated() {
            let m = settings.beta1 * moments[tensor].values[index] + (1 - settings.beta1) * g
            let v = settings.beta2 * moments[second].values[index] + (1 - settings.beta2) * g * g
            moments[tensor].values[index] = m
            moments[second].values[index] = v
            network.parameters[tensor].values[index] -=
                settings.learningRate * (m / bias1) / (sqrt(v / bias2) + settings.epsilon)
        }
    }
}
