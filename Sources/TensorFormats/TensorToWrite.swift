import CairnCore

/// A tensor that shall stand in a new file.
public struct TensorToWrite: Sendable, Equatable {
    public let name: String
    /// What its elements were.
    public let source: ElementType
    /// What they are in the file.
    public let element: ElementType
    public let shape: [Int]

    public init(name: String, source: ElementType, element: ElementType, shape: [Int]) {
        (self.name, self.source, self.element, self.shape) = (name, source, element, shape)
    }

    /// - Returns: `nil` when it runs over.
    public var byteCount: Int? { TensorFile.byteCount(of: shape, element) }
}

extension Safetensors {
    /// The header of a file that holds these tensors, and where each lies, in the order of their
    /// names in it; padded as the reference writer does.
    public static func header(
        of tensors: [TensorToWrite], metadata: [String: String]
    ) -> (bytes: [UInt8], offsets: [Int])? {
        var (members, starts, end) = ([JSONText.Member](), [Int](), 0)
        if !metadata.isEmpty {
            let texts = metadata.sorted { $0.key < $1.key }
            members.append(
                .init("__metadata__", .object(texts.map { .init($0.key, .string($0.value)) })))
        }
        for tensor in tensors {
            guard let byteCount = tensor.byteCount else { return nil }
            starts.append(end)
            let header: JSONText = [
                "dtype": .string(tensor.element.name),
                "shape": .array(tensor.shape.map { JSONText($0) }),
                "data_offsets": .array([JSONText(end), JSONText(end + byteCount)]),
            ]
            members.append(.init(tensor.name, header))
            end += byteCount
        }
        var text = Array(JSONText.object(members).compact.utf8)
        text += [UInt8](repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
        let length = withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) }
        return (length + text, starts.map { $0 + 8 + text.count })
    }
}
