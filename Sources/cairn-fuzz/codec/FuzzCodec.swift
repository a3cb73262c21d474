import CairnCore
import TensorCodec

/// libFuzzer's entry: a payload from nowhere to every kernel, or bytes from nowhere through all
/// codes and back.
///
/// The first bytes say how: what is done, the type of the elements, the code, how many bytes come
/// out, and the seed of the parent.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCodec(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 6, let start else { return 0 }
    let head = UnsafeBufferPointer(start: start, count: 6)
    let rest = UnsafeRawBufferPointer(start: start + 6, count: count - 6)
    guard let element = ElementType(rawValue: head[1] % 18) else { return 0 }
    if head[0] & 1 == 0 {
        guard let code = ChunkCode(rawValue: head[2] % 7) else { return 0 }
        decode(code, element, rest, outCount: 1 + Int(head[3]) + Int(head[4]) << 8, seed: head[5])
    } else {
        roundTrip(element, rest, seed: head[5])
    }
    return 0
}

/// Of this processor, each level.
private let coders = ChunkCoder.Level.allCases
    .filter { $0.rawValue <= ChunkCoder.bestLevel.rawValue }.map { ChunkCoder(level: $0) }

/// Bytes that no kernel may take for more than they are.
private func decode(
    _ code: ChunkCode, _ element: ElementType, _ payload: UnsafeRawBufferPointer, outCount: Int,
    seed: UInt8
) {
    var random = SeededRandom(seed: UInt64(seed))
    let parentCount = code == .cast ? outCount * 2 : outCount
    let parent = (0..<parentCount).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let results = coders.map { coder -> [UInt8]? in
        var out = [UInt8](repeating: 0, count: outCount)
        let isDecoded = out.withUnsafeMutableBytes { out in
            parent.withUnsafeBytes { parent in
                coder.decode(code, payload, element, parent: parent, into: out)
            }
        }
        return isDecoded ? out : nil
    }
    precondition(results.dropFirst().allSatisfy { $0 == results[0] }, "the levels disagree")
}

private func roundTrip(_ element: ElementType, _ bytes: UnsafeRawBufferPointer, seed: UInt8) {
    // A parent that differs in few places, as versions do.
    var (random, parent) = (SeededRandom(seed: UInt64(seed)), Array(bytes))
    for _ in 0..<Int(seed % 16) {
        parent[.random(in: 0..<parent.count, using: &random)] ^= 1 << UInt8.random(in: 0...3)
    }
    for coder in coders {
        if let alone = coder.alone(bytes, element) {
            check(coder, alone.code, alone.payload, element, nil, bytes)
        }
        parent.withUnsafeBytes { parent in
            guard let delta = coder.delta(bytes, to: parent, element) else { return }
            check(coder, delta.code, delta.payload, element, parent, bytes)
        }
    }
}

private func check(
    _ coder: ChunkCoder, _ code: ChunkCode, _ payload: SharedBytes, _ element: ElementType,
    _ parent: UnsafeRawBufferPointer?, _ bytes: UnsafeRawBufferPointer
) {
    var out = [UInt8](repeating: 0, count: bytes.count)
    let isDecoded = out.withUnsafeMutableBytes { out in
        payload.withUnsafeBytes { coder.decode(code, $0, element, parent: parent, into: out) }
    }
    precondition(isDecoded && out.elementsEqual(bytes), "\(code) of \(element) does not come back")
}
