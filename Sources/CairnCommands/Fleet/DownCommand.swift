import CairnCore
import Glibc
import LinuxHost
import Ports

/// `cairn down`: ends what `cairn up` started, and returns when it has ended.
struct DownCommand: Sendable {
    let context: CommandContext

    func run() async throws {
        let named = try context.arguments.text("data") ?? LastUp.data(context.environment)
        let data = try FleetLayout.dataFolder(named, context.environment)
        guard let state = try FleetState.read(data) else {
            return context.out.print("nothing is up on \(data)")
        }
        let pids: [Int32]
        if try isSupervised(data) {
            kill(state.supervisorPID, SIGTERM)
            pids = [state.supervisorPID]
        } else {
            // The supervisor was killed; its services end by themselves when they notice.
            pids = state.services.map(\.pid).filter { $0 > 0 && Self.isService($0) }
            context.notes.print("the supervisor is gone already; waiting for its services")
        }
        try await wait(for: pids)
        // A supervisor that ends cleanly removes it itself.
        unlink(data + "/cairn.json")
        context.out.print("down: \(data)")
    }

    private func isSupervised(_ data: String) throws -> Bool {
        do {
            let lock = try FolderLock(folder: data, name: FleetLayout.lockName)
            _ = consume lock
            return false
        } catch {
            guard error.number == EWOULDBLOCK else { throw error }
            return true
        }
    }

    /// Process ids are used again; only one that still is a service of ours is waited for.
    private static func isService(_ pid: Int32) -> Bool {
        // A process that is gone has no name, which is an answer too.
        let name = (try? Files.readText("/proc/\(pid)/comm")) ?? nil
        return name?.hasPrefix("cairn-") == true
    }

    private func wait(for pids: [Int32]) async throws {
        let limit = Duration.seconds(context.arguments.number("within-seconds") ?? 60)
        let ended = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                // A process that cannot be watched is one that is gone.
                for pid in pids { try? await ChildProcess.waitForEnd(of: pid) }
                return !Task.isCancelled
            }
            group.addTask {
                // Cancelled when the processes end first.
                try? await context.clock.sleep(until: context.clock.now() + limit)
                return false
            }
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
        guard ended else {
            throw CommandError(
                "not ended after \(limit.wholeMilliseconds / 1000) s: pid "
                    + "\(pids.map { "\($0)" }.joined(separator: ", ")). Wait longer with "
                    + "--within-seconds, or end them with kill -9: nothing acknowledged is lost.")
        }
    }
}
