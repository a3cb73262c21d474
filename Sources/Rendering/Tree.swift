/// A node with what hangs below it, drawn with the lines of a tree.
public struct Tree: Equatable, Sendable {
    public var text: Painted
    public var children: [Tree]

    public init(_ text: Painted, _ children: [Tree] = []) {
        (self.text, self.children) = (text, children)
    }

    /// The node's own text stands at the left edge; long texts go on under their beginning.
    public func lines(width: Int) -> [Painted] {
        text.wrapped(width) + branches(prefix: "", width: width)
    }

    private func branches(prefix: String, width: Int) -> [Painted] {
        children.enumerated().flatMap { index, child in
            let isLast = index == children.count - 1
            let below = prefix + (isLast ? "   " : "│  ")
            let texts = child.text.wrapped(max(20, width - below.count))
            return texts.enumerated().map { line, text in
                let stem = line > 0 ? below : prefix + (isLast ? "└─ " : "├─ ")
                return Painted(stem, .faint) + text.trimmed
            } + child.branches(prefix: below, width: width)
        }
    }
}
