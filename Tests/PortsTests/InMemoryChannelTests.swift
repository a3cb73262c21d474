import CairnCore
import Messages
import Ports
import Testing

@Suite struct InMemoryChannelTests {
    static func routes() -> RPCRoutes {
        var routes = RPCRoutes(serviceName: "test")
        routes.unary(IngestMethods.getRun) { request, _ in
            guard !request.runId.isEmpty else { throw RPCError(.notFound, "no run") }
            return RunRecord(runId: request.runId, status: .running)
        }
        routes.serverStream(IngestMethods.fetchChunks) { request, replies, _ in
            for digest in request.digests {
                try await replies.send(Chunk(digest: digest), attachment: SharedBytes(digest))
            }
        }
        routes.clientStream(IngestMethods.sendChunks) { requests, _ in
            var count: UInt64 = 0
            while let (_, attachment) = try await requests.next() {
                guard let attachment else { throw RPCError(.invalidArgument, "no attachment") }
                count += UInt64(attachment.count)
            }
            return ChunksStored(newByteCount: count)
        }
        return routes
    }

    let channel = InMemoryChannel(routes(), window: 2)

    @Test func unaryCallsAnswerAndFail() async throws {
        #expect(try await channel.call(IngestMethods.getRun, GetRun(runId: [1])).runId == [1])
        await #expect(throws: RPCError(.notFound, "no run")) {
            try await channel.call(IngestMethods.getRun, GetRun())
        }
    }

    @Test func serverStreamsDeliverEverythingInOrder() async throws {
        let digests = (0..<50).map { [UInt8($0)] }
        let got = try await channel.stream(
            IngestMethods.fetchChunks, FetchChunks(digests: digests)
        ) { replies in
            var got: [[UInt8]] = []
            while let (_, attachment) = try await replies.next() { got.append(attachment!.bytes) }
            return got
        }
        #expect(got == digests)
    }

    @Test func uploadsAnswerOnceAtTheEnd() async throws {
        let reply = try await channel.upload(IngestMethods.sendChunks) { requests in
            for _ in 0..<50 {
                try await requests.send(SendChunk(), attachment: SharedBytes([1, 2, 3]))
            }
        }
        #expect(reply.newByteCount == 150)
    }

    @Test func aHandlersErrorReachesTheUploader() async throws {
        await #expect(throws: RPCError(.invalidArgument, "no attachment")) {
            try await channel.upload(IngestMethods.sendChunks) { requests in
                for _ in 0..<50 { try await requests.send(SendChunk()) }
            }
        }
    }

    @Test func leavingAStreamEarlyEndsItsHandler() async throws {
        let digests = (0..<50).map { [UInt8($0)] }
        let first = try await channel.stream(
            IngestMethods.fetchChunks, FetchChunks(digests: digests)
        ) { try await $0.next()?.attachment?.bytes }
        #expect(first == [0])
    }
}
