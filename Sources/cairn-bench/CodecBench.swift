import CairnCore
import Glibc
import Ports
import TensorCodec

/// The codec alone: one thread, chunks of a file against the same places of another, each level of
/// instructions that this processor has.
enum CodecBench {
    private struct Figures {
        var storedByteCount = 0
        var encode = Int64.max
        var decode = Int64.max
    }

    static func run(_ options: BenchOptions) throws {
        let bytes = try read(try options.text("file"))
        let parent = try read(try options.text("parent"))
        let name = try options.text("dtype")
        guard
            let element = ElementType.allCases.first(where: { $0.name == name })
        else { throw BenchError("--dtype is one of BF16, F16, F32, F64, F8_E4M3, F8_E5M2") }
        let rounds = try options.number("rounds", or: 5)
        for level in ChunkCoder.Level.allCases
        where level.rawValue <= ChunkCoder.bestLevel.rawValue {
            let coder = ChunkCoder(level: level)
            for isDelta in [false, true] {
                let figures = measure(coder, bytes, isDelta ? parent : nil, element, rounds)
                let mega = Double(bytes.count) / 1e6
                print(
                    "\(level) \(isDelta ? "delta" : "alone") bytes=\(figures.storedByteCount)",
                    "of=\(bytes.count) encode_mb_s=\(Int(mega / (Double(figures.encode) / 1e9)))",
                    "decode_mb_s=\(Int(mega / (Double(figures.decode) / 1e9)))")
            }
        }
    }

    /// The fastest of the rounds.
    private static func measure(
        _ coder: ChunkCoder, _ bytes: [UInt8], _ parent: [UInt8]?, _ element: ElementType,
        _ rounds: Int
    ) -> Figures {
        var figures = Figures()
        let chunkByteCount = element.byteCount << 19
        for _ in 0..<rounds {
            var (encode, decode, stored) = (Int64(0), Int64(0), 0)
            for start in stride(from: 0, to: bytes.count, by: chunkByteCount) {
                let end = min(bytes.count, start + chunkByteCount)
                bytes[start..<end].withUnsafeBytes { chunk in
                    var begin = nanoseconds()
                    let coded: (code: ChunkCode, payload: SharedBytes)?
                    if let parent, parent.count >= end {
                        coded = parent[start..<end].withUnsafeBytes {
                            coder.delta(chunk, to: $0, element) ?? coder.alone(chunk, element)
                        }
                    } else {
                        coded = coder.alone(chunk, element)
                    }
                    encode += nanoseconds() - begin
                    stored += coded?.payload.count ?? chunk.count
                    guard let coded else { return }
                    let out = SharedBytes(count: chunk.count) { out in
                        begin = nanoseconds()
                        coded.payload.withUnsafeBytes { payload in
                            if let parent, coded.code.needsParent {
                                parent[start..<end].withUnsafeBytes { parent in
                                    _ = coder.decode(
                                        coded.code, payload, element, parent: parent, into: out)
                                }
                            } else {
                                _ = coder.decode(
                                    coded.code, payload, element, parent: nil, into: out)
                            }
                        }
                        decode += nanoseconds() - begin
                    }
                    precondition(
                        out.withUnsafeBytes { $0.elementsEqual(chunk) }, "not the same bytes")
                }
            }
            figures.storedByteCount = stored
            figures.encode = min(figures.encode, encode)
            figures.decode = min(figures.decode, decode)
        }
        return figures
    }

    private static func read(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw BenchError("\(path) cannot be read") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = fread(&part, 1, part.count, file)
            if count == 0 { return bytes }
            bytes += part[..<count]
        }
    }
}
