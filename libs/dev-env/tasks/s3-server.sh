#!/usr/bin/env bash
# A real S3 server (Ceph RADOS Gateway) from Debian's packages, for tests: bytes in memory, nothing installed.
# usage: s3-server.sh CACHE_DIR PORT    prints "ready" when it answers, and ends when its standard input does.
# PORT must be free. The keys are STOWAGETEST / stowage-test-secret, and STOWAGEAPP / stowage-app-secret of an
# account that has only what a bucket's policy gives it. CACHE_DIR keeps the unpacked packages.
set -euo pipefail
cache=$(mkdir -p "$1" && cd "$1" && pwd)
port=$2
root=$cache/root

if command -v radosgw ceph-mon ceph-osd >/dev/null; then root=; fi
# Complete or not there: two runs may unpack at the same time.
if [ -n "$root" ] && [ ! -d "$root" ]; then
  fresh=$(mktemp -d "$cache/unpack.XXXXXX")
  mkdir "$fresh/debs" "$fresh/root"
  packages=$(apt-get install -y --no-install-recommends -s radosgw ceph-mon ceph-osd | awk '/^Inst/{print $2}')
  # shellcheck disable=SC2086
  (cd "$fresh/debs" && apt-get download $packages >/dev/null)
  for package in "$fresh"/debs/*.deb; do dpkg -x "$package" "$fresh/root"; done
  mv -T "$fresh/root" "$root" 2>/dev/null || true
  rm -rf "$fresh"
fi

work=$(mktemp -d)
pids=()
stop() {
  trap - EXIT INT TERM
  [ ${#pids[@]} -eq 0 ] || kill -KILL "${pids[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT INT TERM

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
# Below the ports that the system gives to whoever asks for any: nobody takes it while the monitor starts.
monitor=$((20000 + RANDOM % 10000))
while answers "$monitor"; do monitor=$((monitor + 1)); done

libraries=$(echo "$root"/usr/lib/*-linux-gnu | cut -d' ' -f1)
export LD_LIBRARY_PATH=$libraries:$libraries/ceph:$root${libraries#"$root/usr"}
export PYTHONPATH=$root/usr/lib/python3/dist-packages
export PATH=$root/usr/bin:$PATH
cd "$work"
mkdir mon osd run rgw
cat >ceph.conf <<CONF
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
keyring = $work/keyring
mon host = v2:127.0.0.1:$monitor/0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd crush chooseleaf type = 0
run dir = $work/run
pid file = $work/run/\$name.pid
admin socket = $work/run/\$name.asok
log to file = false
log to stderr = false
mon cluster log to file = false
plugin dir = $libraries/ceph
erasure code dir = $libraries/ceph/erasure-code
osd class dir = $libraries/rados-classes
mon data = $work/mon
mon data avail crit = 1
mon allow pool size one = true
osd data = $work/osd
osd objectstore = memstore
memstore device bytes = 8589934592
rgw data = $work/rgw
rgw frontends = beast endpoint=127.0.0.1:$port
rgw dynamic resharding = false
# What is deleted is freed at once: the memory must last for a whole run.
rgw gc obj min wait = 1
rgw gc processor period = 2
rgw gc max concurrent io = 32
CONF

quietly() { "$@" >>"$work/log" 2>&1 || { tail -n 5 "$work/log" >&2; echo "$1 failed" >&2; return 1; }; }
daemon() { "$@" </dev/null >>"$work/log" 2>&1 & pids+=($!); }

fsid=$(awk '/^fsid/{print $3}' ceph.conf)
quietly ceph-authtool --create-keyring keyring --gen-key -n mon. --cap mon 'allow *'
quietly ceph-authtool keyring --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
quietly ceph-authtool keyring --gen-key -n osd.0 --cap mon 'allow profile osd' --cap mgr 'allow profile osd' --cap osd 'allow *'
quietly monmaptool --create --clobber --fsid "$fsid" --addv a "[v2:127.0.0.1:$monitor]" monmap
quietly ceph-mon -c ceph.conf -i a --mkfs --monmap monmap --keyring keyring
daemon ceph-mon -c ceph.conf -i a -f
ceph() { timeout 20 python3 "$root/usr/bin/ceph" -c ceph.conf "$@"; }
for _ in $(seq 60); do
  ceph -s >/dev/null 2>&1 && break
  kill -0 "${pids[0]}" 2>/dev/null || { tail -n 5 "$work/log" >&2; echo 'the monitor ended' >&2; exit 1; }
  sleep 0.5
done
osd=$(cat /proc/sys/kernel/random/uuid)
echo "{\"cephx_secret\":\"$(ceph-authtool keyring -n osd.0 -p)\"}" | quietly ceph osd new "$osd" -i - || true
quietly ceph-osd -c ceph.conf -i 0 --mkfs --osd-uuid "$osd"
daemon ceph-osd -c ceph.conf -i 0 -f
for _ in $(seq 60); do ceph osd stat 2>/dev/null | grep -q '1 up' && break; sleep 0.5; done
user() { quietly timeout 120 radosgw-admin -c ceph.conf user create --uid="$1" --display-name="$1" --access-key="$2" --secret-key="$3"; }
user stowage STOWAGETEST stowage-test-secret
user app STOWAGEAPP stowage-app-secret
daemon radosgw -c ceph.conf -n client.admin -f
for _ in $(seq 120); do answers "$port" && break; sleep 0.5; done
answers "$port" || { echo 'the gateway does not answer' >&2; exit 1; }
echo ready
cat >/dev/null
