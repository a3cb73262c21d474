import Glibc

/// What of this process is in memory.
func residentByteCount() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 200)
    guard fgets(&text, Int32(text.count), file) != nil else { return 0 }
    let fields = String(decoding: text.map(UInt8.init(bitPattern:)), as: UTF8.self).split(
        separator: " ")
    return (Int(fields[1]) ?? 0) * 4096
}

/// Raises the soft limit of descriptors to the hard one.
/// - Returns: the limit.
func raiseDescriptorLimit() -> Int {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return Int(limit.rlim_cur)
}

func shutDown(_ peer: RawPeer) { shutdown(peer.fd, Int32(SHUT_RDWR)) }
