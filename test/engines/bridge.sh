#!/bin/bash
# usage: bridge.sh RUN HERE (by testbed.sh, as the first process of new mount, network and process id namespaces; file 9 is the
# host's network). The network between the sandboxes: a bridge, a link from the host to it, and a link to each sandbox.
set -eu
run=$1 here=$2
read -r tools <"$run/tools"
read -r network <"$run/network"
read -r link <"$run/link"

ip() { chroot "$tools" ip "$@"; }
on_host() { nsenter --net=/proc/self/fd/9 chroot "$tools" ip "$@"; }

mount -t proc proc /proc
ip link set lo up
ip link add name br0 type bridge
ip link set br0 up
on_host link add "$link" type veth peer name host netns $$
ip link set host master br0 up
on_host address add "$network.1/24" dev "$link"
on_host link set "$link" up

# What openssl makes lands in RUN, which the tools' root sees for this moment.
mount --rbind /dev "$tools/dev"
mount --bind "$run" "$tools/tmp"
cat "$here/certificates.sh" | chroot "$tools" bash -s /tmp/certificates $(cat "$run"/sandboxes/*/address)
umount "$tools/tmp"

exec 8</proc/self/ns/net
for sandbox in "$run"/sandboxes/*/; do
  unshare --mount --net --pid --uts --fork --kill-child=KILL \
    bash "$here/sandbox.sh" "$run" "$sandbox" "$tools" "$network" >"$sandbox/log" 2>&1 &
done
wait
