/** The names of the programs in the family `gnu`, for whoever lays out a disk: where their code is say tools.ts and net/index.ts. */
export const gnuNames: readonly string[] = `
  [ addgroup adduser arch arping awk base64 basename bc bridge bunzip2 bzcat bzip2 cat chgrp chmod chown chroot cksum clear cmp
  column comm cp curl cut date dd delgroup deluser df diff dig dir dirname dmesg du echo egrep env envsubst expand expr factor
  fallocate false fgrep file find findmnt flock fold free getconf getent getopt grep groupadd groupdel groups gunzip gzip halt hd
  head hexdump host hostid hostname id install ionice ip ip6tables ip6tables-save iptables iptables-save join jq kill killall less link linux32 linux64 ln
  locale logname ls lsblk lscpu lsns man mawk md5sum mkdir mkfifo mknod mktemp more mount mountpoint mv nc netstat nice nl nohup
  nologin nproc nsenter nslookup od passwd paste pgrep pidof ping ping6 pkill poweroff printenv printf ps pstree pwd readlink realpath
  reboot reset rev rm rmdir run-parts sed seq setarch setpriv setsid sha1sum sha224sum sha256sum sha384sum sha512sum shuf shutdown sleep sort
  split ss stat stdbuf strings stty su sudo sum swapoff swapon sync sysctl tac tail tar taskset tee tempfile test time timeout top touch tr
  traceroute tree true truncate tty umount uname unexpand uniq unlink unshare unxz unzip uptime useradd userdel usermod users
  vdir vi vim watch wc wget whereis which which.debianutils who whoami xargs xxd xz xzcat yes zcat zip zstd
`
  .trim()
  .split(/\s+/);
