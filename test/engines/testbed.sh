#!/bin/bash
# usage: testbed.sh RUN
# Runs the sandboxes described in RUN/sandboxes/NAME/{root,address,start} until its standard input ends, then leaves nothing of
# them behind. Whoever holds the other end of that pipe may die any death: the end of the pipe is the end of the sandboxes.
#
# Everything lives in namespaces of its own (process ids, mounts, network, host names), nested in one another, so one kill ends it all and
# the kernel takes back mounts, links, bridges and firewall rules. The host keeps only one link to reach the sandboxes by.
set -u
run=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
trap '' INT HUP TERM QUIT

# A run is held by a lock; one that nobody holds was left by a supervisor that was killed outright.
for other in "$(dirname "$run")"/docket-run-*/; do
  [ ! -e "$other/lock" ] || flock -n "$other/lock" rm -rf --one-file-system "$other"
done
exec 7>"$run/lock"
flock 7

exec 9</proc/self/ns/net
setpriv --pdeathsig KILL unshare --mount --net --pid --fork --kill-child=KILL \
  bash "$here/bridge.sh" "$run" "$here" </dev/null 7>&- &
inner=$!

while kill -0 "$inner" 2>/dev/null; do
  read -r -t 1 && continue
  [ $? -gt 128 ] || break
done

kill -KILL "$inner" 2>/dev/null
wait "$inner" 2>/dev/null

# Control groups outlive their processes: docker's carry the run's name, podman's their containers' ids.
name=$(basename "$run")
podman=$(ls -d "$run"/sandboxes/*/storage 2>/dev/null)
ids=$(grep -ohE '"id":"[0-9a-f]{64}"' "$run"/sandboxes/*/storage/overlay-containers/containers.json 2>/dev/null | cut -d'"' -f4)
for _ in 1 2 3 4 5; do
  find /sys/fs/cgroup -depth -type d -path "*/$name*" -exec rmdir {} + 2>/dev/null
  for id in $ids; do
    find /sys/fs/cgroup -depth -type d -path "*libpod*$id*" -exec rmdir {} + 2>/dev/null
  done
  # Theirs in common goes only when it is empty: rmdir refuses otherwise.
  [ -z "$podman" ] || rmdir /sys/fs/cgroup{,/*}/libpod_parent 2>/dev/null
  rm -rf --one-file-system "$run" 2>/dev/null
  [ -e "$run" ] || exit 0
  sleep 0.2
done
echo "testbed.sh: could not remove $run" >&2
exit 1
