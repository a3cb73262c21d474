import CairnCore
import Ports

/// Parts in memory, one behind the other, as a file.
struct MemoryFile: ByteSource {
    let parts: [SharedBytes]
    /// Where each begins.
    private let starts: PartStarts
    var byteCount: Int { starts.end }

    init(_ parts: [SharedBytes]) {
        (self.parts, starts) = (parts, PartStarts(of: parts.map(\.count)))
    }

    func bytes(in range: Range<Int>) async throws -> [UInt8] { slice(range).bytes }

    /// - Returns: the part itself where the range is one, else a copy.
    func slice(_ range: Range<Int>) -> SharedBytes {
        let low = starts.part(at: range.lowerBound)
        if !parts.isEmpty, starts[low] == range.lowerBound, parts[low].count == range.count {
            return parts[low]
        }
        return SharedBytes(count: range.count) { out in
            var (index, done) = (low, 0)
            while done < range.count {
                let from = range.lowerBound + done - starts[index]
                let count = min(range.count - done, parts[index].count - from)
                parts[index].withUnsafeBytes { part in
                    UnsafeMutableRawBufferPointer(rebasing: out[done..<done + count])
                        .copyMemory(
                            from: UnsafeRawBufferPointer(rebasing: part[from..<from + count]))
                }
                (index, done) = (index + 1, done + count)
            }
        }
    }
}
