import Glibc

/// Monotonic time in nanoseconds.
func nanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// Processor time of this process in nanoseconds.
func processorNanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// What of a process is in memory, in bytes.
func residentByteCount(of process: Int) throws -> Int {
    guard let file = fopen("/proc/\(process)/statm", "r") else {
        throw BenchError("process \(process) is not there")
    }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 200)
    guard fgets(&text, Int32(text.count), file) != nil else {
        throw BenchError("the memory of process \(process) cannot be read")
    }
    let fields = text.prefix { $0 != 0 }.split(separator: 32)
    let pages = Int(String(decoding: fields[1].map(UInt8.init(bitPattern:)), as: UTF8.self))
    return (pages ?? 0) * 4096
}

/// Processor time of another process, its threads together, in seconds.
func processorSeconds(of process: Int) throws -> Double {
    guard let file = fopen("/proc/\(process)/stat", "r") else {
        throw BenchError("process \(process) is not there")
    }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 1_000)
    guard fgets(&text, Int32(text.count), file) != nil else {
        throw BenchError("the times of process \(process) cannot be read")
    }
    // Behind the name, which may hold blanks: state, ten more, then user and system time.
    let line = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let fields = line[(line.lastIndex(of: ")") ?? line.startIndex)...].split(separator: " ")
    guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else {
        throw BenchError("the times of process \(process) cannot be read: \(line)")
    }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
}

func raiseDescriptorLimit() {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

func flushOutput() { fflush(nil) }

/// `name=value` lines, which the scripts read.
func report(_ values: [(String, Double)]) {
    for (name, value) in values { print("\(name)=\(value)") }
    flushOutput()
}

/// The q-th of sorted numbers, 0 ≤ q ≤ 1.
func quantile(_ sorted: [Int64], _ q: Double) -> Double {
    sorted.isEmpty ? 0 : Double(sorted[min(sorted.count - 1, Int(q * Double(sorted.count)))])
}
