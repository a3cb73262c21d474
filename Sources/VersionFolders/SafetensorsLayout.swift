import CairnCore
import Glibc
import Ports
import TensorFormats

/// safetensors files.
public struct SafetensorsLayout: TensorFileLayout {
    public init() {}

    public func element(for element: ElementType) -> ElementType? {
        element == .opaque || element == .quantized ? nil : element
    }

    public func layOut(
        _ tensors: [TensorToWrite], metadata: [String: String], at path: String
    ) async throws -> [Int] {
        guard let header = Safetensors.header(of: tensors, metadata: metadata) else {
            throw RPCError(.invalidArgument, "these tensors are larger than any file")
        }
        let file = try OpenFile(path, O_WRONLY | O_CREAT | O_TRUNC)
        try header.bytes.withUnsafeBytes { try file.write($0, at: 0) }
        let ends = zip(header.offsets, tensors).map { $0 + ($1.byteCount ?? 0) }
        try file.truncate(to: ends.max() ?? header.bytes.count)
        return header.offsets
    }
}
