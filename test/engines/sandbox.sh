#!/bin/bash
# usage: sandbox.sh RUN SANDBOX TOOLS NETWORK (by bridge.sh, as the first process of new namespaces; file 8 is the bridge's network)
# One sandbox: a root of its own over unpacked packages, which stay as they are, and one network link; then SANDBOX/start runs in it.
set -eu
run=$1 sandbox=${2%/} tools=$3 network=$4
read -r root <"$sandbox/root"
read -r address <"$sandbox/address"

ip() { chroot "$tools" ip "$@"; }
mount -t proc proc /proc
basename "$sandbox" >/proc/sys/kernel/hostname
ip link set lo up
port=m${address##*.}
nsenter --net=/proc/self/fd/8 chroot "$tools" ip link add "$port" type veth peer name eth0 netns $$
nsenter --net=/proc/self/fd/8 chroot "$tools" ip link set "$port" master br0 up
ip address add "$address/24" dev eth0
ip link set eth0 up
ip route add default via "$network.1"
exec 8<&- 9<&-

layers=$sandbox/layers
mkdir -p "$layers"
mount -t tmpfs tmpfs "$layers"
mkdir "$layers"/{upper,work,root}
new=$layers/root
mount -t overlay overlay -o "lowerdir=$root,upperdir=$layers/upper,workdir=$layers/work" "$new"
mount -t proc proc "$new/proc"
mount -t sysfs sysfs "$new/sys"
mount --rbind /sys/fs/cgroup "$new/sys/fs/cgroup"
mount --rbind /dev "$new/dev"
mount -t tmpfs tmpfs "$new/dev/shm"
mount -t tmpfs tmpfs "$new/run"
mount -t tmpfs tmpfs "$new/tmp"
shared=$(dirname "$run")
mkdir -p "$new$shared"
mount --rbind "$shared" "$new$shared"
cat /etc/resolv.conf >"$new/etc/resolv.conf" 2>/dev/null || true
echo "127.0.0.1 localhost $(basename "$sandbox")" >"$new/etc/hosts"

cd "$new"
pivot_root . .
umount -l .
cd /
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
# This shell stays the first process, so that it takes up the orphans that engines leave.
bash "$sandbox/start" &
wait
