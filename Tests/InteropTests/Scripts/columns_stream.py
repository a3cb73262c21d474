"""`.cpred` by docs/reference/predictions-columns.md alone, without any code of Cairn's.

Usage: columns_stream.py read FILE     its rows as JSON Lines
       columns_stream.py write SEED    random predictions, as numpy_predictions.py has them
"""
import json
import random
import struct
import sys

MAGIC = bytes.fromhex("894350524544" "0d0a")
TASKS = ["", "binary", "multiclass", "regression", "language_model", "multilabel", "multiple_choice",
         "text_generation", "ranking", "code", "serving"]
# By the numbers of PredictionColumnType.
FORMATS = {1: "?", 2: "b", 3: "h", 4: "i", 5: "q", 6: "B", 7: "H", 8: "I", 9: "Q", 10: "f", 11: "d",
           13: "B", 14: "H"}
TEXT, CLASSES = 12, (13, 14)

TABLE = []
for value in range(256):
    for _ in range(8):
        value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
    TABLE.append(value)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 255]
    return crc ^ 0xFFFFFFFF


# MARK: protobuf


def varint(number):
    out = bytearray()
    while True:
        out.append(number & 127 | (128 if number > 127 else 0))
        number >>= 7
        if not number:
            return bytes(out)


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value) if value else b""
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def fields(message):
    """By their numbers: a list of numbers and of bytes each."""
    found, at = {}, 0

    def number():
        nonlocal at
        value, shift = 0, 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(message):
        tag = number()
        if tag & 7 == 0:
            value = number()
        elif tag & 7 == 5:
            value = struct.unpack_from("<I", message, at)[0]
            at += 4
        else:
            assert tag & 7 == 2, f"wire type {tag & 7}"
            count = number()
            value = message[at:at + count]
            at += count
        found.setdefault(tag >> 3, []).append(value)
    return found


def numbers(values):
    """A repeated number, packed or not."""
    out = []
    for value in values:
        if isinstance(value, int):
            out.append(value)
            continue
        packed, at = fields(b"".join(b"\x08" + part for part in split(value))), 0
        out += packed.get(1, [])
    return out


def split(packed):
    start = 0
    for at, byte in enumerate(packed):
        if byte < 128:
            yield packed[start:at + 1]
            start = at + 1


# MARK: reading


def pieces(data):
    assert data[:8] == MAGIC, data[:8]
    at = 8
    while at < len(data):
        kind, count, checksum, zero = struct.unpack_from("<IIII", data, at)
        message = data[at + 16:at + 16 + count]
        assert checksum == crc32c(data[at:at + 8] + message) and zero == 0
        at += 16 + count
        message = fields(message)
        body = b""
        if kind == 2:
            counts = numbers(message[2])
            body = data[at:at + sum(counts)]
            assert message.get(3, [0])[0] == crc32c(body)
            at += sum(counts)
        yield kind, message, body


def values(column, rows, body, classes):
    type, width, at = column.get(2, [0])[0], column.get(3, [0])[0], 0
    ends = None
    if width == 0:
        ends, at = struct.unpack_from(f"<{rows}I", body), 4 * rows
    count = (ends[-1] if rows else 0) if width == 0 else rows * width
    if type == TEXT:
        stops = (0,) + struct.unpack_from(f"<{count}I", body, at)
        at += 4 * count
        items = [body[at + a:at + b].decode() for a, b in zip(stops, stops[1:])]
        at += stops[-1]
    else:
        form = f"<{count}{FORMATS[type]}"
        items = list(struct.unpack_from(form, body, at))
        at += struct.calcsize(form)
        if type in CLASSES:
            items = [classes[item] for item in items]
    assert at == len(body), f"{len(body) - at} bytes too many"
    if width == 1:
        return items
    if width:
        return [items[row * width:(row + 1) * width] for row in range(rows)]
    return [items[a:b] for a, b in zip((0,) + ends, ends)]


def read(path):
    header, total = None, 0
    with open(path, "rb") as file:
        data = file.read()
    for kind, message, body in pieces(data):
        if kind == 1:
            header = message
            assert header[1] == [1]
            classes = [name.decode() for name in header.get(3, [])]
            scored = classes[:header.get(5, [0])[0]]
            columns = [fields(column) for column in header[4]]
        elif kind == 2:
            rows, at, found = message[1][0], 0, {}
            for column, count in zip(columns, numbers(message[2]), strict=True):
                name = column[1][0].decode()
                found[name] = values(column, rows, body[at:at + count], classes)
                if name == "scores" and scored:
                    found[name] = [dict(zip(scored, row, strict=True)) for row in found[name]]
                at += count
            for row in range(rows):
                print(json.dumps({name: column[row] for name, column in found.items()}))
            total += rows
        else:
            assert message.get(1, [0])[0] == total
            total = None
    assert total is None, "no end"


