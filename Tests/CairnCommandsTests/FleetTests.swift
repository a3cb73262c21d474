import CairnCore
import CairnTestKit
import Glibc
import LinuxHost
import Synchronization
import Testing

@testable import CairnCommands

/// Programs that behave like services: say on a pipe that they started, say ready, end when their
/// lifeline does.
private final class FakeFleet: Sendable {
    private let temporary: ScratchFolder
    let folder: String
    let layout: FleetLayout
    let starts: Int32

    init(readyLine: String = "echo ready >&4; exec 4>&-") throws {
        temporary = try ScratchFolder()
        folder = temporary.path
        layout = FleetLayout(
            data: folder + "/data", portBase: 9,
            programs: ["ingest", "evaluator", "controller"].map { ($0, "cairn-" + $0) })
        try Files.makeFolder(layout.logFolder)
        mkfifo(folder + "/starts", 0o600)
        starts = open(folder + "/starts", O_RDWR | O_NONBLOCK | O_CLOEXEC)
        for service in layout.services {
            let path = folder + "/" + service.program
            let script = """
                #!/bin/sh
                echo \(service.name) >\(folder)/starts
                \(readyLine)
                exec cat <&3

                """
            try Files.write(script, to: path)
            chmod(path, 0o755)
        }
    }

    deinit { close(starts) }

    func nextStarts(_ count: Int) async -> [String] {
        var names: [String] = []
        var bytes = [UInt8](repeating: 0, count: 256)
        while names.count < count {
            await Readiness.wait(for: starts)
            let got = read(starts, &bytes, bytes.count)
            guard got > 0 else { continue }
            names += String(decoding: bytes[..<got], as: UTF8.self).split(separator: "\n").map(
                String.init)
        }
        return names
    }
}

@Suite(.serialized) struct FleetTests {
    private func supervisor(_ fleet: FakeFleet, _ onReady: @escaping @Sendable () -> Void)
        -> FleetSupervisor
    {
        FleetSupervisor(
            layout: fleet.layout, programFolder: fleet.folder, logsToFiles: true,
            clock: SystemClock(), log: StandardErrorLog(service: "test", clock: SystemClock()),
            onReady: onReady)
    }

    @Test func aKilledServiceComesBackAndAllEndTogether() async throws {
        let fleet = try FakeFleet()
        let (ready, announce) = AsyncStream.makeStream(of: Void.self)
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        let supervisor = supervisor(fleet) { announce.yield() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await supervisor.run(until: stops) }
            #expect(await fleet.nextStarts(3).sorted() == ["controller", "evaluator", "ingest"])
            for await _ in ready { break }
            let state = try #require(try FleetState.read(fleet.layout.data))
            #expect(
                state.services.map(\.address) == ["127.0.0.1:9", "127.0.0.1:10", "127.0.0.1:11"])
            #expect(state.supervisorPID == getpid())
            let evaluator = try #require(state.services.first { $0.name == "evaluator" })
            kill(evaluator.pid, SIGKILL)
            #expect(await fleet.nextStarts(1) == ["evaluator"])
            stop.yield()
            try await group.waitForAll()
        }
        #expect(try FleetState.read(fleet.layout.data) == nil)
    }

    @Test func aServiceThatDoesNotStartIsTheReason() async throws {
        let fleet = try FakeFleet()
        unlink(fleet.folder + "/cairn-evaluator")
        let supervisor = supervisor(fleet) { Issue.record("ready without the evaluator") }
        let (stops, _) = AsyncStream.makeStream(of: Void.self)
        do {
            try await supervisor.run(until: stops)
            Issue.record("ended as if it had been asked to")
        } catch let error as CommandError {
            #expect(error.description.hasPrefix("evaluator could not be started: "), "\(error)")
        }
    }

    @Test func aServiceThatEndsBeforeItWasReadyIsTheReason() async throws {
        let fleet = try FakeFleet(readyLine: "exit 3")
        let supervisor = supervisor(fleet) { Issue.record("ready though all ended") }
        let (stops, _) = AsyncStream.makeStream(of: Void.self)
        do {
            try await supervisor.run(until: stops)
            Issue.record("ended as if it had been asked to")
        } catch let error as CommandError {
            #expect(error.description.hasSuffix(" ended with exit code 3"), "\(error)")
        }
    }

    @Test func theStateReadsBack() throws {
        let state = FleetState(
            supervisorPID: 12, data: "d",
            services: [
                .init(
                    name: "ingest", address: "127.0.0.1:1", adminAddress: "127.0.0.1:2", pid: 3,
                    state: "running", restartCount: 4)
            ])
        #expect(FleetState(try JSONText(parsing: state.json.pretty)) == state)
        #expect(FleetState(["data": "d"]) == nil)
    }

    @Test func credentialsOfARemoteAreLeftOut() {
        #expect(
            CodeFolder.withoutCredentials("https://anna:secret@example.org/a@b.git")
                == "https://example.org/a@b.git")
        #expect(CodeFolder.withoutCredentials("git@example.org:a.git") == "git@example.org:a.git")
    }
}
