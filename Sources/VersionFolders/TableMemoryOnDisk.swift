import Ports
import Synchronization

/// What an agent that holds no models remembers: `agent.state` in a folder that is its alone.
public final class TableMemoryOnDisk: TableMemory {
    private let slots: Mutex<SlotFile>
    private let queues: WorkQueues

    /// Makes the folder if it is not there. Blocks while it looks at the disk.
    /// - Throws: `RPCError.conflict` when another process works in the folder.
    public init(_ folder: String, queues: WorkQueues) throws {
        let root = Paths.trimmed(folder)
        do {
            try Paths.makeFolders(root)
            slots = Mutex(try SlotFile(ModelLayout(root: root).state))
        } catch let error as FileError {
            throw error.asRPCError
        }
        self.queues = queues
    }

    public func recall() async throws -> [UInt8]? { slots.withLock { $0.contents } }

    public func remember(_ bytes: [UInt8]) async throws {
        try await VersionFolders.mapped { [self] in
            try await queues.run { [self] in try slots.withLock { try $0.replace(with: bytes) } }
        }
    }
}
