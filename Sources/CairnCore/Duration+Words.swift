extension Duration {
    /// `12 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`: two units at most, cut and not rounded.
    public var inWords: String {
        let milliseconds = wholeMilliseconds
        if milliseconds < 0 {
            return "-" + Duration.milliseconds(-max(milliseconds, -Int64.max)).inWords
        }
        if milliseconds < 1_000 { return "\(milliseconds) ms" }
        let seconds = milliseconds / 1_000
        if seconds < 10 {
            let tenths = milliseconds % 1_000 / 100
            return tenths == 0 ? "\(seconds) s" : "\(seconds).\(tenths) s"
        }
        let pairs: [(Int64, String, Int64, String)] = [
            (86_400, "d", 3_600, "h"), (3_600, "h", 60, "min"), (60, "min", 1, "s"),
        ]
        for (large, largeName, small, smallName) in pairs where seconds >= large {
            let rest = seconds % large / small
            return "\(seconds / large) \(largeName)" + (rest == 0 ? "" : " \(rest) \(smallName)")
        }
        return "\(seconds) s"
    }
}
