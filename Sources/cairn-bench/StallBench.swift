import CairnClient
import Glibc
import Ports
import TCPTransport

/// How long a trainer waits for a checkpoint of its memory, against `memcpy` of the same bytes.
///
/// The upload goes on meanwhile, to an ingest that is up.
enum StallBench {
    static func run(_ options: BenchOptions) async throws {
        let (mib, rounds) = (try options.number("mib"), try options.number("rounds"))
        let isIdle = try options.number("idle", or: 0) != 0
        let ingest = try options.text("to")
        guard let address = SocketAddress(ingest) else { throw BenchError("--to \(ingest)") }
        var addresses = ServiceAddresses.standard
        addresses.ingest = address
        let byteCount = mib << 20
        let weights = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 64)
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 64)
        defer { weights.deallocate(); copy.deallocate() }
        var random: UInt64 = 1
        for index in stride(from: 0, to: byteCount, by: 8) {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            weights.storeBytes(of: random, toByteOffset: index, as: UInt64.self)
        }
        copy.copyMemory(from: UnsafeRawBufferPointer(weights))
        try await withClient(of: addresses, named: "bench") { client in
            let checkpointer = Checkpointer(to: client.ingest)
            async let sending: Void = checkpointer.send()
            var (plain, stalls, first) = ([Int64](), [Int64](), Int64(0))
            for round in 0...rounds {
                var start = nanoseconds()
                memcpy(copy.baseAddress!, weights.baseAddress!, byteCount)
                if round > 0 { plain.append(nanoseconds() - start) }
                // A trainer's step: every checkpoint differs.
                weights[round * 4_096] &+= 1
                start = nanoseconds()
                let file = checkpointer.memory.copy(UnsafeRawBufferPointer(weights), as: "weights")
                let ticket = try checkpointer.save([file], PushRequest(model: "stall"))
                let stall = nanoseconds() - start
                if round == 0 { first = stall } else { stalls.append(stall) }
                if isIdle { _ = try await ticket.value }
            }
            checkpointer.finish()
            try await sending
            func median(_ times: [Int64]) -> Double {
                Double(times.sorted()[times.count / 2]) / 1e6
            }
            print("memcpy_ms=\(median(plain))")
            print("stall_ms=\(median(stalls))")
            print("first_ms=\(Double(first) / 1e6)")
        }
    }
}
