#!/bin/sh
# What a split by Cairn costs HAProxy, beside the same HAProxy without it, and how long both routers
# take to put a table in force: from the operator's verb to the last acknowledgement. Writes
# docs/benchmarks/routers.md.
#   scripts/bench-routers.sh [PROGRAMS]    default .build/release; needs scripts/setup.sh test
set -eu
cd "$(dirname "$0")/.."

programs=$(cd "${1:-.build/release}" && pwd)
PATH="$programs:$PATH"
rounds=10
home=$(mktemp -d)
HOME=$home
export HOME CAIRN_PORT_BASE=${CAIRN_PORT_BASE:-27400}
upstream=$((CAIRN_PORT_BASE + 10)) with=$((CAIRN_PORT_BASE + 11)) without=$((CAIRN_PORT_BASE + 12))
status=$((CAIRN_PORT_BASE + 13)) web=$((CAIRN_PORT_BASE + 14))
children=
end() {
    cairn down >/dev/null 2>&1 || true
    # shellcheck disable=SC2086 # a list of processes
    kill $children 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$home"
}
trap end EXIT

start() { "$@" >>"$home/log" 2>&1 & children="$children $!"; }
answers() { until curl -fs "http://127.0.0.1:$1/" >/dev/null 2>&1; do sleep 0.05; done; }

cairn router config haproxy prod/chat --key header:X-User --dir "$home/edge" \
    --socket "$home/edge/admin.sock" >"$home/lines" 2>/dev/null
cairn router config nginx test/chat --key header:X-User --dir "$home/web" \
    --status "127.0.0.1:$status" >"$home/nginx-lines" 2>/dev/null

temporary() {
    for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $home/$1-$kind;"; done
}

cat >"$home/upstream.conf" <<END
daemon off; pid $home/upstream.pid; error_log $home/upstream.log;
worker_processes 1;
events { worker_connections 1024; }
http { access_log off; keepalive_requests 100000000;
$(temporary upstream)
server { listen 127.0.0.1:$upstream; location / { return 200 "ok\n"; } } }
END

haproxy_defaults="defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s
backend chat-stable
    server one 127.0.0.1:$upstream
backend chat-candidate
    server one 127.0.0.1:$upstream"

cat >"$home/with.cfg" <<END
global
    nbthread 1
$(sed -n '/^# In `global`/,/^$/p' "$home/lines")
$haproxy_defaults
frontend chat
    bind 127.0.0.1:$with
$(sed -n '/^# In the frontend/,$p' "$home/lines")
END
cat >"$home/without.cfg" <<END
global
    nbthread 1
$haproxy_defaults
frontend chat
    bind 127.0.0.1:$without
    default_backend chat-stable
END
cat >"$home/nginx.conf" <<END
daemon off; pid $home/nginx.pid; error_log $home/nginx.log;
worker_processes 2;
events { worker_connections 1024; }
http { access_log off;
$(temporary nginx)
upstream chat-stable { server 127.0.0.1:$upstream; }
upstream chat-candidate { server 127.0.0.1:$upstream; }
$(sed -n '1,/^$/p' "$home/nginx-lines")
server { listen 127.0.0.1:$web; location / {
$(sed -n '/^# In the `location`/,$p' "$home/nginx-lines")
} } }
END

start nginx -c "$home/upstream.conf"
answers "$upstream"
start haproxy -db -f "$home/with.cfg"
haproxy_with=$!
start haproxy -db -f "$home/without.cfg"
haproxy_without=$!
start nginx -c "$home/nginx.conf"
answers "$with"
answers "$without"
answers "$web"

cairn up >/dev/null
echo one >"$home/one" && cairn push "$home/one" --model chat --version auto >/dev/null 2>&1
echo two >"$home/two" && cairn push "$home/two" --model chat --version auto >/dev/null 2>&1
for target in prod/chat test/chat; do
    cat >"$home/target.yaml" <<END
