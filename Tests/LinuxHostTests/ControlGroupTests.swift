import CairnTestKit
import Glibc
import Testing

@testable import LinuxHost

/// Where control groups are made and whether they limit memory, in folders that look like the kernel's.
/// What only a kernel does, a file that changes when another is written, is left to the last test.
@Suite struct ControlGroupTests {
    private let scratch: ScratchFolder
    private let root: String

    init() throws {
        scratch = try ScratchFolder()
        root = scratch.path + "/cgroup"
        try group("", controllers: "cpu memory pids")
    }

    private func group(
        _ name: String, controllers: String, on: String = "", processes: String = ""
    ) throws {
        try Files.makeFolder(root + name)
        for (file, text) in [
            ("controllers", controllers), ("subtree_control", on), ("procs", processes),
            ("kill", ""),
        ] {
            try Files.write(text + "\n", to: "\(root)\(name)/cgroup.\(file)")
        }
    }

    private func home(_ text: String, roots: [String]? = nil) -> ControlGroupHome? {
        ControlGroupHome.find(text, roots: roots ?? [root], process: 42)
    }

    private func problem(_ text: String) -> String? {
        guard case .unlimited(let why)? = home(text)?.memory else { return nil }
        return why
    }

    @Test func theOwnGroupIsThatOfVersion2() throws {
        try group("/a.slice/b", controllers: "memory", on: "memory pids")
        let text = "4:memory:/elsewhere\n1:name=systemd:/c\n0::/a.slice/b\n"
        #expect(
            home(text, roots: ["/nowhere", root])
                == ControlGroupHome(path: root + "/a.slice/b", memory: .limited))
        #expect(home("4:memory:/elsewhere\n") == nil, "version 1 alone")
        #expect(home("") == nil)
        #expect(home("0::/../outside\n") == nil)
        #expect(home(text, roots: ["/nowhere"]) == nil)
    }

    @Test func withoutTheControllerNothingIsLimited() throws {
        try group("/a", controllers: "cpu hugetlb")
        #expect(
            problem("0::/a")
                == "the memory controller of cgroup version 2 is not there for \(root)/a")
        try group("/b", controllers: "memoryx xmemory")
        #expect(problem("0::/b")?.contains("is not there") == true)
    }

    /// A file that is written as the kernel's are, and holds what was written.
    @Test func theControllerIsTurnedOnWhereItIsOff() throws {
        try group("/a", controllers: "memory")
        // The file says `+memory`, which is no name of a controller: a kernel would say `memory`.
        #expect(problem("0::/a")?.contains("cannot be turned on in \(root)/a") == true)
        #expect(
            try Files.readText(root + "/a/cgroup.subtree_control")?.hasPrefix("+memory") == true)
        #expect(problem("0::/a")?.contains("Delegate=memory") == true)
    }

    @Test func aUnitsGroupIsLeftAloneUnlessItIsDelegated() throws {
        try group("/system.slice/cairn.service", controllers: "memory")
        #expect(
            problem("0::/system.slice/cairn.service")
                == "\(root)/system.slice/cairn.service is not delegated; set Delegate=memory in the "
                + "unit")
        let untouched = "\(root)/system.slice/cairn.service/cgroup.subtree_control"
        #expect(try Files.readText(untouched) == "\n")
    }

    @Test func aGroupIsLimitedWhereItsFilesAreThere() throws {
        try group("/a", controllers: "memory", on: "memory")
        try group("/a/run", controllers: "memory")
        for file in ["memory.max", "memory.swap.max", "memory.oom.group"] {
            try Files.write("", to: "\(root)/a/run/\(file)")
        }
        let found = try #require(self.home("0::/a"))
        let limited = try #require(
            ControlGroup.make("run", memoryByteCountMax: 1 << 20, in: found))
        #expect(limited.memoryByteCountMax == 1 << 20)
        #expect(try Files.readText(root + "/a/run/memory.max") == "1048576")
        #expect(try Files.readText(root + "/a/run/memory.swap.max") == "0")
        #expect(try Files.readText(root + "/a/run/memory.oom.group") == "1")
        let free = try #require(ControlGroup.make("run", in: found))
        #expect(free.memoryByteCountMax == nil)
        let elsewhere = ControlGroupHome(path: found.path, memory: .unlimited("no controller"))
        #expect(
            ControlGroup.make("run", memoryByteCountMax: 1, in: elsewhere)?.memoryByteCountMax
                == nil)
        #expect(ControlGroup.make("run", memoryByteCountMax: 1, in: nil) == nil)
        unlink(root + "/a/run/memory.max")
        #expect(
            ControlGroup.make("run", memoryByteCountMax: 1, in: found)?.memoryByteCountMax == nil,
            "what cannot be written limits nothing")
    }

    @Test func whatRanOutOfMemoryIsReadFromItsEvents() throws {
        try group("/a", controllers: "memory", on: "memory")
        try group("/a/run", controllers: "memory")
        let group = try #require(
            ControlGroup.make("run", in: home("0::/a")))
        #expect(!group.ranOutOfMemory, "no such file")
        for (text, ranOut) in [
            ("low 0\nmax 17\noom 3\noom_kill 0\noom_group_kill 0\n", false),
            ("low 0\nmax 17\noom 3\noom_kill 2\noom_group_kill 1\n", true),
        ] {
            try Files.write(text, to: group.path + "/memory.events")
            #expect(group.ranOutOfMemory == ranOut, "\(text)")
        }
    }

    @Test func theLogSaysWhichLimitIsInForce() {
        let words = ProcessRunner.memoryLimit
        let isLimited = ControlGroupHome.ours?.memory == .limited
        #expect(words.contains(isLimited ? "memory.max" : "(RLIMIT_AS), because "), "\(words)")
    }

    static var whyNoMemory: Comment {
        guard let home = ControlGroupHome.ours else { return "no control groups of version 2" }
        guard case .unlimited(let why) = home.memory else { return "" }
        return "\(why)"
    }

    /// The kernel's own: whoever takes too much ends with all that it started, and its reason says so.
    @Test(.enabled(if: ControlGroupHome.ours?.memory == .limited, whyNoMemory))
    func whoTakesTooMuchMemoryIsEndedWithAllItStarted() async throws {
        let bench = try RunnerBench()
        let outcome = try await bench.shell(
            """
            sleep 1006 &
            awk 'BEGIN { s = "a"; for (i = 0; i < 28; i++) s = s s; print length(s) }'
            sleep 30
            """, memory: 64 << 20)
        #expect(
            outcome
                == .failed(
                    "the runner was ended by the kernel: it took more than 67108864 bytes of memory "
                        + "(memory.max)"))
        #expect(RunnerBench.processes(named: "sleep\u{0}1006\u{0}") == [])
    }
}
