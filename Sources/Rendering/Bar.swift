/// A bar of blocks: how far something is on its way to a bound.
public enum Bar {
    /// `width` letters, at least one of them filled where `fraction` is over 0, and all of them only
    /// where it is 1 or more.
    public static func blocks(_ fraction: Double, width: Int, _ ink: Ink = .plain) -> Painted {
        let filled: Int =
            switch fraction {
            case _ where fraction.isNaN || fraction <= 0: 0
            case 1...: width
            default: min(width - 1, max(1, Int((fraction * Double(width)).rounded())))
            }
        return Painted(String(repeating: "█", count: filled), ink)
            + Painted(String(repeating: "·", count: width - filled), .faint)
    }
}

/// Long work with a known end, as one line that is drawn over and over.
public struct ProgressLine: Equatable, Sendable {
    public var title: String
    public var done: UInt64
    public var total: UInt64
    public var elapsedMilliseconds: Int64
    /// Set where the unit is bytes.
    public var areBytes: Bool

    public init(
        _ title: String, done: UInt64, total: UInt64, elapsedMilliseconds: Int64, areBytes: Bool
    ) {
        (self.title, self.done, self.total) = (title, done, total)
        (self.elapsedMilliseconds, self.areBytes) = (elapsedMilliseconds, areBytes)
    }

    private var fraction: Double { total == 0 ? 1 : Double(min(done, total)) / Double(total) }

    /// `pushing  ████████····  66 %  1.2 GB of 1.8 GB  640 MB/s  1 s left`, the end first cut.
    public func line(width: Int) -> Painted {
        let amount =
            areBytes
            ? "\(Quantity.bytes(done)) of \(Quantity.bytes(total))"
            : "\(Quantity.count(done)) of \(Quantity.count(total))"
        let percent = Painted("\(Int(fraction * 100)) %").padded(5, toRight: true)
        let tail = Painted("  \(amount)\(rate)", .faint)
        let room = max(8, min(24, width - title.count - 9 - tail.count))
        return
            (Painted(title, .strong) + "  " + Bar.blocks(fraction, width: room, .good) + "  "
            + percent + tail).cut(width)
    }

    private var rate: String {
        guard elapsedMilliseconds >= 500, done > 0 else { return "" }
        let perSecond = Double(done) / Double(elapsedMilliseconds) * 1000
        let speed = areBytes ? "  \(Quantity.bytes(Int64(perSecond)))/s" : ""
        guard done < total else { return speed }
        let left = Double(total - done) / perSecond * 1000
        return speed + "  \(Quantity.duration(milliseconds: Int64(min(left, 1e15)))) left"
    }

    /// Where lines replace the bar: one for each tenth that was passed since `before`.
    public func milestone(since before: ProgressLine?) -> String? {
        let tenth = Int(fraction * 10)
        guard tenth > Int((before?.fraction ?? 0) * 10) else { return nil }
        let amount = areBytes ? Quantity.bytes(done) : Quantity.count(done)
        return "\(title): \(tenth * 10) %, \(amount)"
    }
}
