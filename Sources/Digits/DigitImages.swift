/// Hand-written digits, 8×8 pixels of 0…16, with their labels: the data of the demo.
///
/// Source: `data/README.md`.
public struct DigitImages: Sendable, Equatable {
    public static let side = 8
    public static let pixelCount = 64
    public static let classCount = 10

    /// One image after the other, `pixelCount` values of 0…1 each, row by row.
    public private(set) var pixels: [Float] = []
    public private(set) var labels: [Int] = []

    public var count: Int { labels.count }

    public struct FormatError: Error, CustomStringConvertible { public let description: String }

    public init() {}

    /// Reads `p00,…,p77,label` with a header line.
    public init(csv text: String) throws(FormatError) {
        for (index, line) in text.split(separator: "\n").enumerated().dropFirst() {
            let fields = line.split(separator: ",").map { Int($0) }
            guard fields.count == Self.pixelCount + 1,
                fields.dropLast().allSatisfy({ $0.map((0...16).contains) ?? false }),
                let label = fields.last ?? nil, (0..<Self.classCount).contains(label)
            else {
                throw FormatError(
                    description:
                        "line \(index + 1): expected 64 pixels of 0 to 16 and a label 0 to 9")
            }
            append(fields.dropLast().map { Float($0!) / 16 }, label: label)
        }
    }

    public mutating func append(_ image: some Collection<Float>, label: Int) {
        precondition(image.count == Self.pixelCount, "an image of \(image.count) pixels")
        pixels += image
        labels.append(label)
    }

    public func image(_ index: Int) -> ArraySlice<Float> {
        pixels[index * Self.pixelCount..<(index + 1) * Self.pixelCount]
    }

    /// The images at `indexes`, in that order.
    public subscript(indexes: some Sequence<Int>) -> DigitImages {
        var chosen = DigitImages()
        for index in indexes { chosen.append(image(index), label: labels[index]) }
        return chosen
    }

    /// Every image moved `columns` to the right (left when negative); what leaves is lost, what
    /// enters is blank.
    public func shifted(columns: Int) -> DigitImages {
        var moved = DigitImages()
        for index in 0..<count {
            moved.append(Self.shift(image(index), columns: columns), label: labels[index])
        }
        return moved
    }

    public static func shift(_ image: ArraySlice<Float>, columns: Int) -> [Float] {
        let source = Array(image)
        return (0..<pixelCount).map { position in
            let (row, column) = (position / side, position % side - columns)
            return (0..<side).contains(column) ? source[row * side + column] : 0
        }
    }

    public static func + (a: DigitImages, b: DigitImages) -> DigitImages {
        var both = a
        both.pixels += b.pixels
        both.labels += b.labels
        return both
    }
}