target: $target
model: chat
plan:
  skip_verdict: true
  rollback: {quiet: 10ms}
  steps:
    - {weight: 50%, manual_gate: true}
END
    cairn target apply "$home/target.yaml" >/dev/null
done
controller=127.0.0.1:$((CAIRN_PORT_BASE + 2))
start cairn-agent --target prod/chat --name edge --dir "$home/agent-edge" --controller "$controller" \
    --haproxy "$home/edge/admin.sock" --haproxy-map "$home/edge/prod-chat.map"
start cairn-agent --target test/chat --name web --dir "$home/agent-web" --controller "$controller" \
    --nginx "$home/web/test-chat.conf" --nginx-status "127.0.0.1:$status" --nginx-pid "$home/nginx.pid" \
    --nginx-test "nginx -t -c $home/nginx.conf" --nginx-reload "nginx -s reload -c $home/nginx.conf"
for target in prod/chat test/chat; do
    until cairn status $target | grep -q 'router .*epoch'; do sleep 0.1; done
    cairn deploy $target chat@v0.1.0 >/dev/null
    until cairn status $target | head -n 1 | grep -q promoted; do sleep 0.1; done
done

# The time of a way back, as the controller logs it; each under its own rollout.
way_back_times() {
    for _ in $(seq $rounds); do
        cairn unquarantine "$1" v0.2.0 --reason again >/dev/null 2>&1 || true
        cairn deploy "$1" chat@v0.2.0 >/dev/null
        until cairn status "$1" | head -n 1 | grep -q gate; do sleep 0.05; done
        cairn rollback "$1" --reason bench | sed -n 's/.*every router after \([0-9.]*\) ms.*/\1/p'
        until cairn status "$1" | head -n 1 | grep -q 'rolled back\|rolled_back'; do sleep 0.05; done
    done | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] " | " v[NR] }'
}
haproxy_times=$(way_back_times prod/chat)
nginx_times=$(way_back_times test/chat)

# Microseconds of HAProxy's processor for each request: best of three, in turn.
ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
cost() {
    before=$(ticks "$2")
    requests=$(wrk -t1 -c16 -d4s -H 'X-User: user-123456789' "http://127.0.0.1:$1/" |
        awk '/requests in/ { print $1 }')
    after=$(ticks "$2")
    awk -v t=$((after - before)) -v n="$requests" 'BEGIN { printf "%.1f\n", t * 10000 / n }'
}
cairn deploy prod/chat chat@v0.2.0 >/dev/null
best_with=999 best_without=999
for _ in 1 2 3; do
    now=$(cost "$with" $haproxy_with)
    best_with=$(printf '%s\n%s\n' "$now" "$best_with" | sort -n | head -n 1)
    now=$(cost "$without" $haproxy_without)
    best_without=$(printf '%s\n%s\n' "$now" "$best_without" | sort -n | head -n 1)
done

{
    echo "# Routers"
    echo
    echo "Written by \`scripts/bench-routers.sh\` on $(nproc) processors, $(haproxy -v | sed -n 's/^HAProxy version \([^ ]*\).*/HAProxy \1/p'),"
    echo "$(nginx -v 2>&1 | sed 's/.*nginx.\([0-9.]*\).*/NGINX \1/'); controller, agent, router and upstream on one host."
    echo "Cairn's programs are a $(basename "$programs") build; load average at the end: $(cut -d' ' -f1 /proc/loadavg)."
    echo
    echo "From the order to go back until the router has it, read back and acknowledged ($rounds rounds):"
    echo
    echo "| router | median, ms | longest, ms |"
    echo "| --- | --- | --- |"
    echo "| HAProxy, by its admin socket | $haproxy_times |"
    echo "| NGINX, by test and reload | $nginx_times |"
    echo
    echo "HAProxy's processor for each small request, best of three:"
    echo
    echo "| split | microseconds |"
    echo "| --- | --- |"
    echo "| none | $best_without |"
    echo "| by Cairn's table, half to the candidate | $best_with |"
} | tee docs/benchmarks/routers.md
