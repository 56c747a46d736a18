#!/bin/bash
# usage: root.sh FOLDER SUITE PACKAGE...
# Unpacks Debian packages of one suite, with all they depend on, into FOLDER: a root of their own for engines to run in.
# Nothing is installed on this system; apt only fetches, with lists and state of its own.
set -euo pipefail
folder=$1 suite=$2
shift 2
# Another run may have made it while this one waited for the lock.
if [ -e "$folder" ] && [ -n "$(find "$folder.lock" -mtime -30)" ]; then exit 0; fi

work=$folder.making.$$
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{etc/apt.conf.d,etc/preferences.d,etc/sources.list.d,lists/partial,cache/archives/partial,root}

mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -m1 -E '/debian/?$' || true)
# apt names its targets only once it has lists; before that, what it is configured with.
[ -n "$mirror" ] || mirror=$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -n 1 | tr -d ' ')
[ -n "$mirror" ] || { echo 'apt is configured with no Debian mirror to take engines from' >&2; exit 1; }
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [signed-by=$keyring] $mirror $suite main" >"$work/etc/sources.list"
: >"$work/status"
# A mirror may lag behind; what it has is signed all the same.
cat >"$work/apt.conf" <<END
Dir::Etc "$work/etc/";
Dir::Etc::Parts "/etc/apt/apt.conf.d";
Dir::State "$work/";
Dir::State::Lists "$work/lists/";
Dir::State::status "$work/status";
Dir::Cache "$work/cache/";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::Check-Valid-Until "false";
END
export APT_CONFIG=$work/apt.conf DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y --download-only install bash coreutils mount iproute2 "$@"

# Packages leave the merged /usr and the accounts to the base system's own setting up.
root=$work/root
mkdir -p "$root"/usr/{bin,sbin,lib,lib64} "$root"/{etc,proc,sys,dev,run,tmp,var}
for name in bin sbin lib lib64; do ln -s "usr/$name" "$root/$name"; done
for package in "$work"/cache/archives/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink -C "$root"
done
ln -sfn /run "$root/var/run"
printf '%s\n' root:x:0:0:root:/root:/bin/bash sshd:x:101:65534::/run/sshd:/usr/sbin/nologin nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin >"$root/etc/passwd"
printf '%s\n' root:x:0: docker:x:102: nogroup:x:65534: >"$root/etc/group"
for name in iptables ip6tables; do
  for part in '' -save -restore; do
    [ ! -e "$root/usr/sbin/$name-nft" ] || ln -sf "$name-nft$part" "$root/usr/sbin/$name$part"
  done
done

# Roots of older recipes go once nobody has used them for a week.
find "$(dirname "$folder")" -maxdepth 1 -name "$suite-*.used" -mtime +7 | while read -r used; do
  rm -rf "${used%.used}" "${used%.used}.lock" "$used"
done
rm -rf "$folder"
touch "$folder.lock"
mv "$root" "$folder"
