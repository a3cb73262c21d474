import Glibc

/// How many descriptors this process may have open.
public enum DescriptorLimit {
    /// Raises the limit to what the administrator allows: ten thousand watchers need ten thousand
    /// descriptors, and the usual soft limit is 1,024.
    public static func raise() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit) == 0 else {
            return
        }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit)
    }
}
