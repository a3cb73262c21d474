import CairnCore
import Routing

/// What HAProxy reads. Its map holds one line for each target; the program in Lua reads that and
/// decides exactly as Cairn's own router does, pins, baseline and all.
public enum HAProxyTexts {
    public static func mapPath(_ target: TargetName, in folder: String) -> String {
        folder + "/" + RouterInstallation.fileName(of: target) + ".map"
    }

    public static func programPath(in folder: String) -> String { folder + "/cairn.lua" }

    /// The map's file, so that a HAProxy that starts anew starts with it.
    public static func map(_ split: RouterSplit) -> String {
        "# Kept by cairn-agent for \(split.target).\n\(split.target) \(split.text)\n"
    }

    /// The lines to put into one's own configuration.
    public static func fragment(_ site: RouterInstallation, socket: String) -> String {
        let (target, map) = (site.target, mapPath(site.target, in: site.folder))
        var lines = [
            "# \(target) by Cairn.",
            "# In `global`; a reload ends what went on before it within hard-stop-after.",
            "    stats socket \(socket) mode 660 level admin",
            "    lua-load-per-thread \(programPath(in: site.folder))",
            "    hard-stop-after 60s",
            "",
            "# In the frontend.",
            "    http-request set-var(txn.cairn_key) \(site.key.haproxy)",
            "    http-request set-var(txn.cairn_key) uuid() "
                + "unless { var(txn.cairn_key) -m len gt 0 }",
        ]
        if let cohorts = site.cohorts {
            lines.append("    http-request set-var(txn.cairn_cohorts) \(cohorts.haproxy)")
        }
        lines += [
            "    http-request set-var(txn.cairn_table) str(\(target)),map_str(\(map))",
            "    http-request lua.cairn",
            "    http-response set-header X-Cairn-Version %[var(txn.cairn_version)] "
                + "if { var(txn.cairn_version) -m found }",
            "    use_backend \(site.candidate) if { var(txn.cairn_arm) -m str candidate }",
        ]
        if let baseline = site.baseline {
            lines.append("    use_backend \(baseline) if { var(txn.cairn_arm) -m str baseline }")
        }
        lines.append("    default_backend \(site.stable)")
        return lines.joined(separator: "\n") + "\n"
    }

    /// A fault in here, and whatever it does not know, leaves the request with stable.
    public static let program = #"""
        -- Cairn for HAProxy: which version a request goes to. Written by `cairn router config haproxy`.
        --
        -- Reads txn.cairn_table (the target's line of the map, which cairn-agent keeps),
        -- txn.cairn_key and txn.cairn_cohorts; sets txn.cairn_arm, txn.cairn_version, txn.cairn_epoch.
        -- The same key goes to the same arm in every router of Cairn:
        -- arm = hash(attempt, key) < weight, FNV-1a with a final mix, over 10,000 places.

        local known_text, known

        local function unescaped(text)
            return (text:gsub("%%(%x%x)", function(digits)
                return string.char(tonumber(digits, 16))
            end))
        end

        local function parse(text)
            local split = { attempt = 0, weight = 0, baseline = 0, pins = {} }
            for name, value in text:gmatch("(%l+)=([^,]*)") do
                if name == "pin" then
                    local kind, arm, what = value:match("^(%l+):(%l+):(.*)$")
                    if kind then
                        table.insert(split.pins, { kind = kind, arm = arm, text = unescaped(what) })
                    end
                elseif name == "stable" or name == "candidate" then
                    split[name] = unescaped(value)
                else
                    split[name] = math.tointeger(tonumber(value)) or 0
                end
            end
            local hash = 0xCBF29CE484222325
            for shift = 0, 56, 8 do
                hash = (hash ~ ((split.attempt >> shift) & 0xFF)) * 0x100000001B3
            end
            split.seed = hash
            return split
        end

        local function place(seed, key)
            local hash = seed
            for index = 1, #key do
                hash = (hash ~ key:byte(index)) * 0x100000001B3
            end
            hash = (hash ~ (hash >> 30)) * 0xBF58476D1CE4E5B9
            hash = (hash ~ (hash >> 27)) * 0x94D049BB133111EB
            hash = hash ~ (hash >> 31)
            -- The high half of the product with 10,000.
            return ((hash >> 32) * 10000 + (((hash & 0xFFFFFFFF) * 10000) >> 32)) >> 32
        end

        local function is_member(cohorts, name)
            for cohort in cohorts:gmatch("[^,]+") do
                if cohort:match("^%s*(.-)%s*$") == name then return true end
            end
            return false
        end

        local function pinned(split, key, cohorts)
            for _, pin in ipairs(split.pins) do
                if (pin.kind == "key" and pin.text == key)
                    or (pin.kind == "prefix" and key:sub(1, #pin.text) == pin.text)
                    or (pin.kind == "cohort" and is_member(cohorts, pin.text)) then
                    return pin.arm
                end
            end
        end

        local function drawn(split, key)
            if split.weight == 0 and split.baseline == 0 then return "stable" end
            local place = place(split.seed, key)
            if place < split.weight then return "candidate" end
            return place >= 10000 - split.baseline and "baseline" or "stable"
        end

        core.register_action("cairn", { "http-req" }, function(txn)
            local text = txn:get_var("txn.cairn_table")
            if not text then return end
            if text ~= known_text then
                known_text, known = text, parse(text)
            end
            local split = known
            local key = txn:get_var("txn.cairn_key") or ""
            local arm = #split.pins > 0
                and pinned(split, key, txn:get_var("txn.cairn_cohorts") or "")
                or drawn(split, key)
            txn:set_var("txn.cairn_arm", arm)
            txn:set_var("txn.cairn_epoch", split.epoch)
            local version = arm == "candidate" and split.candidate or split.stable
            if version then txn:set_var("txn.cairn_version", version) end
        end)

        """#
}
