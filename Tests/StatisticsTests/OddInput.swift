import CairnCore

/// Data as nobody wants them: ends of the range, NaN, infinities, constants, nothing at all.
extension SeededRandom {
    mutating func oddNumber() -> Double {
        let odd: [Double] = [
            .nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
            .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1e308,
            -1e308, 1_000_000 * .leastNonzeroMagnitude, 1, -1, 0.5, 1e15, 1e-15, 3.25, 1e155,
            -1e155,
        ]
        return coin(0.3) ? normal() : odd[int(in: 0...odd.count - 1)]
    }

    /// Wholly odd, or of one kind: finite, constant, huge, tiny, ranks.
    mutating func oddSample(atMost limit: Int = 7) -> [Double] {
        let count = int(in: 0...limit)
        switch int(in: 0...6) {
        case 0: return (0..<count).map { _ in oddNumber() }
        case 1:
            let constant = oddNumber()
            return (0..<count).map { _ in constant }
        case 2: return (0..<count).map { _ in normal() * 1.5e307 }
        case 3: return (0..<count).map { _ in Double(int(in: -9...9)) * .leastNonzeroMagnitude }
        case 4: return (0..<count).map { _ in coin(0.2) ? oddNumber() : 1e9 + normal() * 1e-6 }
        case 5: return (0..<count).map { _ in Double(int(in: 0...2)) }
        default:
            return (0..<count).map { _ in coin(0.5) ? .greatestFiniteMagnitude : normal() }
        }
    }

    mutating func oddCount() -> Int {
        let odd = [
            0, 1, 2, -1, 3, 50, 999, 1_000_000, 1_000_000_000_000, 1_000_000_000_001, .max, .min,
            -1_000_000_000_000, 1 << 53,
        ]
        return coin(0.5) ? int(in: 0...20) : odd[int(in: 0...odd.count - 1)]
    }
}

/// Where in a value, at any depth, a NaN stands.
func placesOfNaN(in value: Any, at path: String = "") -> [String] {
    if let number = value as? Double { return number.isNaN ? [path] : [] }
    return Mirror(reflecting: value).children.flatMap { child in
        placesOfNaN(in: child.value, at: "\(path).\(child.label ?? "_")")
    }
}
