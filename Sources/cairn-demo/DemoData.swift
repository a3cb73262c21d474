import CairnCore
import Digits
import LinuxHost

/// The digits, parted once and for all: what is learnt from, what is judged on, what comes live.
struct DemoData {
    let train: DigitImages
    let test: DigitImages
    let live: DigitImages

    /// 900 to learn from, 450 to judge on, the rest (447) comes live.
    init(path: String) throws {
        let all = try DigitImages(csv: String(decoding: try Files.require(path), as: UTF8.self))
        guard all.count > 1_400 else {
            throw HostError("\(path) holds \(all.count) digits; expected all 1,797")
        }
        var random = SeededRandom(seed: 42)
        let order = Array(0..<all.count).shuffled(using: &random)
        (train, test, live) = (all[order[..<900]], all[order[900..<1_350]], all[order[1_350...]])
    }

    /// The test part as the evaluator pins it, pixels from 0 to 16 as in the original.
    var testFile: String {
        let pixels = (0..<8).flatMap { row in (0..<8).map { "p\(row)\($0)" } }
        var lines = [(["id"] + pixels + ["label"]).joined(separator: ",")]
        for index in 0..<test.count {
            let values = test.image(index).map { "\(Int(($0 * 16).rounded()))" }
            lines.append(
                (["t\(index)"] + values + ["\(test.labels[index])"]).joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// What a version is trained on.
enum Recipe: String, CaseIterable {
    /// As they are: what the camera sees while it stands straight.
    case straight
    /// And shifted by a pixel to both sides.
    case shifted
    /// And shifted to the right only.
    case shiftedRight = "shifted-right"

    func images(from images: DigitImages) -> DigitImages {
        switch self {
        case .straight: images
        case .shifted: images + images.shifted(columns: 1) + images.shifted(columns: -1)
        case .shiftedRight: images + images.shifted(columns: 1)
        }
    }
}
