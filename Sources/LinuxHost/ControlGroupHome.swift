import CLinux
import Glibc

/// Where this process may make control groups of version 2, and whether these can limit memory.
///
/// A group's children have a controller once the group's `cgroup.subtree_control` names it, and that can
/// be written only while no process is in the group itself. A process that is alone in its group moves
/// into a group of its own below it; where others are with it, memory is not limited by groups.
/// Source: the kernel's Documentation/admin-guide/cgroup-v2.rst, "Delegation", "No Internal Process Constraint".
struct ControlGroupHome: Sendable, Equatable {
    enum Memory: Sendable, Equatable {
        case limited
        /// The text says why not, and what would change it.
        case unlimited(String)
    }

    let path: String
    let memory: Memory

    /// Of this process, looked for once; `nil` where there is no version 2.
    static let ours: ControlGroupHome? = {
        // Without it, or where it cannot be read, there are no groups for us.
        guard let text = ControlFile.read("/proc/self/cgroup") else { return nil }
        return find(text, roots: ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"], process: getpid())
    }()

    /// - Parameters:
    ///   - text: what `/proc/self/cgroup` says.
    ///   - roots: where version 2 may be mounted; the first that is, counts.
    static func find(_ text: String, roots: [String], process: Int32) -> ControlGroupHome? {
        let own = text.split(separator: "\n").first { $0.hasPrefix("0::/") }?.dropFirst(3)
        // What begins with `/..` lies outside of what we see.
        guard let own, !own.hasPrefix("/..") else { return nil }
        guard let root = roots.first(where: { access($0 + "/cgroup.procs", F_OK) == 0 }) else {
            return nil
        }
        let folder = ControlFolder(path: own == "/" ? root : root + own)
        // systemd's `DelegateSubgroup=` puts a unit's process one below the group that is its own.
        let parent = own == "/" ? nil : folder.parent
        if let parent, parent.isDelegated, !folder.has(.memory), parent.has(.memory) {
            return ControlGroupHome(path: parent.path, memory: parent.enableMemory(process))
        }
        return ControlGroupHome(path: folder.path, memory: folder.enableMemory(process))
    }
}

/// A control group as its folder.
private struct ControlFolder {
    enum Controller: String { case memory }

    let path: String

    var parent: ControlFolder {
        ControlFolder(path: String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    }

    /// Whether systemd has left it to its unit.
    var isDelegated: Bool { cairn_is_delegated(path) == 1 }

    func has(_ controller: Controller) -> Bool { lists(controller, "cgroup.controllers") }

    /// Lets groups that are made here have limits of memory.
    func enableMemory(_ process: Int32) -> ControlGroupHome.Memory {
        guard has(.memory) else {
            return .unlimited("the memory controller of cgroup version 2 is not there for \(path)")
        }
        if lists(.memory, "cgroup.subtree_control") { return .limited }
        if isUnit, !isDelegated {
            return .unlimited("\(path) is not delegated; set Delegate=memory in the unit")
        }
        if let refusal = turnOn() {
            guard refusal == EBUSY, moveAside(process) else {
                let words = String(cString: strerror(refusal))
                return .unlimited(
                    "the memory controller cannot be turned on in \(path) (\(words)); give the "
                        + "evaluator a group of its own, as a unit with Delegate=memory is")
            }
            if let refusal = turnOn() {
                return .unlimited(
                    "the memory controller cannot be turned on in \(path): "
                        + String(cString: strerror(refusal)))
            }
        }
        return .limited
    }

    private var isUnit: Bool { path.hasSuffix(".service") || path.hasSuffix(".scope") }

    private func lists(_ controller: Controller, _ file: String) -> Bool {
        // A file that is not there lists nothing.
        guard let text = ControlFile.read("\(path)/\(file)") else { return false }
        return text.split { $0 == " " || $0 == "\n" }.contains { $0 == controller.rawValue }
    }

    /// - Returns: the number of the error; `nil` where it is on.
    private func turnOn() -> Int32? {
        if let refusal = ControlFile.write("+memory", "\(path)/cgroup.subtree_control") {
            return refusal
        }
        return lists(.memory, "cgroup.subtree_control") ? nil : EINVAL
    }

    /// Moves the process into a group of its own below, where it is the only one here.
    private func moveAside(_ process: Int32) -> Bool {
        // A group whose processes cannot be read has others than us.
        let processes = ControlFile.read("\(path)/cgroup.procs")
        guard processes?.split(separator: "\n").map(String.init) == ["\(process)"] else {
            return false
        }
        let own = "\(path)/cairn-evaluator-\(process)"
        guard mkdir(own, 0o755) == 0 || errno == EEXIST else { return false }
        return ControlFile.write("\(process)", own + "/cgroup.procs") == nil
    }
}

/// The files by which the kernel is told of a group.
enum ControlFile {
    /// - Returns: `nil` where it is not there, or not for us to read: a group with such a file is used for
    ///   nothing that the file says.
    static func read(_ file: String) -> String? {
        do { return try Files.readText(file) } catch { return nil }
    }

    /// - Returns: the number of the error; `nil` where it was written.
    static func write(_ text: String, _ file: String) -> Int32? {
        let descriptor = open(file, O_WRONLY | O_CLOEXEC)
        if descriptor < 0 { return errno }
        defer { close(descriptor) }
        return Files.writeAll(text, to: descriptor) ? nil : errno
    }
}
