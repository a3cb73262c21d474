import CairnCore
import Ports

/// Parts in memory, one behind the other, as a file.
struct MemoryFile: ByteSource {
    let parts: [SharedBytes]
    /// Where each begins.
    private let starts: [Int]
    let byteCount: Int

    init(_ parts: [SharedBytes]) {
        var (starts, end) = ([Int](), 0)
        for part in parts {
            starts.append(end)
            end += part.count
        }
        (self.parts, self.starts, byteCount) = (parts, starts, end)
    }

    func bytes(in range: Range<Int>) async throws -> [UInt8] { slice(range).bytes }

    /// - Returns: the part itself where the range is one, else a copy.
    func slice(_ range: Range<Int>) -> SharedBytes {
        // The last part that begins at the range's start or before it.
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= range.lowerBound { low = middle } else { high = middle }
        }
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
