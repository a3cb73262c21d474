import CairnCore

/// The bytes of a file in memory, as programs see them and as the disk holds them.
struct MemoryInode {
    enum Change {
        case write([UInt8], at: Int)
        case truncate(Int)
    }

    var live: [UInt8] = []
    var durable: [UInt8] = []
    /// What happened since the last sync, oldest first.
    var pending: [Change] = []

    static let sectorByteCount = 512

    mutating func change(_ change: Change) {
        change.apply(to: &live)
        pending.append(change)
    }

    /// Everything that is pending reaches the disk. After a failed sync it holds less than `live`.
    mutating func sync() {
        for change in pending { change.apply(to: &durable) }
        pending = []
    }

    /// The disk keeps any part of what is pending, sector by sector.
    mutating func losePower(using random: inout SeededRandom) {
        // Some cuts lose all, some keep all, most keep a part.
        let kept = [0, 50, 90, 100].randomElement(using: &random) ?? 0
        for case let change in pending {
            guard case .write(let bytes, let at) = change else {
                if Int.random(in: 0..<100, using: &random) < kept { change.apply(to: &durable) }
                continue
            }
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + Self.sectorByteCount - (at + start) % 512)
                if Int.random(in: 0..<100, using: &random) < kept {
                    Change.write(Array(bytes[start..<end]), at: at + start).apply(to: &durable)
                }
                start = end
            }
        }
        (live, pending) = (durable, [])
    }
}

extension MemoryInode.Change {
    func apply(to bytes: inout [UInt8]) {
        switch self {
        case .truncate(let count):
            bytes.resize(to: count)
        case .write(let new, let at):
            if bytes.count < at + new.count { bytes.resize(to: at + new.count) }
            bytes.replaceSubrange(at..<at + new.count, with: new)
        }
    }
}

extension [UInt8] {
    fileprivate mutating func resize(to count: Int) {
        if count < self.count { removeLast(self.count - count) }
        append(contentsOf: repeatElement(0, count: count - self.count))
    }
}

extension MemoryFileSystem.NameChange {
    func apply(to names: inout [String: Int]) {
        switch self {
        case .names(let path, let inode): names[path] = inode
        case .removes(let path): names[path] = nil
        case .renames(let path, let target):
            // The name may be lost already: a power cut keeps any part of what was not synced.
            if let inode = names.removeValue(forKey: path) { names[target] = inode }
        }
    }
}

extension MemoryFileSystem.State {
    var usedByteCount: UInt64 { inodes.values.reduce(0) { $0 + UInt64($1.live.count) } }

    /// Counts an operation and lets its fault happen, if it has one that needs no half-done work.
    mutating func pass(_ path: String) throws(FileSystemError) {
        switch nextFault() {
        case nil: return
        case .fails, .tears: throw FileSystemError(.failed, "\(path): input/output error")
        case .full: throw FileSystemError(.full, "\(path): no space left on device")
        case .stops:
            hasStopped = true
            throw FileSystemError(.failed, "the machine has stopped")
        }
    }

    mutating func nextFault() -> MemoryFileSystem.Fault? {
        defer { operationCount += 1 }
        return faults.removeValue(forKey: operationCount)
    }

    mutating func change(_ change: MemoryFileSystem.NameChange, in folder: String) {
        change.apply(to: &names)
        pendingNames.append((folder, change))
    }

    mutating func losePower() {
        for (_, change) in pendingNames where Bool.random(using: &random) {
            change.apply(to: &durableNames)
        }
        (pendingNames, names) = ([], durableNames)
        for id in inodes.keys.sorted() { inodes[id]?.losePower(using: &random) }
        inodes = inodes.filter { names.values.contains($0.key) }
    }
}

final class MemoryFile: OpenFile {
    private let system: MemoryFileSystem
    private let path: String
    private let inode: Int
    private let life: Int

    init(_ system: MemoryFileSystem, path: String, inode: Int, life: Int) {
        (self.system, self.path, self.inode, self.life) = (system, path, inode, life)
    }

    private func locked<Result>(
        _ body: (inout MemoryFileSystem.State, inout MemoryInode) throws(FileSystemError) -> Result
    ) throws(FileSystemError) -> Result {
        try system.locked { state throws(FileSystemError) in
            guard state.life == life, var node = state.inodes.removeValue(forKey: inode) else {
                throw FileSystemError(.failed, "\(path) was opened before the machine went down")
            }
            // Taken out while it changes: it would be copied otherwise.
            defer { state.inodes[inode] = node }
            return try body(&state, &node)
        }
    }

    func byteCount() throws(FileSystemError) -> UInt64 {
        try locked { _, node throws(FileSystemError) in UInt64(node.live.count) }
    }

    func write(_ parts: [UnsafeRawBufferPointer], at offset: UInt64) throws(FileSystemError) {
        let bytes = parts.flatMap { Array($0) }
        try locked { state, node throws(FileSystemError) in
            let fault = state.nextFault()
            let used = state.usedByteCount + UInt64(node.live.count)
            let growth = UInt64(max(0, Int(offset) + bytes.count - node.live.count))
            let room = state.capacity - min(state.capacity, used)
            let isFull = growth > room
            if fault == nil && !isFull {
                return node.change(.write(bytes, at: Int(offset)))
            }
            if fault != .fails {
                let most = isFull ? bytes.count - Int(growth - room) : bytes.count - 1
                let done = Int.random(in: 0...max(0, most), using: &state.random)
                node.change(.write(Array(bytes.prefix(done)), at: Int(offset)))
            }
            if fault == .stops { state.hasStopped = true }
            throw isFull || fault == .full
                ? FileSystemError(.full, "\(path): no space left on device")
                : FileSystemError(.failed, "\(path): input/output error")
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(FileSystemError)
        -> Int
    {
        try locked { _, node throws(FileSystemError) in
            guard offset < UInt64(node.live.count) else { return 0 }
            let bytes = node.live[Int(offset)...].prefix(buffer.count)
            buffer.copyBytes(from: bytes)
            return bytes.count
        }
    }

    func truncate(to byteCount: UInt64) throws(FileSystemError) {
        try locked { state, node throws(FileSystemError) in
            try state.pass(path)
            node.change(.truncate(Int(byteCount)))
        }
    }

    func sync() throws(FileSystemError) {
        try locked { state, node throws(FileSystemError) in
            do throws(FileSystemError) {
                try state.pass(path)
            } catch {
                // What was not written is forgotten, as Linux does after a failed write-back.
                if !state.hasStopped { node.losePendingWrites(using: &state.random) }
                throw error
            }
            node.sync()
        }
    }

    func startWriting(from offset: UInt64, byteCount: UInt64) {}
}

extension MemoryInode {
    fileprivate mutating func losePendingWrites(using random: inout SeededRandom) {
        let seen = live
        losePower(using: &random)
        live = seen
    }
}
