import CLinux
import Glibc
import Synchronization

/// One thread that waits on epoll for every descriptor of this process that somebody awaits.
///
/// Each wait has a token of its own that is never used again, and a duplicate of the descriptor that
/// it closes itself. An event that was fetched before its wait ended finds no token and wakes nobody.
/// Shared by the process because it is as the process' clock is: without state that one user could
/// see of another.
final class ReadinessLoop: Sendable {
    static let shared = ReadinessLoop()

    private struct Waiter {
        let duplicate: Int32
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var nextToken: UInt64 = 0
        var waiters: [UInt64: Waiter] = [:]
    }

    private let epoll: Int32
    private let state = Mutex(State())

    private init() {
        epoll = cairn_epoll_create()
        precondition(epoll >= 0, "no epoll: \(String(cString: strerror(errno)))")
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { pointer in
                cairn_name_thread("readiness")
                Unmanaged<ReadinessLoop>.fromOpaque(pointer!).takeRetainedValue().run()
            }, Unmanaged.passRetained(self).toOpaque())
        precondition(code == 0, "no thread: \(String(cString: strerror(code)))")
        pthread_detach(thread)
    }

    func wait(_ descriptor: Int32) async {
        let token = state.withLock { state in
            state.nextToken += 1
            return state.nextToken
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWaiting: Bool = state.withLock { state in
                    guard !Task.isCancelled else { return false }
                    let duplicate = cairn_duplicate(descriptor)
                    guard duplicate >= 0 else { return false }
                    let events = UInt32(CAIRN_EPOLL_IN | CAIRN_EPOLL_RDHUP)
                    // A plain file cannot be watched, and is always ready.
                    guard cairn_epoll_add(epoll, duplicate, events, token) == 0 else {
                        close(duplicate)
                        return false
                    }
                    state.waiters[token] = Waiter(
                        duplicate: duplicate, continuation: continuation)
                    return true
                }
                if !isWaiting { continuation.resume() }
            }
        } onCancel: {
            end(token)
        }
    }

    /// Once for each wait: whoever takes the waiter out stops the watch, closes and wakes.
    private func end(_ token: UInt64) {
        let waiter = state.withLock { state in
            let waiter = state.waiters.removeValue(forKey: token)
            if let waiter {
                _ = cairn_epoll_remove(epoll, waiter.duplicate)
                close(waiter.duplicate)
            }
            return waiter
        }
        waiter?.continuation.resume()
    }

    private func run() -> Never {
        var events = [cairn_epoll_event](repeating: cairn_epoll_event(), count: 64)
        while true {
            let count = cairn_epoll_wait(epoll, &events, 64, -1)
            for index in 0..<max(0, Int(count)) { end(events[index].token) }
        }
    }
}
