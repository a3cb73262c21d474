import CCurl

/// libcurl's set of transfers. Used by one thread at a time, but for `wake`, which any may call.
final class Multi: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer

    init(connectionsPerHostMax: Int, connectionsMax: Int) {
        precondition(
            curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, "libcurl cannot be started")
        guard let made = curl_multi_init() else { preconditionFailure("libcurl has no memory") }
        pointer = made
        _ = cairn_curl_connections(made, connectionsPerHostMax, connectionsMax)
    }

    deinit { curl_multi_cleanup(pointer) }

    func wake() { curl_multi_wakeup(pointer) }

    func add(_ transfer: Transfer) { curl_multi_add_handle(pointer, transfer.easy) }

    func remove(_ transfer: Transfer) { curl_multi_remove_handle(pointer, transfer.easy) }

    /// - Returns: why the set cannot go on, should that be so.
    func perform() -> String? {
        var count: Int32 = 0
        let code = curl_multi_perform(pointer, &count)
        return code == CURLM_OK ? nil : String(cString: curl_multi_strerror(code))
    }

    /// Until something can go on, or somebody wakes it.
    func wait() { curl_multi_poll(pointer, nil, 0, 1_000, nil) }

    func ended() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
        var code = CURLE_OK
        return cairn_curl_ended(pointer, &code).map { ($0, code) }
    }
}
