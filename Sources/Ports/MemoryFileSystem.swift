import CairnCore
import Synchronization

/// Files in memory with a disk that fails on demand, for tests and the simulator.
///
/// It keeps apart what programs see and what the disk holds. `losePower` keeps of each file what was
/// synced and, under the seed, any part of what was not, in pieces of a sector; of names likewise.
public final class MemoryFileSystem: FileSystem {
    /// What happens at one operation that changes something.
    public enum Fault: Sendable, CaseIterable {
        /// It fails and nothing of it is done.
        case fails
        /// There is no room; a write is done in part.
        case full
        /// A write is done in part; everything else fails.
        case tears
        /// The machine stops: it is done in part, and every later call fails until `losePower`.
        case stops
    }

    struct State {
        var inodes: [Int: MemoryInode] = [:]
        var names: [String: Int] = [:]
        var durableNames: [String: Int] = [:]
        var pendingNames: [(folder: String, change: NameChange)] = []
        var folders: Set<String> = []
        var nextInode = 0
        var random: SeededRandom
        var capacity = UInt64.max
        var operationCount = 0
        var faults: [Int: Fault] = [:]
        var hasStopped = false
        /// Counts the power cuts: files that were opened before one are dead.
        var life = 0
    }

    enum NameChange {
        case names(String, inode: Int)
        case renames(String, to: String)
        case removes(String)
    }

    let state: Mutex<State>

    public init(seed: UInt64 = 0) { state = Mutex(State(random: SeededRandom(seed: seed))) }

    /// Operations so far that changed something; the next one has this number.
    public var operationCount: Int { state.withLock { $0.operationCount } }

    /// Plans a fault for the operation of that number.
    public func plan(_ fault: Fault, at operation: Int) {
        state.withLock { $0.faults[operation] = fault }
    }

    /// Bytes that all files together may hold.
    public var capacity: UInt64 {
        get { state.withLock { $0.capacity } }
        set { state.withLock { $0.capacity = newValue } }
    }

    public var hasStopped: Bool { state.withLock { $0.hasStopped } }

    /// The machine goes down and comes up again: files that were open are dead, and no fault is
    /// planned any more.
    /// - Parameter keepingCache: the machine only ended the program: all that was written is there.
    public func losePower(keepingCache: Bool = false) {
        state.withLock { state in
            if !keepingCache { state.losePower() }
            (state.hasStopped, state.faults) = (false, [:])
            state.life += 1
        }
    }

    /// Changes a byte behind everybody's back.
    public func damage(_ path: String, at offset: Int) {
        state.withLock { state in
            guard let id = state.names[path] else { return }
            state.inodes[id]?.live[offset] ^= 0x55
        }
    }

    /// What a program would read.
    public func bytes(of path: String) -> [UInt8]? {
        state.withLock { state in state.names[path].flatMap { state.inodes[$0]?.live } }
    }

    // MARK: FileSystem

    public func names(in folder: String) throws(FileSystemError) -> [String] {
        try locked { state throws(FileSystemError) in
            guard state.folders.contains(folder) else {
                throw FileSystemError(.notFound, "\(folder) does not exist")
            }
            return state.names.keys.filter { Self.folder(of: $0) == folder }
                .map { String($0.dropFirst(folder.utf8.count + 1)) }
        }
    }

    public func makeFolder(_ path: String) throws(FileSystemError) {
        // Durable at once: a folder is made once in the life of a store.
        try locked { state throws(FileSystemError) in _ = state.folders.insert(path) }
    }

    public func open(_ path: String, creating: Bool) throws(FileSystemError) -> any OpenFile {
        let (inode, life): (Int, Int) = try locked { state throws(FileSystemError) in
            if let inode = state.names[path] { return (inode, state.life) }
            guard creating else { throw FileSystemError(.notFound, "\(path) does not exist") }
            try state.pass(path)
            state.nextInode += 1
            state.inodes[state.nextInode] = MemoryInode()
            state.change(.names(path, inode: state.nextInode), in: Self.folder(of: path))
            return (state.nextInode, state.life)
        }
        return MemoryFile(self, path: path, inode: inode, life: life)
    }

    public func rename(_ path: String, to target: String) throws(FileSystemError) {
        try locked { state throws(FileSystemError) in
            guard state.names[path] != nil else {
                throw FileSystemError(.notFound, "\(path) does not exist")
            }
            try state.pass(path)
            state.change(.renames(path, to: target), in: Self.folder(of: path))
        }
    }

    public func remove(_ path: String) throws(FileSystemError) {
        try locked { state throws(FileSystemError) in
            guard state.names[path] != nil else {
                throw FileSystemError(.notFound, "\(path) does not exist")
            }
            try state.pass(path)
            state.change(.removes(path), in: Self.folder(of: path))
        }
    }

    public func syncFolder(_ path: String) throws(FileSystemError) {
        try locked { state throws(FileSystemError) in
            try state.pass(path)
            for (folder, change) in state.pendingNames where folder == path {
                change.apply(to: &state.durableNames)
            }
            state.pendingNames.removeAll { $0.folder == path }
        }
    }

    public func freeByteCount(of folder: String) throws(FileSystemError) -> UInt64? {
        try locked { state throws(FileSystemError) in
            state.capacity == .max ? nil : state.capacity - min(state.capacity, state.usedByteCount)
        }
    }

    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    /// Runs `body` unless the machine stands still.
    func locked<Result>(_ body: (inout State) throws(FileSystemError) -> Result)
        throws(FileSystemError)
        -> Result
    {
        // `withLock` takes the type of an error from its closure only when it is spelled out.
        try state.withLock { (state) throws(FileSystemError) -> Result in
            guard !state.hasStopped else {
                throw FileSystemError(.failed, "the machine has stopped")
            }
            return try body(&state)
        }
    }
}
