/** The commands that busybox stands for, where Alpine puts them, and those that only a busybox with everything has. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const ALPINE_APPLETS: Readonly<Record<'bin' | 'sbin' | 'usr/bin' | 'usr/sbin', readonly string[]>> = {
  bin: words(`
    arch ash base64 bbconfig cat chattr chgrp chmod chown cp date dd df dmesg dnsdomainname dumpkmap echo egrep false fatattr fdflush fgrep
    fsync getopt grep gunzip gzip hostname ionice iostat ipcalc kbd_mode kill link linux32 linux64 ln login ls lsattr lzop makemime mkdir
    mknod mktemp more mount mountpoint mpstat mv netstat nice pidof ping ping6 pipe_progress printenv ps pwd reformime rev rm rmdir run-parts
    sed setpriv setserial sh sleep stat stty su sync tar touch true umount uname usleep watch zcat`),
  sbin: words(`
    acpid adjtimex arp blkid blockdev depmod fbsplash fdisk findfs fsck fstrim getty halt hwclock ifconfig ifdown ifenslave ifup init
    inotifyd insmod ip ipaddr iplink ipneigh iproute iprule iptunnel klogd loadkmap logread losetup lsmod mdev mkdosfs mkfs.vfat mkswap
    modinfo modprobe nameif nologin pivot_root poweroff raidautorun reboot rmmod route setconsole slattach swapoff swapon switch_root sysctl
    syslogd tunctl udhcpc vconfig watchdog zcip`),
  'usr/bin': words(`
    [ [[ awk basename bc beep blkdiscard bunzip2 bzcat bzip2 cal chvt cksum clear cmp comm cpio crontab cryptpw cut dc deallocvt diff dirname
    dos2unix du eject env expand expr factor fallocate find flock fold free fuser groups hd head hexdump hostid id install ipcrm ipcs killall
    last less logger lsof lsusb lzcat lzma lzopcat md5sum mesg microcom mkfifo mkpasswd nc nl nmeter nohup nproc nsenter nslookup od openvt
    passwd paste pgrep pkill pmap printf pscan pstree pwdx readlink realpath renice reset resize seq setkeycodes setsid sha1sum sha256sum
    sha3sum sha512sum showkey shred shuf sort split strings sum tac tail tee test time timeout top tr traceroute traceroute6 tree truncate
    tty ttysize udhcpc6 unexpand uniq unix2dos unlink unlzma unlzop unshare unxz unzip uptime uudecode uuencode vi vlock volname wc wget
    which who whoami whois xargs xxd xzcat yes`),
  'usr/sbin': words(`
    add-shell addgroup adduser arping brctl chpasswd chroot crond delgroup deluser ether-wake fbset killall5 loadfont nanddump nandwrite
    nbd-client ntpd partprobe rdate rdev readahead remove-shell rfkill sendmail setfont setlogcons`),
};

const OTHERS = words(`
  bootchartd chat chpst chrt conspy crc32 dhcprelay dnsd dpkg dpkg-deb dumpleases ed envdir envuidgid fakeidentd fdformat fgconsole fsck.minix
  fsfreeze ftpd ftpget ftpput getfattr hdparm hexedit httpd hush i2cdetect i2cdump i2cget i2cset i2ctransfer inetd linuxrc logname lpd lpq
  lpr lspci lsscsi makedevs man mim mke2fs mkfs.ext2 mkfs.minix mt patch popmaildir powertop resume rpm rpm2cpio rtcwake runlevel runsv
  runsvdir rx script scriptreplay seedrng setarch setfattr setlogcons setuidgid sha384sum smemcap softlimit ssl_client start-stop-daemon
  sulogin sv svc svlogd svok taskset tcpsvd telnet telnetd tftp tftpd tsort ts ubiattach ubidetach ubimkvol ubirename ubirmvol ubirsvol
  ubiupdatevol udhcpd udpsvd uevent users w wall xz`);

/** Every applet of a busybox that was configured with all of them, as in the image of that name, in the order of their names. */
export const BUSYBOX_APPLETS: readonly string[] = [...new Set([...Object.values(ALPINE_APPLETS).flat(), ...OTHERS])].sort();

/** Those of Debian's busybox-static 1.35, which the recordings' images have. */
export const DEBIAN_APPLETS: readonly string[] = words(`
  [ [[ acpid adjtimex ar arch arp arping ascii ash awk base64 basename bc blkdiscard blockdev brctl bunzip2 bzcat bzip2 cal cat
  chgrp chmod chown chroot chvt clear cmp cp cpio crc32 crond crontab cttyhack cut date dc dd deallocvt depmod devmem df diff
  dirname dmesg dnsdomainname dos2unix dpkg dpkg-deb du dumpkmap dumpleases echo ed egrep env expand expr factor fallocate false
  fatattr fdisk fgrep find findfs fold free freeramdisk fsfreeze fstrim ftpget ftpput getopt getty grep groups gunzip gzip halt
  head hexdump hostid hostname httpd hwclock i2cdetect i2cdump i2cget i2cset i2ctransfer id ifconfig ifdown ifup init insmod
  ionice ip ipcalc ipneigh kill killall klogd last less link linux32 linux64 linuxrc ln loadfont loadkmap logger login logname
  logread losetup ls lsmod lsscsi lzcat lzma lzop md5sum mdev microcom mim mkdir mkdosfs mke2fs mkfifo mknod mkpasswd mkswap
  mktemp modinfo modprobe more mount mt mv nameif nc netstat nl nologin nproc nsenter nslookup nuke od openvt partprobe passwd
  paste patch pidof ping ping6 pivot_root poweroff printf ps pwd rdate readlink realpath reboot renice reset resume rev rm rmdir
  rmmod route rpm rpm2cpio run-init run-parts sed seq setkeycodes setpriv setsid sh sha1sum sha256sum sha3sum sha512sum shred shuf
  sleep sort ssl_client start-stop-daemon stat strings stty su sulogin svc svok swapoff swapon switch_root sync sysctl syslogd tac
  tail tar taskset tc tee telnet telnetd test tftp time timeout top touch tr traceroute traceroute6 true truncate ts tty tunctl
  ubirename udhcpc udhcpd uevent umount uname uncompress unexpand uniq unix2dos unlink unlzma unshare unxz unzip uptime usleep
  uudecode uuencode vconfig vi w watch watchdog wc wget which who whoami xargs xxd xz xzcat yes zcat`);
