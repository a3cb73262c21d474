import CairnCore
import CairnTestKit
import Digits
import Testing

@Suite struct DigitsTests {
    static let images: DigitImages = {
        // The expectation beside it fails first when the file is not there.
        (try? DigitImages(csv: RepoFiles.text("data/digits.csv"))) ?? DigitImages()
    }()

    @Test func theDataAreAllThere() {
        #expect(Self.images.count == 1797)
        #expect(Set(Self.images.labels) == Set(0..<10))
    }

    @Test func shiftingThereAndBackLosesOnlyTheEdge() {
        let image = Self.images[0..<1]
        let back = image.shifted(columns: 1).shifted(columns: -1)
        for position in 0..<64 where position % 8 != 7 {
            #expect(back.pixels[position] == image.pixels[position])
        }
    }

    @Test func trainingIsTheSameForTheSameSeedAndLearns() {
        let images = Self.images[0..<400]
        var (a, b) = (Trainer(hidden: 16, seed: 3), Trainer(hidden: 16, seed: 3))
        let first = a.epoch(over: images)
        #expect(first == b.epoch(over: images))
        #expect(a.network == b.network)
        for _ in 0..<12 { _ = a.epoch(over: images) }
        #expect(a.network.accuracy(on: images) > 0.85)
    }

    @Test func tensorsComeBackFromTheirFile() throws {
        let trainer = Trainer(hidden: 8, seed: 1)
        let bytes = Safetensors.encode(trainer.network.parameters)
        let tensors = try Safetensors.decode(bytes)
        #expect(Network(tensors: tensors) == trainer.network)
        for cut in [0, 7, 8, 50, bytes.count - 1] {
            #expect(throws: Safetensors.FormatError.self) {
                try Safetensors.decode(Array(bytes.prefix(cut)))
            }
        }
    }
}
