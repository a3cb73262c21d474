/// 1 + d₁/(1 + d₂/(1 + …)) from the front. Source: Thompson and Barnett 1986 (modified Lentz).
struct LentzFraction {
    private(set) var value = 1.0
    private var c = 1.0
    private var d = 0.0

    /// - Returns: whether the term no longer changed the value.
    @discardableResult
    mutating func append(_ coefficient: Double, over denominator: Double = 1) -> Bool {
        let tiny = 1e-300
        d = denominator + coefficient * d
        c = denominator + coefficient / c
        if d.magnitude < tiny { d = tiny }
        if c.magnitude < tiny { c = tiny }
        d = 1 / d
        let change = c * d
        value *= change
        return (change - 1).magnitude <= 2 * Double.ulpOfOne
    }
}
