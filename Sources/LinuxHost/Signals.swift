import CLinux
import Glibc

/// Signals as a sequence. From `init` on they no longer end the process.
public final class Signals: Sendable {
    private let numbers: [Int32]
    private let pipe: Pipe?

    public init(_ numbers: [Int32]) {
        self.numbers = numbers
        // Without a pipe (no descriptors left) signals keep their usual meaning and end the process.
        pipe = try? Pipe()
        guard let pipe else { return }
        _ = cairn_set_nonblocking(pipe.readEnd)
        _ = cairn_set_nonblocking(pipe.writeEnd)
        for number in numbers { _ = cairn_route_signal(number, pipe.writeEnd) }
    }

    deinit {
        guard let pipe else { return }
        for number in numbers { cairn_unroute_signal(number, pipe.writeEnd) }
        close(pipe.readEnd)
        close(pipe.writeEnd)
    }

    /// The next one; `nil` when the task is cancelled. One caller at a time.
    public func next() async -> Int32? {
        guard let pipe else {
            // Nothing will come; the task's end is all there is to wait for.
            let (silence, _) = AsyncStream.makeStream(of: Int32.self)
            for await number in silence { return number }
            return nil
        }
        while !Task.isCancelled {
            var byte: UInt8 = 0
            if read(pipe.readEnd, &byte, 1) == 1 { return Int32(byte) }
            await Readiness.wait(for: pipe.readEnd)
        }
        return nil
    }
}
