import Glibc

/// The body of a thread, boxed for its trip through C.
private final class ThreadBody {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Runs `body` on a new thread, which ends with it.
func startThread(_ body: @escaping @Sendable () -> Void) throws(SocketError) {
    let box = Unmanaged.passRetained(ThreadBody(body))
    var thread = pthread_t()
    let number = pthread_create(
        &thread, nil,
        { pointer in
            Unmanaged<ThreadBody>.fromOpaque(pointer!).takeRetainedValue().run()
            return nil
        }, box.toOpaque())
    guard number == 0 else {
        box.release()
        throw SocketError("start a thread", number: number)
    }
    pthread_detach(thread)
}
