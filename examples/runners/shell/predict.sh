#!/bin/sh
# Logistic regression in awk: predict.sh WEIGHTS DATASET PREDICTIONS
#
# WEIGHTS is CSV with a header: a column of the data set and its weight, a line each; `bias` is the
# constant. DATASET is plain CSV (no quoted fields) with a column `id`.
set -eu
awk -F, '
    { sub(/\r$/, "") }
    NR == FNR { if (FNR > 1) weight[$1] = $2; next }
    FNR == 1 {
        for (i = 1; i <= NF; i++) if ($i == "id") id = i; else if ($i in weight) column[i] = $i
        for (i in column) known[column[i]] = 1
        for (name in weight) if (name != "bias" && !(name in known)) missing = missing " " name
        if (!id) missing = missing " id"
        if (missing) { print "the data set has no column:" missing > "/dev/stderr"; exit 1 }
        next
    }
    {
        z = weight["bias"]
        for (i = 1; i <= NF; i++) if (i in column) z += weight[column[i]] * $i
        printf "{\"id\": \"%s\", \"score\": %.17g}\n", $id, 1 / (1 + exp(-z))
    }
    END { if (!missing) print FNR - 1 " examples" > "/dev/stderr" }
' "$1" "$2" > "$3"
