import CairnCore
import Framing

/// libFuzzer's entry: bytes from nowhere, given to both ends of a connection.
///
/// The first byte says how: bit 0, to a client instead of a server; bit 1, as they are instead of
/// with mended checksums (without which hardly any input would get past the first header). The
/// second is the seed of where the bytes are cut: cut or whole, the session must say the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFraming(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 2, let start else { return 0 }
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    let role: Session.Role = input[0] & 1 == 0 ? .server : .client
    var bytes = Array(input[2...])
    if input[0] & 2 == 0 { mendChecksums(&bytes) }

    var random = SeededRandom(seed: UInt64(input[1]))
    let whole = Listener(role).hear(in: [bytes[...]])
    let cut = Listener(role).hear(in: pieces(of: bytes, &random))
    precondition(whole == cut, "cut at seed \(input[1]):\n\(whole)\nbut\n\(cut)")
    return 0
}

private func pieces(of bytes: [UInt8], _ random: inout SeededRandom) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = Int.random(in: 1...min(rest.count, 97), using: &random)
        pieces.append(rest.prefix(count))
        rest = rest.dropFirst(count)
    }
    return pieces
}
