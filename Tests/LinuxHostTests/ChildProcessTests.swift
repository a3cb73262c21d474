import CairnTestKit
import Glibc
import LinuxHost
import Testing

@Suite struct ChildProcessTests {
    @Test func aChildHasItsArgumentsEnvironmentAndDescriptorsAndNoOthers() async throws {
        let (out, lifeline) = (try Pipe(), try Pipe())
        let child = try ChildProcess(
            "/bin/sh", ["-c", "echo $1 $X; ls /proc/self/fd | tr '\\n' ' '; exit 7", "sh", "a b"],
            environment: ["X": "y", "PATH": "/usr/bin:/bin"],
            descriptors: [
                .init(1, from: out.writeEnd), .init(3, from: lifeline.readEnd),
            ])
        close(out.writeEnd)
        let text = String(decoding: await Readiness.readAll(out.readEnd), as: UTF8.self)
        #expect(try await child.wait() == 7)
        // 4 is the folder that ls reads.
        #expect(text == "a b y\n0 1 2 3 4 ", "\(text)")
        for end in [out.readEnd, lifeline.readEnd, lifeline.writeEnd] { close(end) }
    }

    @Test func aSignalIsANegativeExitCode() async throws {
        let child = try ChildProcess("/bin/sh", ["-c", "kill -9 $$"], descriptors: [])
        #expect(try await child.wait() == -9)
        try await ChildProcess.waitForEnd(of: child.pid)
    }

    @Test func aProgramThatIsNotThereIsAnError() {
        #expect(throws: HostError.self) {
            try ChildProcess("/no/such/program", [], descriptors: [])
        }
    }
}

@Suite struct FolderLockTests {
    @Test func aSecondLockIsRefusedUntilTheFirstIsGone() throws {
        let temporary = try ScratchFolder()
        let folder = temporary.path
        do {
            let first = try FolderLock(folder: folder)
            do {
                let second = try FolderLock(folder: folder)
                Issue.record("two locks on one folder")
                _ = consume second
            } catch {
                #expect(error.description.contains("in use by pid \(getpid())"), "\(error)")
            }
            _ = consume first
        }
        let third = try FolderLock(folder: folder)
        _ = consume third
    }

    @Test func theLockGoesWithAKilledProcess() async throws {
        let temporary = try ScratchFolder()
        let folder = temporary.path
        let pipe = try Pipe()
        let holder = try ChildProcess(
            "/bin/sh",
            ["-c", "exec 9>\"$1/lock\"; flock 9; echo locked; exec sleep 100", "sh", folder],
            descriptors: [.init(1, from: pipe.writeEnd)])
        await Readiness.wait(for: pipe.readEnd)
        #expect(throws: HostError.self) { _ = try FolderLock(folder: folder) }
        holder.send(SIGKILL)
        #expect(try await holder.wait() == -9)
        _ = try FolderLock(folder: folder)
        for end in [pipe.readEnd, pipe.writeEnd] { close(end) }
    }

    @Test func filesAreWrittenWhole() throws {
        let temporary = try ScratchFolder()
        let folder = temporary.path
        try Files.makeFolder(folder + "/a/b")
        try Files.write("one", to: folder + "/a/b/f")
        try Files.write("two", to: folder + "/a/b/f")
        #expect(try Files.readText(folder + "/a/b/f") == "two")
        #expect(try Files.readText(folder + "/none") == nil)
        #expect(throws: HostError.self) { try Files.write("x", to: folder + "/none/f") }
    }
}
