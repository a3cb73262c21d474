/// Numbers as they lie in files, lowest byte first.
public enum Little {
    /// - Parameter offset: from the start of the slice; all bytes lie in it.
    /// - Returns: −1 for what is more than any file has.
    public static func number(_ bytes: ArraySlice<UInt8>, _ offset: Int, _ width: Int) -> Int {
        let start = bytes.startIndex + offset
        var value: UInt64 = 0
        for byte in bytes[start..<start + width].reversed() { value = value << 8 | UInt64(byte) }
        return Int(exactly: value) ?? -1
    }
}
