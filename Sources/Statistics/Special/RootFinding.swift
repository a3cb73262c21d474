import func Glibc.exp

/// A root of a continuous function whose signs at the two ends differ, to the last few bits.
///
/// Never leaves the bracket; falls back to halving where interpolation does not help.
/// Source: Chandrupatla, Advances in Engineering Software 28 (1997) 145–149.
func root(from low: Double, to high: Double, of f: (Double) -> Double) -> Double {
    var (a, b) = (high, low)
    var (fa, fb) = (f(a), f(b))
    var (c, fc) = (a, fa)
    var fraction = 0.5
    for _ in 0..<200 {
        let x = a + fraction * (b - a)
        let fx = f(x)
        if (fx < 0) == (fa < 0) {
            (c, fc) = (a, fa)
        } else {
            (c, b, fc, fb) = (b, a, fb, fa)
        }
        (a, fa) = (x, fx)

        let (best, value) = fa.magnitude < fb.magnitude ? (a, fa) : (b, fb)
        let tolerance = 2 * Double.ulpOfOne * max(best.magnitude, Double.leastNormalMagnitude)
        let limit = tolerance / (b - a).magnitude
        if value == 0 || limit > 0.5 { return best }

        let xi = (a - b) / (c - b)
        let phi = (fa - fb) / (fc - fb)
        if phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi {
            let first = fa / (fb - fa) * fc / (fb - fc)
            let second = (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
            fraction = min(1 - limit, max(limit, first + second))
        } else {
            fraction = 0.5
        }
    }
    return b
}

/// The x > 0 where an increasing or decreasing `f` crosses zero, sought on a logarithmic scale.
///
/// - Parameter f: takes ln x; monotone, with one root; ±∞ far out is allowed.
/// - Returns: exp of the root, or 0 or ∞ where the root lies outside the range of `Double`.
func positiveRoot(near start: Double, of f: (Double) -> Double) -> Double {
    withoutActuallyEscaping(f) { f in
        let bounded = { (u: Double) in max(-1e9, min(1e9, f(u))) }
        let sign = bounded(start) < 0
        let rises = bounded(start + 1) > bounded(start)
        let direction = sign == rises ? 1.0 : -1.0
        var (near, step) = (start, 0.5)
        while (bounded(near + direction * step) < 0) == sign {
            near += direction * step
            step *= 2
            if near.magnitude > 800 { return direction > 0 ? .infinity : 0 }
        }
        return exp(root(from: near, to: near + direction * step, of: bounded))
    }
}
