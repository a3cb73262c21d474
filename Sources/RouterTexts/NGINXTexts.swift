import CairnCore
import Routing

/// What NGINX reads: an include that the agent writes anew for every table, and the lines around it.
public enum NGINXTexts {
    public static func includePath(_ target: TargetName, in folder: String) -> String {
        folder + "/" + RouterInstallation.fileName(of: target) + ".conf"
    }

    private static let mark = "# cairn: "

    /// The split as `split_clients`: the candidate's range first, so that a weight that rises only
    /// moves keys from stable to candidate.
    public static func include(_ split: RouterSplit) -> String {
        let prefix = "$cairn_" + RouterInstallation.word(of: split.target)
        var lines = [
            "# Kept by cairn-agent for \(split.target): replaced whole with every table.",
            mark + split.text,
            "map \"\" \(prefix)_table {",
            "    default \"\(split.text)\";",
            "}",
            "split_clients \"\(split.attempt):${cairn_"
                + "\(RouterInstallation.word(of: split.target))_key}\" \(prefix)_drawn {",
        ]
        let (weight, baseline) = (split.weight, split.baseline)
        // NGINX takes no 0 %; what is left at the end takes no number.
        if weight > .zero { lines.append("    \(percent(weight.value)) candidate;") }
        let stable = weight.complement.value - baseline.value
        if baseline > .zero, stable > 0 { lines.append("    \(percent(stable)) stable;") }
        lines += ["    * \(baseline > .zero ? "baseline" : "stable");", "}"]
        lines.append("map \"\(prefix)_cohorts|\(prefix)_key\" \(prefix)_arm {")
        lines.append("    default \(prefix)_drawn;")
        lines += split.pins.map { "    \"\(pattern($0))\" \($0.arm);" }
        lines.append("}")
        return lines.joined(separator: "\n") + "\n"
    }

    /// What an include says it holds; `nil` where it was not written by Cairn.
    public static func split(in include: String, for target: TargetName) -> RouterSplit? {
        include.split(separator: "\n").first { $0.hasPrefix(mark) }
            .flatMap { RouterSplit($0.dropFirst(mark.count), for: target) }
    }

    /// `5.00%`.
    static func percent(_ basisPoints: Int) -> String {
        let rest = basisPoints % 100
        return "\(basisPoints / 100).\(rest < 10 ? "0" : "")\(rest)%"
    }

    /// Over `cohorts|key`. NGINX tries patterns in the order in which they stand, but would look for
    /// plain texts first, and in any case: so every pin is a pattern.
    static func pattern(_ pin: RouterSplit.Pin) -> String {
        switch pin.kind {
        case .key: "~^[^|]*\\|\(quoted(pin.text))\\z"
        case .prefix: "~^[^|]*\\|\(quoted(pin.text))"
        case .cohort: "~^(?:[^|]*,)?[ ]*\(quoted(pin.text))[ ]*(?:,[^|]*)?\\|"
        }
    }

    /// Each byte that is no letter or digit by its number: nothing in it is a pattern's, a string's
    /// or a variable's.
    private static func quoted(_ text: String) -> String {
        let digits = Array("0123456789abcdef")
        return text.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122: String(UnicodeScalar(byte))
            default: "\\x\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }.joined()
    }

    /// The lines to put into one's own configuration.
    public static func fragment(_ site: RouterInstallation, status: String) -> String {
        let target = site.target
        let prefix = "$cairn_" + RouterInstallation.word(of: target)
        let cohorts = site.cohorts?.nginx ?? "\"\""
        var lines = [
            "# \(target) by Cairn. In `http`.",
            "map \(site.key.nginx) \(prefix)_key {", "    \"\" $request_id;",
            "    default \(site.key.nginx);", "}",
            "map \(cohorts) \(prefix)_cohorts {",
            "    default \(cohorts);", "}",
            "include \(includePath(target, in: site.folder));",
            "map \(prefix)_arm \(prefix)_upstream {", "    candidate \(site.candidate);",
        ]
        if let baseline = site.baseline { lines.append("    baseline \(baseline);") }
        lines += [
            "    default \(site.stable);", "}",
            "server {", "    listen \(status);", "    access_log off;",
            "    location = \(statusPath(target)) {", "        default_type text/plain;",
            "        return 200 \"\(prefix)_table\\n\";", "    }", "}",
            "",
            "# In the `location` that is split.",
            "    proxy_pass http://\(prefix)_upstream;",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Where the status server tells what its worker splits by.
    public static func statusPath(_ target: TargetName) -> String { "/cairn/\(target)" }
}
