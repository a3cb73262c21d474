import CairnCore
import Glibc
import Ports

/// Folders that runners work in: `work/EVALUATION-LEASE`.
extension EvaluationFolder {
    public func prepareWork(_ order: WorkOrder) async throws -> WorkFolder {
        let folder = place(of: order.evaluation, lease: order.lease)
        let work = WorkFolder(
            path: folder, checkpoint: folder + "/checkpoint",
            dataset: "\(folder)/\(order.datasetName)",
            predictions: "\(folder)/\(order.predictionsName)",
            log: "\(evaluation(order.evaluation))/\(LogName(lease: order.lease).name)")
        try await queue.run {
            let account = try Self.account(order.user)
            try Files.makeFolder(folder)
            try Files.makeFolder(evaluation(order.evaluation))
            for name in try FileTree.names(in: folder) where name != "checkpoint" {
                try FileTree.remove(folder + "/" + name)
            }
            try takeOver(from: order.evaluation, before: order.lease, work.checkpoint)
            try Files.makeFolder(folder + "/tmp")
            try place("\(path)/datasets/\(order.dataset)", as: work.dataset, for: account)
            if let account { try give(work, to: account) }
        }
        return work
    }

    private static func account(_ user: String) throws -> UserAccount? {
        do throws(HostError) { return try UserAccount.toBecome(user) } catch {
            throw RPCError(.refused, error.description)
        }
    }

    private func place(of id: EvaluationID, lease number: Int) -> String {
        "\(path)/work/\(id)-\(number)"
    }

    /// The newest checkpoint of earlier leases is moved to `checkpoint`, and all else of them removed.
    private func takeOver(
        from id: EvaluationID, before number: Int, _ checkpoint: String
    ) throws(HostError) {
        for earlier in try works(of: id).sorted(by: >) where earlier < number {
            let folder = place(of: id, lease: earlier)
            // It fails where there is none, or a newer one is here already.
            _ = rename(folder + "/checkpoint", checkpoint)
            try FileTree.remove(folder)
        }
    }

    /// The numbers of the leases that have a work folder.
    private func works(of id: EvaluationID) throws(HostError) -> [Int] {
        try FileTree.names(in: path + "/work").compactMap(WorkName.init).filter { $0.id == id }
            .map(\.lease)
    }

    public func removeWork(_ id: EvaluationID, lease number: Int) async throws {
        let folder = place(of: id, lease: number)
        try await queue.run { try FileTree.remove(folder) }
    }

    public func removeAll(of id: EvaluationID) async throws {
        try await queue.run {
            for number in try works(of: id) {
                try FileTree.remove(place(of: id, lease: number))
            }
            let folder = evaluation(id)
            for name in try FileTree.names(in: folder) where name.hasPrefix("predictions-") {
                try FileTree.remove("\(folder)/\(name)")
            }
            for log in try logs(of: id).dropLast() { try FileTree.remove("\(folder)/\(log.name)") }
        }
    }

    /// **Order:** what is there is listed before anybody says what is needed: what is made in between
    /// is not listed.
    ///
    /// What evaluations have that are not over is left alone whole: a checkpoint may just be taken
    /// over from there.
    public func removeLeftovers(
        except pending: @Sendable () async throws -> Set<EvaluationID>
    ) async throws {
        let (works, evaluations) = try await queue.run {
            for name in try FileTree.names(in: "\(path)/incoming/\(worker)") {
                try FileTree.remove("\(path)/incoming/\(worker)/\(name)")
            }
            return (
                try FileTree.names(in: path + "/work"),
                try FileTree.names(in: path + "/evaluations")
            )
        }
        let pending = try await pending()
        try await queue.run {
            for name in works where !(WorkName(name).map { pending.contains($0.id) } ?? false) {
                try FileTree.remove("\(path)/work/\(name)")
            }
            for name in evaluations
            where !(EvaluationID(name).map { pending.contains($0) } ?? false) {
                let folder = "\(path)/evaluations/\(name)"
                for file in try FileTree.names(in: folder) where file.hasPrefix("predictions-") {
                    try FileTree.remove("\(folder)/\(file)")
                }
            }
        }
    }

    /// By lease, the newest last.
    func logs(of id: EvaluationID) throws(HostError) -> [LogName] {
        try FileTree.names(in: evaluation(id)).compactMap(LogName.init).sorted {
            $0.lease < $1.lease
        }
    }
}

/// `EVALUATION-LEASE`.
private struct WorkName {
    let id: EvaluationID
    let lease: Int

    init?(_ name: String) {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let id = EvaluationID(parts[0]), let lease = Int(parts[1]) else {
            return nil
        }
        (self.id, self.lease) = (id, lease)
    }
}

/// `runner-LEASE.log`; of the time before there were leases, `runner.log`.
struct LogName {
    let lease: Int
    let name: String

    init(lease: Int) { (self.lease, name) = (lease, "runner-\(lease).log") }

    init?(_ name: String) {
        self.name = name
        if name == "runner.log" {
            lease = 0
            return
        }
        guard name.hasPrefix("runner-"), name.hasSuffix(".log"),
            let lease = Int(name.dropFirst(7).dropLast(4))
        else { return nil }
        self.lease = lease
    }
}
