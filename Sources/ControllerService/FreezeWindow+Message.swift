import CairnCore
import Deployment
import Messages
import Ports

extension Deployment.FreezeWindow {
    /// To remove one, its name is enough.
    init(_ window: Messages.FreezeWindow?) throws {
        guard let window else { throw RPCError(.invalidArgument, "there is no window") }
        let years: ClosedRange<Int64> = 0...4_600_000_000_000
        guard years.contains(window.fromUnixMs), years.contains(window.untilUnixMs) else {
            throw RPCError(
                .invalidArgument, "window \(window.name.prefix(80)) is not in 1970 to 2115")
        }
        self.init(
            name: try Checks.text(window.name, atMost: 64, "name"),
            from: Timestamp(milliseconds: window.fromUnixMs),
            until: Timestamp(milliseconds: window.untilUnixMs),
            every: window.everyMs == 0 ? nil : .milliseconds(Int64(clamping: window.everyMs)))
    }
}

extension Messages.FreezeWindow {
    init(_ window: Deployment.FreezeWindow) {
        self.init(
            name: window.name, fromUnixMs: window.from.milliseconds,
            untilUnixMs: window.until.milliseconds,
            everyMs: UInt64(window.every?.wholeMilliseconds ?? 0))
    }
}
