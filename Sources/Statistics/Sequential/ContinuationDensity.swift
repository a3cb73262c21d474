/// The chance density of the score process B(t) just before a look, over the paths that crossed no
/// earlier boundary: B(t) = z √t, with independent normal steps.
///
/// Held by symmetry for B ≥ 0 on Simpson nodes, spaced finer than the steps before and after, so a
/// look right after another is no less exact.
struct ContinuationDensity {
    private let time: Double
    /// The standard deviation of the step that leads to this look.
    private let step: Double
    private var nodes: [Node]

    private struct Node {
        let position: Double
        /// Density × Simpson weight.
        let mass: Double
    }

    /// - Parameter time: of the look to come, later than all looks taken.
    init(after looks: [GroupSequentialTest.Look], before time: Double) {
        self.time = time
        nodes = [Node(position: 0, mass: 0.5)]
        var last = 0.0
        for (index, look) in looks.enumerated() {
            let now = look.informationFraction
            let next = index + 1 < looks.count ? looks[index + 1].informationFraction : time
            let past = (now - last).squareRoot()
            let edge = min(look.boundary, 12) * now.squareRoot()
            nodes = Self.propagate(
                nodes, step: past, edge: edge, spacing: min(past, (next - now).squareRoot()) / 10)
            last = now
        }
        step = (time - last).squareRoot()
    }

    /// The chance that |B| at this look is at least z √t, having crossed nothing before.
    func exitChance(beyond z: Double) -> Double {
        let edge = z * time.squareRoot()
        var sum = 0.0
        for node in nodes {
            let above = NormalDistribution.sf((edge - node.position) / step)
            sum += node.mass * (above + NormalDistribution.sf((edge + node.position) / step))
        }
        // Once for the paths on each side of 0.
        return 2 * sum
    }

    /// The density after one more step, on nodes from 0 to the edge.
    private static func propagate(
        _ nodes: [Node], step: Double, edge: Double, spacing: Double
    ) -> [Node] {
        let panels = 2 * Int(min(4000, max(50, (edge / spacing / 2).rounded(.up))))
        let width = edge / Double(panels)
        return (0...panels).map { index in
            let position = Double(index) * width
            var density = 0.0
            for node in nodes {
                let near = NormalDistribution.pdf((position - node.position) / step)
                density +=
                    node.mass * (near + NormalDistribution.pdf((position + node.position) / step))
            }
            let isEnd = index == 0 || index == panels
            let weight = isEnd ? 1.0 : index.isMultiple(of: 2) ? 2 : 4
            return Node(position: position, mass: density / step * weight * width / 3)
        }
    }
}
