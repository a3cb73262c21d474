import Messages

/// libFuzzer's entry: bytes from nowhere, decoded as the message that the first byte picks.
///
/// What decodes must encode, and read back as the same value. (Not as the same bytes: a sender may
/// order fields as it likes, and unknown ones are dropped.)
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMessages(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 1, let start else { return 0 }
    let type = messageTypes[Int(start[0]) % messageTypes.count]
    check(type, UnsafeRawBufferPointer(start: start + 1, count: count - 1))
    return 0
}

private func check<Message: WireMessage>(_ type: Message.Type, _ bytes: UnsafeRawBufferPointer) {
    do {
        let message = try Message(decoding: bytes)
        let encoded = try message.encoded()
        let again = try Message(decoding: encoded)
        // A NaN differs from itself; then the bytes have to agree.
        let secondly = try again.encoded()
        precondition(again == message || secondly == encoded, "\(message)\nis not\n\(again)")
    } catch {
        // Refused by name, as it should be.
    }
}
