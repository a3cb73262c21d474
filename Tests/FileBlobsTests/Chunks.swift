import CairnCore
import Ports

/// A chunk of random bytes under a seed.
func chunk(_ seed: UInt64, count: Int = 5_000) -> (digest: Digest, bytes: SharedBytes) {
    var random = SeededRandom(seed: seed)
    let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    return (Digest(of: bytes), SharedBytes(bytes))
}
