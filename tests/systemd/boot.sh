#!/bin/sh
# Boots a machine. Runs as the first process of a pid namespace and a mount namespace of its own, so that whatever it
# mounts and starts ends with it, however it ends.
set -eu
exec > "$1/console.log" 2>&1
place=$1 cgroups=$2
shift 2

for hierarchy in $cgroups; do
    echo 0 > "$hierarchy/cgroup.procs"
done
mkdir -p /run/systemd
mount -t tmpfs tmpfs /run/systemd # where nspawn leaves what it propagates
mount -o loop "$place/disk.img" "$place/disk"
mount -t overlay overlay -o "lowerdir=/,upperdir=$place/disk/upper,workdir=$place/disk/work" "$place/root"
for directory in root home tmp srv/far; do
    mkdir -p "$place/root/$directory"
done
systemd-nspawn --directory "$place/root" --boot --register=no --keep-unit --private-network \
    --machine gatewatch-test --link-journal=no --resolv-conf=off --timezone=off --console=pipe \
    --bind "$place/far:/srv/far" "$@" < /dev/null
