import CLinux
import Dispatch
import Glibc
import Synchronization

/// Waits for descriptors and signals without a thread of their own.
public enum Readiness {
    private static let queue = DispatchQueue(label: "cairn.readiness")

    /// Returns when there is something to read, the other side has closed, or the task is cancelled.
    public static func wait(for descriptor: Int32) async {
        let source = Shared(DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue))
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // The cancel handler runs exactly once, after an event or a cancellation.
                source.value.setEventHandler { source.value.cancel() }
                source.value.setCancelHandler { continuation.resume() }
                source.value.activate()
                if Task.isCancelled { source.value.cancel() }
            }
        } onCancel: {
            source.value.cancel()
        }
    }

    /// Reads until the other side closes, at most `byteCountMax` bytes.
    public static func readAll(_ descriptor: Int32, byteCountMax: Int = 1 << 20) async -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while bytes.count < byteCountMax {
            await wait(for: descriptor)
            if Task.isCancelled { break }
            let count = read(descriptor, &part, part.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { break }
            bytes += part[..<count]
        }
        return bytes
    }
}

/// Bytes from one process to another; neither end survives an exec unless it is handed on.
public struct Pipe: Sendable {
    public let readEnd: Int32
    public let writeEnd: Int32

    public init() throws(HostError) {
        var ends: [Int32] = [0, 0]
        guard cairn_pipe(&ends) == 0 else { throw .last("no pipe could be made") }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }
}

/// Dispatch's sources are safe to use from any thread; their protocols do not say so.
private struct Shared<Source>: @unchecked Sendable {
    let value: Source
    init(_ value: Source) { self.value = value }
}

/// Signals as a sequence. From `init` on they no longer end the process.
public struct Signals: Sendable {
    public let stream: AsyncStream<Int32>
    private let sources: [Shared<any DispatchSourceSignal>]

    public init(_ numbers: [Int32]) {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Int32.self, bufferingPolicy: .bufferingNewest(8))
        self.stream = stream
        sources = numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(
                signal: number, queue: DispatchQueue(label: "cairn.signals"))
            source.setEventHandler { continuation.yield(number) }
            source.activate()
            return Shared(source)
        }
    }

    /// The next one; `nil` when the task is cancelled.
    public func next() async -> Int32? {
        var iterator = stream.makeAsyncIterator()
        return await iterator.next()
    }
}
