import CommandTable
import HTTPClient
import LinuxHost
import Ports
import PrometheusQueries
import ServiceProgram

/// The metrics store that the flags name; `nil` where they name none.
func metrics(_ environment: ServiceEnvironment) throws -> (any MetricsProvider)? {
    guard let url = environment.arguments.text("prometheus"), !url.isEmpty else { return nil }
    guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
        throw UsageError("--prometheus needs a URL, as http://127.0.0.1:9090, not '\(url)'")
    }
    return PrometheusQueries(
        url, http: CurlHTTPCaller(),
        token: try secret(environment, "prometheus-token-file"))
}

/// What stands in the file that a flag names, blanks at its end away; empty without the flag.
func secret(_ environment: ServiceEnvironment, _ flag: String) throws -> String {
    guard let path = environment.arguments.text(flag), !path.isEmpty else { return "" }
    guard let text = try Files.readText(path) else {
        throw UsageError("--\(flag): there is no file \(path)")
    }
    let word = text.split(whereSeparator: \.isWhitespace)
    guard word.count == 1 else {
        throw UsageError("--\(flag): expected one word in \(path), there are \(word.count)")
    }
    return String(word[0])
}
