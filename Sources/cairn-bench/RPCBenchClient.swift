import CairnCore
import Messages
import Ports
import TCPTransport

enum RPCBenchClient {
    private static func address(_ options: BenchOptions) throws -> SocketAddress {
        guard let address = SocketAddress(try options.text("to")) else {
            throw BenchError("--to is no address")
        }
        return address
    }

    private static func channels(
        _ count: Int, _ options: BenchOptions, _ loops: EventLoops
    ) throws -> [TCPChannel] {
        let address = try address(options)
        return (0..<count).map { _ in
            TCPChannel(to: address, loops: loops, options: ClientOptions(name: "cairn-bench"))
        }
    }

    /// `connections` × `depth` callers, each with one call under way at a time.
    static func call(_ options: BenchOptions) async throws {
        let depth = try options.number("depth", or: 1)
        let callCount = try options.number("calls")
        let loops = try EventLoops()
        let channels = try channels(try options.number("connections", or: 1), options, loops)
        let callerCount = channels.count * depth
        try await withTaskExecutorPreference(loops.all[0]) {
            _ = try await run(channels, depth, callsEach: max(1, callCount / 10 / callerCount))
            let (start, cpuStart) = (nanoseconds(), processorNanoseconds())
            var times = try await run(channels, depth, callsEach: callCount / callerCount)
            let (end, cpuEnd) = (nanoseconds(), processorNanoseconds())
            times.sort()
            let count = Double(times.count)
            report([
                ("calls_per_second", count / Double(end - start) * 1e9),
                ("p50_us", quantile(times, 0.5) / 1000),
                ("p99_us", quantile(times, 0.99) / 1000),
                ("client_cpu_us_per_call", Double(cpuEnd - cpuStart) / 1000 / count),
            ])
        }
        for channel in channels { await channel.close() }
        await loops.stop()
    }

    /// - Returns: the time of every call, in nanoseconds.
    private static func run(
        _ channels: [TCPChannel], _ depth: Int, callsEach: Int
    ) async throws -> [Int64] {
        try await withThrowingTaskGroup(of: [Int64].self) { group in
            for channel in channels {
                for _ in 0..<depth { group.addTask { try await caller(channel, callsEach) } }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private static func caller(_ channel: TCPChannel, _ count: Int) async throws -> [Int64] {
        var times: [Int64] = []
        times.reserveCapacity(count)
        for _ in 0..<count {
            let start = nanoseconds()
            let reply = try await channel.call(RPCBenchService.echo, RPCBenchService.request)
            times.append(nanoseconds() - start)
            guard reply == RPCBenchService.request else { throw BenchError("a wrong reply") }
        }
        return times
    }

    /// One stream of attachments.
    static func upload(_ options: BenchOptions) async throws {
        let (count, byteCount) = (try options.number("count"), try options.number("bytes"))
        let loops = try EventLoops()
        let channel = try channels(1, options, loops)[0]
        let bytes = SharedBytes([UInt8](repeating: 7, count: byteCount))
        try await withTaskExecutorPreference(loops.all[0]) {
            _ = try await upload(bytes, count / 10 + 1, on: channel)
            let start = nanoseconds()
            let sum = try await upload(bytes, count, on: channel)
            let seconds = Double(nanoseconds() - start) / 1e9
            guard sum == Double(count * byteCount) else { throw BenchError("bytes are missing") }
            report([("gigabytes_per_second", sum / seconds / 1e9)])
        }
        await channel.close()
        await loops.stop()
    }

    private static func upload(
        _ bytes: SharedBytes, _ count: Int, on channel: TCPChannel
    ) async throws -> Double {
        let options = CallOptions(deadline: .seconds(300))
        return try await channel.upload(RPCBenchService.upload, options) { out in
            for index in 0..<count {
                try await out.send(
                    NamedNumber(name: "chunk", value: Double(index)), attachment: bytes)
            }
        }.value
    }

    /// Memory of the server for connections and watches that do nothing, and the time from a
    /// publish to the last watcher.
    static func idle(_ options: BenchOptions) async throws {
        raiseDescriptorLimit()
        let (server, count) = (try options.number("server"), try options.number("connections"))
        let loops = try EventLoops()
        let channels = try channels(count, options, loops)
        try await withTaskExecutorPreference(loops.all[0]) {
            // One call of each first, so that what a first call sets up for good is not counted.
            let probe = try self.channels(1, options, loops)[0]
            _ = try await probe.call(RPCBenchService.echo, RPCBenchService.request)
            let before = try residentByteCount(of: server)
            for channel in channels {
                _ = try await channel.call(RPCBenchService.echo, RPCBenchService.request)
            }
            let connected = try residentByteCount(of: server)
            var watches: [any RawCall] = []
            for channel in channels {
                let watch = try await channel.open(RPCBenchService.watch.id, .endless)
                try await watch.send(RawMessage(try RPCBenchService.request.encoded()))
                try await watch.finishSending()
                watches.append(watch)
            }
            _ = try await probe.call(RPCBenchService.echo, RPCBenchService.request)
            let watching = try residentByteCount(of: server)
            let times = try await publish(10, probe, watches)
            report([
                ("bytes_per_connection", Double(connected - before) / Double(count)),
                ("bytes_per_watcher", Double(watching - connected) / Double(count)),
                ("publish_ms_median", quantile(times, 0.5) / 1e6),
                ("publish_ms_max", quantile(times, 1) / 1e6),
            ])
            await probe.close()
        }
        for channel in channels { await channel.close() }
        await loops.stop()
    }

    /// Waits for one message on each.
    private static func receive(_ watches: ArraySlice<any RawCall>) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for watch in watches { group.addTask { _ = try await watch.next() } }
            try await group.waitForAll()
        }
    }

    /// - Returns: sorted times from before the publish to the last delivery.
    private static func publish(
        _ rounds: Int, _ probe: TCPChannel, _ watches: [any RawCall]
    ) async throws -> [Int64] {
        var times: [Int64] = []
        for round in 0..<rounds {
            try await withThrowingTaskGroup(of: Void.self) { group in
                // In parts: a group looks for each child that ended among all that it has.
                for start in stride(from: 0, to: watches.count, by: 100) {
                    let part = watches[start..<min(start + 100, watches.count)]
                    group.addTask { try await receive(part) }
                }
                // Each waits before the publish: one call later, all that was queued has run.
                _ = try await probe.call(RPCBenchService.echo, RPCBenchService.request)
                let start = nanoseconds()
                let number = NamedNumber(name: "n", value: Double(round))
                let told = try await probe.call(RPCBenchService.publish, number)
                guard Int(told.value) == watches.count else {
                    throw BenchError("\(told.value) of \(watches.count) watchers waited")
                }
                try await group.waitForAll()
                times.append(nanoseconds() - start)
            }
        }
        return times.sorted()
    }
}
