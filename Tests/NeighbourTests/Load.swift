import Glibc
import LinuxHost

/// wrk, and what it got: each answer says its arm, its key and the table that it was split by.
struct Load {
    struct Answer: Equatable {
        var status: Int
        var arm: String
        var key: String
        var epoch: UInt64
    }

    /// Few enough for each to come under every table: a key that comes once cannot be seen to move.
    static let keyCount = 3_000

    /// 100 connections, each with a request in 50 ms: 2,000 a second.
    static let script = """
        local threads = 0
        function setup(thread)
            thread:set("id", threads)
            threads = threads + 1
        end
        local count = 0
        function request()
            count = count + 1
            local key = "user-" .. ((count * 2 + id) % \(keyCount))
            return wrk.format("GET", "/", { ["X-User"] = key, ["Connection"] = connection })
        end
        function init(args)
            connection = args[1] or "keep-alive"
        end
        function delay()
            return 50
        end
        function response(status, headers, body)
            -- One text: what is written in parts mixes with the other thread's.
            io.write(status .. " " .. body)
        end
        function done(summary, latency, requests)
            local e = summary.errors
            io.write(string.format("@ %d %d %d %d %d %d %d\\n", summary.requests, summary.duration,
                e.connect, e.read, e.write, e.status, e.timeout))
        end
        """

    private let child: ChildProcess
    private let output: Int32
    private var rest: [UInt8] = []
    /// `@` and the figures of wrk's own; `nil` before its end.
    private(set) var summary: [Int]?
    /// wrk prints lines of its own too.
    private(set) var answers: [Answer] = []

    init(_ programs: Programs, port: Int, closes: Bool) throws {
        let script = programs.write("load.lua", Self.script)
        let pipe = try Pipe()
        defer { close(pipe.writeEnd) }
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        child = try ChildProcess(
            "wrk",
            [
                "-t2", "-c100", "-d240s", "--timeout", "60s", "-s", script,
                "http://127.0.0.1:\(port)/", "--", closes ? "close" : "keep-alive",
            ],
            descriptors: [
                .init(0, from: null), .init(1, from: pipe.writeEnd), .init(2, from: null),
            ])
        output = pipe.readEnd
    }

    /// Reads on until `isEnough`, asked after every batch of answers.
    mutating func read(until isEnough: (borrowing [Answer]) -> Bool) async {
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while !isEnough(answers) {
            await Readiness.wait(for: output)
            let count = Glibc.read(output, &part, part.count)
            guard count > 0 else { return }
            take(part[..<count])
        }
    }

    /// Ends wrk, which says what it saw, and reads all of that.
    mutating func end() async throws {
        child.send(SIGINT)
        await read { _ in false }
        close(output)
        _ = try await child.wait()
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>) {
        rest += bytes
        guard let end = rest.lastIndex(of: 10) else { return }
        for line in rest[..<end].split(separator: 10) {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ").map(String.init)
            if words.first == "@" {
                summary = words.dropFirst().compactMap { Int($0) }
            } else if words.count == 4, let status = Int(words[0]) {
                answers.append(
                    Answer(
                        status: status, arm: words[1], key: words[2], epoch: Self.epoch(words[3])))
            }
        }
        rest = Array(rest[(end + 1)...])
    }

    /// `17`, or `epoch=17,…`.
    private static func epoch(_ text: String) -> UInt64 {
        let word = text.split(separator: ",").first ?? ""
        return UInt64(word.split(separator: "=").last ?? "") ?? 0
    }
}
