import CairnCore

/// The names and values of one record.
enum InputRow {
    /// The fields of a CSV row, without their quotes.
    static func fields(_ record: ArraySlice<UInt8>) throws(InputError) -> [[UInt8]] {
        let (quote, comma, end) = (UInt8(ascii: "\""), UInt8(ascii: ","), record.endIndex)
        var (fields, index) = ([[UInt8]](), record.startIndex)
        while true {
            var field: [UInt8] = []
            if index < end && record[index] == quote {
                index = try quoted(record, from: index + 1, into: &field)
            } else {
                let stop = record[index...].firstIndex(of: comma) ?? end
                field = Array(record[index..<stop])
                index = stop
            }
            fields.append(field)
            if index == end { return fields }
            guard record[index] == comma else {
                throw InputError("text behind a quote's end; a quote inside is written \"\"")
            }
            index += 1
        }
    }

    /// - Returns: the place behind the closing quote.
    private static func quoted(
        _ record: ArraySlice<UInt8>, from start: Int, into field: inout [UInt8]
    ) throws(InputError) -> Int {
        let quote = UInt8(ascii: "\"")
        var index = start
        while index < record.endIndex {
            if record[index] == quote {
                guard index + 1 < record.endIndex, record[index + 1] == quote else {
                    return index + 1
                }
                index += 1
            }
            field.append(record[index])
            index += 1
        }
        throw InputError("a quote without its end")
    }

    /// The members of a line of JSON; of a name that stands twice the last.
    static func members(_ record: ArraySlice<UInt8>) throws(InputError) -> [JSONText.Member] {
        let json: JSONText
        do {
            json = try JSONText(parsing: String(decoding: record, as: UTF8.self))
        } catch {
            throw InputError(error.description)
        }
        guard case .object(let members) = json else {
            throw InputError("not a JSON object in braces")
        }
        return members
    }
}
