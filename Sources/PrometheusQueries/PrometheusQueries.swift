import CairnCore
import Ports

/// Prometheus' HTTP API, or what speaks it (Thanos, Mimir, VictoriaMetrics).
///
/// Source: prometheus.io/docs/prometheus/latest/querying/api, of version 2.42.
public struct PrometheusQueries: MetricsProvider {
    private let base: String
    private let http: any HTTPCaller
    private let headers: [HTTPRequest.Header]
    private let limit: Duration

    static let byteCountMax = 4 << 20

    /// - Parameters:
    ///   - url: `http://127.0.0.1:9090`, with a path where one is in front of the API.
    ///   - token: sent as `Authorization: Bearer`; empty: none.
    ///   - limit: of one question; what takes longer is an error.
    public init(
        _ url: String, http: any HTTPCaller, token: String = "", limit: Duration = .seconds(10)
    ) {
        base = url.hasSuffix("/") ? String(url.dropLast()) : url
        (self.http, self.limit) = (http, limit)
        headers =
            [
                .init("Accept", "application/json"),
                .init("Content-Type", "application/x-www-form-urlencoded"),
            ] + (token.isEmpty ? [] : [.init("Authorization", "Bearer \(token)")])
    }

    public func ask(_ question: MetricsQuestion) async throws -> [MetricsSeries] {
        let seconds = { (time: Timestamp) in Self.decimal(time.milliseconds) }
        var form = [("query", question.query), ("timeout", Self.text(limit))]
        if question.span == .zero {
            form.append(("time", seconds(question.at)))
        } else {
            form += [
                ("start", seconds(question.at + (.zero - question.span))),
                ("end", seconds(question.at)), ("step", Self.text(question.resolution)),
            ]
        }
        let path = question.span == .zero ? "/api/v1/query" : "/api/v1/query_range"
        let data = try await data(of: path, form)
        let kind = data["resultType"]?.string ?? ""
        guard kind == "vector" || kind == "matrix", let result = data["result"]?.array else {
            throw MetricsError(
                .badQuestion,
                "the query gives a \(kind.isEmpty ? "nothing" : kind), expected series with the label "
                    + question.label)
        }
        let series = try result.map { try Self.series($0, question.label) }
        if !series.isEmpty, series.allSatisfy({ $0.label.isEmpty }) {
            throw MetricsError(
                .badQuestion,
                "no series of the query has the label \(question.label), which says whose a number is: "
                    + "group by it, as by sum by (\(question.label)) (…)")
        }
        return series
    }

    private func data(of path: String, _ form: [(String, String)]) async throws -> JSONText {
        let request = HTTPRequest(
            .post, base + path, headers: headers, body: Array(Self.encoded(form).utf8),
            timeout: limit, answerBytesMax: Self.byteCountMax)
        let answer: HTTPAnswer
        do {
            answer = try await http.answer(to: request)
        } catch let error as HTTPFailure {
            throw MetricsError(.unavailable, error.description)
        }
        let body: JSONText
        do throws(JSONError) {
            body = try JSONText(parsing: answer.text)
        } catch {
            throw MetricsError(
                .unavailable, "\(base) answered \(answer.status) with what is \(error)")
        }
        guard answer.status == 200, body["status"]?.string == "success", let data = body["data"]
        else {
            let why = body["error"]?.string ?? "no reason"
            // 400 and 422: this query will never be answered. Everything else may pass.
            let isBad = answer.status == 400 || answer.status == 422
            throw MetricsError(
                isBad ? .badQuestion : .unavailable,
                "\(base) answered \(answer.status), \(body["errorType"]?.string ?? "error"): "
                    + why.prefix(500))
        }
        return data
    }

    // MARK: What comes back

    private static func series(_ item: JSONText, _ label: String) throws(MetricsError)
        -> MetricsSeries
    {
        let pairs = item["values"]?.array ?? item["value"].map { [$0] } ?? []
        var points: [MetricsSeries.Point] = []
        for pair in pairs {
            guard let parts = pair.array, parts.count == 2, let at = moment(parts[0]),
                let text = parts[1].string, let value = Double(prometheus: text)
            else {
                throw MetricsError(
                    .unavailable, "expected [time, \"value\"], got \(pair.compact.prefix(80))")
            }
            points.append(.init(at: at, value: value))
        }
        return MetricsSeries(label: item["metric"]?[label]?.string ?? "", points: points)
    }

    private static func moment(_ seconds: JSONText) -> Timestamp? {
        switch seconds {
        case .integer(let whole): Int64(exactly: whole).map { Timestamp(milliseconds: $0 * 1_000) }
        case .number(let number) where number.magnitude < 1e12:
            Timestamp(milliseconds: Int64((number * 1_000).rounded()))
        default: nil
        }
    }

    // MARK: What goes out

    private static func text(_ duration: Duration) -> String {
        decimal(duration.wholeMilliseconds)
    }

    /// Milliseconds as seconds: `12.345`.
    private static func decimal(_ milliseconds: Int64) -> String {
        let rest = "\(1_000 + milliseconds.magnitude % 1_000)".dropFirst()
        return "\(milliseconds < 0 ? "-" : "")\(milliseconds.magnitude / 1_000).\(rest)"
    }

    private static func encoded(_ form: [(String, String)]) -> String {
        form.map { "\($0)=\(escaped($1))" }.joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95: bytes.append(byte)
            default: bytes += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Double {
    /// `0.0125`, `7.5e-02`, `NaN`, `+Inf`, `-Inf`.
    init?(prometheus text: String) {
        switch text {
        case "NaN": self = .nan
        case "+Inf": self = .infinity
        case "-Inf": self = -.infinity
        default:
            guard let value = Double(text) else { return nil }
            self = value
        }
    }
}