# MARK: writing


def piece(kind, message, body=b""):
    head = struct.pack("<II", kind, len(message))
    return head + struct.pack("<II", crc32c(head + message), 0) + message + body


def column_bytes(type, width, rows):
    body = b""
    if width == 0:
        ends, end = [], 0
        for row in rows:
            end += len(row)
            ends.append(end)
        body = struct.pack(f"<{len(ends)}I", *ends)
    items = rows if width == 1 else [item for row in rows for item in row]
    if type == TEXT:
        texts = [item.encode() for item in items]
        ends, end = [], 0
        for text in texts:
            end += len(text)
            ends.append(end)
        return body + struct.pack(f"<{len(ends)}I", *ends) + b"".join(texts)
    return body + struct.pack(f"<{len(items)}{FORMATS[type]}", *items)


def write(task, columns, count, classes=(), scored=0, step=7):
    """`columns`: name, type, width, the values of all rows."""
    specs = b"".join(
        field(4, field(1, name) + field(2, type) + field(3, width))
        for name, type, width, _ in columns)
    out = MAGIC + piece(1, field(1, 1) + field(2, TASKS.index(task)) + b"".join(
        field(3, name) for name in classes) + specs + field(5, scored))
    for start in range(0, count, step):
        stop = min(count, start + step)
        parts = [column_bytes(type, width, rows[start:stop]) for _, type, width, rows in columns]
        body = b"".join(parts)
        out += piece(2, field(1, stop - start) + field(2, b"".join(
            varint(len(part)) for part in parts)) + field(3, crc32c(body)), body)
    return out + piece(3, field(1, count))


def cases(seed):
    random.seed(seed)
    found = []

    def case(task, truth, rows, columns, **more):
        found.append(dict(
            task=task, format="cpred", truth="".join(json.dumps(row) + "\n" for row in truth),
            rows="".join(json.dumps(row) + "\n" for row in rows),
            file=write(task, columns, len(rows), **more).hex()))

    count, names = 40, ["cat", "Hündin", "狗"]
    truth = names + random.choices(names, k=count - 3)
    ids = random.sample(range(100_000), count)
    data = [dict(label=label, id=str(id)) for label, id in zip(truth, ids)]
    scores = [[0.25, 0.5, 0.25], [0.125, 0.375, 0.5], [1, 0, 0]]
    scores = random.choices(scores, k=count)
    places = random.choices(range(3), k=count)
    order = random.sample(range(count), count)
    rows = [dict(id=ids[order[row]], prediction=names[places[row]],
                 scores=dict(zip(names, scores[row]))) for row in range(count)]
    for type in 10, 11:
        case("multiclass", data, rows, [
            ("id", 8, 1, [ids[place] for place in order]), ("prediction", 13, 1, places),
            ("unknown", 5, 3, [[1, 2, -3]] * count), ("scores", type, 3, scores)],
            classes=names, scored=3)
    case("multiclass", data, rows, [
        ("id", TEXT, 1, [str(ids[place]) for place in order]),
        ("prediction", TEXT, 1, [names[place] for place in places]), ("scores", 11, 3, scores)],
        classes=names, scored=3)
    data = [{"label": 1}] + [{"label": 0}] * (count - 1)
    scores = [random.randrange(1024) / 1024 for _ in range(count)]
    case("binary", data, [{"score": score} for score in scores], [("score", 10, 1, scores)])
    data = [{"label": row} for row in range(count)]
    for type, low in (2, -128), (3, -9999), (4, -99999), (6, 0), (7, 0), (8, 0), (11, -5):
        values = [random.randint(low, 127) for _ in range(count)]
        case("regression", data, [{"prediction": one} for one in values],
             [("prediction", type, 1, values)])
    lists = [[-random.random() for _ in range(random.randrange(5))] for _ in range(count)]
    texts = random.choices(names + [""], k=count)
    case("language_model", [{"x": 1}] * count,
         [dict(log_probs=one, prediction=text) for one, text in zip(lists, texts)],
         [("log_probs", 11, 0, lists), ("prediction", TEXT, 1, texts)])
    data = [{"label": names}] * count
    lists = [sorted(random.sample(range(3), random.randrange(4))) for _ in range(count)]
    rows = [{"prediction": [names[place] for place in one]} for one in lists]
    case("multilabel", data, rows, [("prediction", 14, 0, lists)], classes=names)
    case("multilabel", data, rows, [
        ("prediction", 1, 3, [[place in one for place in range(3)] for one in lists])],
        classes=names, scored=3)
    return found


if sys.argv[1] == "read":
    read(sys.argv[2])
else:
    json.dump(dict(cases=cases(int(sys.argv[2]))), sys.stdout)
