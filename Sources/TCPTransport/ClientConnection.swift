import CLinux
import Framing
import Glibc
import Messages
import Ports

/// A service, as the client sees it.
final class ClientConnection: Connection, @unchecked Sendable {
    let channel: ChannelCore
    private var isConnecting = true
    /// Why no call of ours is taken any more, once the service has said so.
    private var goodbye: RPCError?

    init(_ channel: ChannelCore, fd: Int32) {
        self.channel = channel
        super.init(.client, limits: channel.options.limits, fd: fd, loop: channel.loop)
    }

    override func ready(_ events: UInt32) {
        if isConnecting {
            let number = cairn_socket_error(fd)
            if number != 0 {
                let error = SocketError("connect to \(channel.address)", number: number)
                return close(RPCError(.unavailable, error.description))
            }
            guard Interest.isWritable(events) else { return }
            greet()
        }
        super.ready(events)
    }

    private func greet() {
        isConnecting = false
        let options = channel.options
        let hello = Handshake.hello(
            name: options.name, token: options.token, features: options.features)
        do {
            let payload = Payload(try hello.encoded())
            prepareToWrite()
            session.greet(payload)
        } catch {
            close(RPCError(.invalidArgument, "the greeting does not encode: \(error)"))
        }
    }

    override func handleEvents() {
        while let event = nextEvent() { handle(event) }
    }

    private func handle(_ event: consuming SessionEvent) {
        switch consume event {
        case .welcomed(let payload): welcome(payload)
        case .refused(let payload): close(payload.callError)
        case .message(let stream, let payload, ended: false):
            calls[stream]?.receive(payload, ended: false)
        case .message(let stream, let payload, ended: true):
            let call = forget(stream)
            call?.receive(payload, ended: true)
            call?.streamDidEnd()
            streamDidClose()
        case .ended(let stream):
            let call = forget(stream)
            call?.receiveEnd()
            call?.streamDidEnd()
            streamDidClose()
        case .failed(let stream, let payload): end(stream, payload.callError)
        case .broken(let stream, let error): end(stream, RPCError(error))
        case .credited(let stream): calls[stream]?.mayWrite()
        case .goingAway(let untouched, let reason): leave(untouched, reason)
        case .greeted, .opened, .cancelled: preconditionFailure("a client got what servers get")
        }
    }

    private func welcome(_ payload: Payload) {
        do {
            try Handshake.check(try HelloReply(decoding: payload.message))
            channel.connectionStands(self)
        } catch {
            close(RPCError.from(error))
        }
    }

    private func end(_ stream: StreamID, _ error: RPCError) {
        forget(stream)?.end(error)
        streamDidClose()
    }

    /// The service goes away. Calls that it never saw may be made again at once, elsewhere.
    private func leave(_ untouched: [StreamID], _ reason: String) {
        let error = RPCError(.unavailable, "\(channel.address) takes no calls: \(reason)")
        goodbye = error
        channel.connectionLeaves(self, error)
        for stream in untouched { forget(stream)?.end(error) }
        streamDidClose()
    }

    override func streamDidClose() {
        if session.phase == .draining && session.streamCount == 0 { return closeWhenSent() }
        channel.startWaiting()
    }

    override func didMakeRoom() { channel.startWaiting() }

    override func didClose(_ reason: RPCError) { channel.connectionClosed(self, goodbye ?? reason) }
}

extension RPCError {
    /// What ended a stream by the rules of the wire, as its caller sees it.
    init(_ error: FramingError) {
        self.init(
            error.code == .tooManyStreams ? .resourceExhausted : .protocol, error.description)
    }
}
