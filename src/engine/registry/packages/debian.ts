/** Packages of Debian 13, Debian 12 and Ubuntu 24.04, in this order of versions. */
import { type Package, packagesOf } from './recipe.ts';

export const DEBIAN_RELEASES = ['trixie', 'bookworm', 'noble'] as const;
export type DebianRelease = (typeof DEBIAN_RELEASES)[number];

const BASE = `
apt 3.0.3,2.6.1,2.8.3 main 1.4M 4.4M | libc6 | usr/bin/apt@ usr/bin/apt-get@ | commandline package manager
base-files 13.8+deb13u2,12.4+deb12u12,13ubuntu10.3 main 70k 350k | | etc/debian_version@ | Debian base system miscellaneous files
base-passwd 3.6.7,3.6.1,3.6.3build1 main 50k 240k | | | Debian base system master password and group files
bash 5.2.37-2+b5,5.2.15-2+b9,5.2.21-2ubuntu4 main 1.5M 7.2M | libc6 | usr/bin/bash@ | GNU Bourne Again SHell
bsdutils 1:2.41-5,1:2.38.1-5+deb12u3,1:2.39.3-9ubuntu6.3 main 120k 360k | | | basic utilities from 4.4BSD-Lite
coreutils 9.7-3,9.1-1,9.4-3ubuntu6.1 main 2.9M 18M | libc6 | usr/bin/ls@ usr/bin/cat@ usr/bin/cp@ | GNU core utilities
dash 0.5.12-12,0.5.12-2,0.5.12-6ubuntu5 main 97k 200k | libc6 | usr/bin/dash@ usr/bin/sh@ | POSIX-compliant shell
debconf 1.5.91,1.5.82,1.5.86ubuntu1 main 120k 520k | | | Debian configuration management system
debianutils 5.23.2,5.7-0.5~deb12u1,5.17build1 main 92k 230k | libc6 | | Miscellaneous utilities specific to Debian
diffutils 1:3.10-4,1:3.8-4,1:3.10-1build1 main 380k 1.7M | libc6 | usr/bin/diff@ usr/bin/cmp@ | File comparison utilities
dpkg 1.22.21,1.21.22,1.22.6ubuntu6.5 main 1.5M 6.4M | libc6 tar | usr/bin/dpkg@ | Debian package management system
findutils 4.10.0-3,4.9.0-4,4.9.0-5build1 main 700k 2.1M | libc6 | usr/bin/find@ usr/bin/xargs@ | utilities for finding files--find, xargs
gpgv 2.4.7-21+b3,2.2.40-1.1+deb12u1,2.4.4-2ubuntu17.3 main 240k 500k | libc6 | | GNU privacy guard - signature verification tool
grep 3.11-4,3.8-5,3.11-4build1 main 440k 1.3M | libc6 | usr/bin/grep@ | GNU grep, egrep and fgrep
gzip 1.13-1,1.12-1,1.12-1ubuntu3.1 main 130k 250k | libc6 | usr/bin/gzip@ | GNU compression utilities
hostname 3.25,3.23+nmu1,3.23+nmu2ubuntu2 main 11k 45k | libc6 | usr/bin/hostname@ | utility to set/show the host name or domain name
init-system-helpers 1.69~deb13u1,1.65.2,1.66ubuntu1 main 39k 130k | | usr/sbin/service@ | helper tools for all init systems
libc-bin 2.41-12,2.36-9+deb12u13,2.39-0ubuntu8.6 main 630k 1.9M | libc6 | | GNU C Library: Binaries
libc6 2.41-12,2.36-9+deb12u13,2.39-0ubuntu8.6 main 2.8M 13M | | | GNU C Library: Shared libraries
libssl3{t64,,t64} 3.5.4-1~deb13u1,3.0.17-1~deb12u3,3.0.13-0ubuntu3.6 main 2.4M 8.7M | libc6 | | Secure Sockets Layer toolkit - shared libraries
libzstd1 1.5.7+dfsg-1,1.5.4+dfsg2-5,1.5.5+dfsg2-2build1.1 main 300k 840k | libc6 | | fast lossless compression algorithm
login 1:4.16.0-2+really2.41-5,1:4.13+dfsg1-1+deb12u1,1:4.13+dfsg1-4ubuntu3.2 main 110k 450k | libc6 | | system login tools
mawk 1.3.4.20250131-1,1.3.4.20200120-3.1,1.3.4.20240123-1build1 main 140k 300k | libc6 | usr/bin/mawk@ | Pattern scanning and text processing language
mount 2.41-5,2.38.1-5+deb12u3,2.39.3-9ubuntu6.3 main 150k 430k | libc6 util-linux | usr/bin/mount@ | tools for mounting and manipulating filesystems
ncurses-base 6.5+20250216-2,6.4-4,6.4+20240113-1ubuntu2 main 270k 390k | | | basic terminal type definitions
passwd 1:4.17.4-2,1:4.13+dfsg1-1+deb12u1,1:4.13+dfsg1-4ubuntu3.2 main 960k 2.8M | libc6 | usr/sbin/useradd@ | change and administer password and group data
perl-base 5.40.1-6,5.36.0-7+deb12u3,5.38.2-3.2ubuntu0.2 main 1.6M 7.9M | libc6 | usr/bin/perl@ | minimal Perl system
sed 4.9-2,4.9-1,4.9-2build1 main 330k 990k | libc6 | usr/bin/sed@ | GNU stream editor for filtering/transforming text
sysvinit-utils 3.14-4,3.06-4,3.08-6ubuntu3 main 33k 100k | libc6 | usr/lib/lsb/init-functions@ | System-V-like utilities
tar 1.35+dfsg-3.1,1.34+dfsg-1.2+deb12u1,1.35+dfsg-3build1 main 810k 3.0M | libc6 | usr/bin/tar@ | GNU version of the tar archiving utility
util-linux 2.41-5,2.38.1-5+deb12u3,2.39.3-9ubuntu6.3 main 1.2M 5.0M | libc6 | usr/bin/su@ | miscellaneous system utilities
zlib1g 1:1.3.dfsg+really1.3.1-1+b1,1:1.2.13.dfsg-1,1:1.3.dfsg-3.1ubuntu2.1 main 89k 170k | libc6 | | compression library - runtime
`;

const OFFERED = `
bind9-dnsutils 1:9.20.15-1~deb13u1,1:9.18.41-1~deb12u1,1:9.18.39-0ubuntu0.24.04.2 main 310k 760k | bind9-libs | usr/bin/nslookup=gnu:nslookup usr/bin/dig=gnu:dig | Clients provided with BIND 9
bind9-libs 1:9.20.15-1~deb13u1,1:9.18.41-1~deb12u1,1:9.18.39-0ubuntu0.24.04.2 main 1.4M 4.0M | libc6 | usr/lib/x86_64-linux-gnu/libdns.so@ | Shared Libraries used by BIND 9
build-essential 12.12,12.9,12.10ubuntu1 main 5k 20k | gcc make | | Informational list of build-essential packages
ca-certificates 20250419,20230311+deb12u1,20240203 main 160k 390k | openssl | etc/ca-certificates.conf@ etc/ssl/certs/ca-certificates.crt@ usr/sbin/update-ca-certificates=gnu:true | Common CA certificates
curl 8.14.1-2+deb13u2,7.88.1-10+deb12u14,8.5.0-2ubuntu10.6 main 270k 510k | libcurl4{t64,,t64} libc6 zlib1g | usr/bin/curl=curl | command line tool for transferring data with URL syntax
dnsutils 1:9.20.15-1~deb13u1,1:9.18.41-1~deb12u1,1:9.18.39-0ubuntu0.24.04.2 main 14k 25k | bind9-dnsutils | | Transitional package for bind9-dnsutils
gcc 4:14.2.0-1,4:12.2.0-3,4:13.2.0-7ubuntu1 main 6k 40k | gcc-{14,12,13} | usr/bin/cc>gcc | GNU C compiler
gcc-{14,12,13} 14.2.0-19,12.2.0-14+deb12u1,13.3.0-6ubuntu2~24.04 main 21M 73M | libc6 | usr/bin/gcc=absent:gcc | GNU C compiler
git 1:2.47.3-0+deb13u1,1:2.39.5-0+deb12u2,1:2.43.0-1ubuntu7.3 main 8.9M 50M | libcurl3{t64,,t64}-gnutls libexpat1 git-man | usr/bin/git=absent:git | fast, scalable, distributed revision control system
git-man 1:2.47.3-0+deb13u1,1:2.39.5-0+deb12u2,1:2.43.0-1ubuntu7.3 main 2.2M 2.7M | | | fast, scalable, distributed revision control system (manual pages)
gosu 1.17-3+b4,1.14-1+b10,1.17-1ubuntu0.24.04.3 main 880k 2.5M | libc6 | usr/sbin/gosu=gosu | Simple Go-based setuid+setgid+setgroups+exec
htop 3.4.1-5,3.2.2-2,3.3.0-4build1 main 190k 440k | libc6 libncursesw6 | usr/bin/htop=absent:htop | interactive processes viewer
iproute2 6.15.0-1,6.1.0-3,6.1.0-1ubuntu6.2 main 1.1M 3.9M | libmnl0 libcap2-bin libc6 | usr/bin/ip=gnu:ip usr/bin/ss=gnu:ss usr/sbin/bridge=gnu:bridge | networking and traffic control tools
iptables 1.8.11-2,1.8.9-2,1.8.10-3ubuntu2 main 350k 2.6M | libmnl0 libc6 | usr/sbin/iptables=gnu:iptables usr/sbin/ip6tables=gnu:ip6tables | administration tools for packet filtering and NAT
iputils-ping 3:20240905-3,3:20221126-1+deb12u1,3:20240117-1ubuntu0.1 main 47k 120k | libcap2-bin libc6 | usr/bin/ping=gnu:ping | Tools to test the reachability of network hosts
jq 1.7.1-6+deb13u1,1.6-2.1+deb12u1,1.7.1-3ubuntu0.24.04.1 main 78k 170k | libjq1 libc6 | usr/bin/jq=gnu:jq | lightweight and flexible command-line JSON processor
less 668-1,590-2.1~deb12u2,590-2ubuntu2.1 main 160k 360k | libc6 | usr/bin/less=gnu:less | pager program similar to more
libcap2-bin 1:2.75-10+b3,1:2.66-4+deb12u2,1:2.66-5ubuntu2.2 main 36k 110k | libc6 | | POSIX 1003.1e capabilities (utilities)
libcurl3{t64,,t64}-gnutls 8.14.1-2+deb13u2,7.88.1-10+deb12u14,8.5.0-2ubuntu10.6 main 380k 960k | libc6 libnghttp2-14 libpsl5{t64,,t64} | usr/lib/x86_64-linux-gnu/libcurl-gnutls.so.4@ | easy-to-use client-side URL transfer library (GnuTLS flavour)
libcurl4{t64,,t64} 8.14.1-2+deb13u2,7.88.1-10+deb12u14,8.5.0-2ubuntu10.6 main 390k 990k | libbrotli1 libc6 libnghttp2-14 libpsl5{t64,,t64} libssl3{t64,,t64} zlib1g | usr/lib/x86_64-linux-gnu/libcurl.so.4@ | easy-to-use client-side URL transfer library (OpenSSL flavour)
libbrotli1 1.1.0-2+b7,1.0.9-2+b6,1.1.0-2build2 main 307k 870k | libc6 | usr/lib/x86_64-linux-gnu/libbrotlidec.so.1@ | library implementing brotli encoder and decoder (shared libraries)
libexpat1 2.7.1-2,2.5.0-1+deb12u2,2.6.1-2ubuntu0.3 main 108k 420k | libc6 | usr/lib/x86_64-linux-gnu/libexpat.so.1@ | XML parsing C library - runtime library
libjq1 1.7.1-6+deb13u1,1.6-2.1+deb12u1,1.7.1-3ubuntu0.24.04.1 main 180k 470k | libc6 | usr/lib/x86_64-linux-gnu/libjq.so.1@ | lightweight and flexible command-line JSON processor - shared library
libmnl0 1.0.5-3,1.0.4-3,1.0.5-2build1 main 12k 39k | libc6 | usr/lib/x86_64-linux-gnu/libmnl.so.0@ | minimalistic Netlink communication library
libncursesw6 6.5+20250216-2,6.4-4,6.4+20240113-1ubuntu2 main 130k 410k | libc6 | usr/lib/x86_64-linux-gnu/libncursesw.so.6@ | shared libraries for terminal handling (wide character support)
libnghttp2-14 1.64.0-1.1,1.52.0-1+deb12u2,1.59.0-1ubuntu0.2 main 76k 190k | libc6 | usr/lib/x86_64-linux-gnu/libnghttp2.so.14@ | library implementing HTTP/2 protocol (shared library)
libpq5 17.6-0+deb13u1,15.14-0+deb12u1,16.10-0ubuntu0.24.04.1 main 220k 880k | libc6 libssl3{t64,,t64} | usr/lib/x86_64-linux-gnu/libpq.so.5@ | PostgreSQL C client library
libproc2-0 2:4.0.4-9,2:4.0.2-3,2:4.0.4-4ubuntu3.2 main 65k 220k | libc6 | usr/lib/x86_64-linux-gnu/libproc2.so.0@ | library for accessing process information from /proc
libpsl5{t64,,t64} 0.21.2-1.1+b1,0.21.2-1,0.21.2-1.1build1 main 57k 100k | libc6 | usr/lib/x86_64-linux-gnu/libpsl.so.5@ | Library for Public Suffix List (shared libraries)
make 4.4.1-2,4.3-4.1,4.3-4.1build2 main 460k 2.0M | libc6 | usr/bin/make=absent:make | utility for directing compilation
nano 8.4-1,7.2-1+deb12u1,7.2-2ubuntu0.1 main 650k 2.9M | libc6 libncursesw6 | usr/bin/nano=absent:nano | small, friendly text editor inspired by Pico
net-tools 2.10-1.3,2.10-0.1+deb12u2,2.10-0.1ubuntu4.4 main 240k 970k | libc6 | usr/sbin/ifconfig=gnu:ifconfig usr/sbin/route=gnu:route usr/bin/netstat=gnu:netstat | NET-3 networking toolkit
netcat-openbsd 1.229-1,1.219-1,1.226-1ubuntu2 main 42k 110k | libc6 | usr/bin/nc=nc | TCP/IP swiss army knife
nginx 1.26.3-3+deb13u1,1.22.1-9+deb12u3,1.24.0-2ubuntu7.5 main 610k 1.4M | libc6 | usr/sbin/nginx=nginx etc/init.d/nginx@ etc/nginx/nginx.conf@ etc/nginx/mime.types@ etc/nginx/sites-available/default@ etc/nginx/sites-enabled/default>/etc/nginx/sites-available/default var/www/html/index.nginx-debian.html@ var/log/nginx/access.log@ | small, powerful, scalable web/proxy server
nodejs 20.19.2+dfsg-1,18.20.4+dfsg-1~deb12u1,18.19.1+dfsg-6ubuntu5 main 330k 2.1M | libc6 | usr/bin/node=node | evented I/O for V8 javascript - runtime executable
npm 9.2.0~ds1-3,9.2.0~ds1-1,9.2.0~ds1-2 main 640k 2.9M | nodejs | usr/bin/npm=npm usr/bin/npx=npx | package manager for Node.js
openssh-client 1:10.0p1-7,1:9.2p1-2+deb12u7,1:9.6p1-3ubuntu13.14 main 980k 5.0M | libc6 libssl3{t64,,t64} | usr/bin/ssh=ssh usr/bin/ssh-add=ssh-add usr/bin/ssh-agent=ssh-agent usr/bin/ssh-keygen=ssh-keygen usr/bin/ssh-keyscan=ssh-keyscan usr/bin/scp=absent:scp | secure shell (SSH) client, for secure access to remote machines
openssl 3.5.4-1~deb13u1,3.0.17-1~deb12u3,3.0.13-0ubuntu3.6 main 1.5M 2.5M | libc6 libssl3{t64,,t64} | usr/bin/openssl=absent:openssl | Secure Sockets Layer toolkit - cryptographic utility
postgresql-client 17+278,15+248,16+257build1.1 main 14k 30k | postgresql-client-{17,15,16} | | front-end programs for PostgreSQL (supported version)
postgresql-client-{17,15,16} 17.6-0+deb13u1,15.14-0+deb12u1,16.10-0ubuntu0.24.04.1 main 1.9M 6.5M | libpq5 libc6 | usr/bin/psql=psql usr/bin/pg_isready=pg_isready usr/bin/createdb=createdb usr/bin/dropdb=dropdb | front-end programs for PostgreSQL {17,15,16}
procps 2:4.0.4-9,2:4.0.2-3,2:4.0.4-4ubuntu3.2 main 880k 2.4M | libc6 libncursesw6 libproc2-0 | usr/bin/ps=gnu:ps usr/bin/top=gnu:top usr/bin/free=gnu:free usr/bin/pgrep=gnu:pgrep usr/bin/pkill=gnu:pkill usr/bin/uptime=gnu:uptime usr/bin/watch=gnu:watch usr/sbin/sysctl=gnu:sysctl | /proc file system utilities
psmisc 23.7-2,23.6-1,23.7-1build1 main 270k 960k | libc6 | usr/bin/killall=gnu:killall | utilities that use the proc file system
python3 3.13.5-1,3.11.2-1+b1,3.12.3-0ubuntu2.1 main 28k 82k | python3-minimal | usr/bin/python3>python3.{13,11,12} | interactive high-level object-oriented language (default python3 version)
python3-minimal 3.13.5-1,3.11.2-1+b1,3.12.3-0ubuntu2.1 main 27k 130k | python3.{13,11,12}-minimal | | minimal subset of the Python language (default python3 version)
python3-pip 25.1.1+dfsg-1,23.0.1+dfsg-1,24.0+dfsg-1ubuntu1.3 main 1.4M 6.8M | python3 | pip:usr/lib/python3/dist-packages | Python package installer
python3-venv 3.13.5-1,3.11.2-1+b1,3.12.3-0ubuntu2.1 main 1k 6k | python3.{13,11,12}-venv python3 | | venv module for python3 (default python3 version)
python3.{13,11,12}-venv 3.13.5-2,3.11.2-6+deb12u6,3.12.3-1ubuntu0.8 main 6k 16k | python3.{13,11,12}-minimal | usr/lib/python3.{13,11,12}/ensurepip/__init__.py@ | Interactive high-level object-oriented language (pyvenv binary, version 3.{13,11,12})
python3.{13,11,12}-minimal 3.13.5-2,3.11.2-6+deb12u6,3.12.3-1ubuntu0.8 main 2.2M 8.0M | libc6 libexpat1 zlib1g | usr/bin/python3.{13,11,12}=python3.{13,11,12} usr/lib/python3.{13,11,12}/EXTERNALLY-MANAGED@ | Minimal subset of the Python language (version 3.{13,11,12})
redis-server 5:8.0.2-3,5:7.0.15-1~deb12u5,5:7.0.15-1ubuntu0.24.04.2 main 75k 190k | redis-tools | usr/bin/redis-server=redis-server etc/init.d/redis-server@ etc/redis/redis.conf@ | Persistent key-value database with network interface
redis-tools 5:8.0.2-3,5:7.0.15-1~deb12u5,5:7.0.15-1ubuntu0.24.04.2 main 1.2M 6.3M | libc6 | usr/bin/redis-cli=redis-cli usr/bin/redis-benchmark=redis-benchmark | Persistent key-value database with network interface (client tools)
stress 1.0.7-1+b2,1.0.5-1,1.0.7-1 main 22k 62k | libc6 | usr/bin/stress=stress | tool to impose load on and stress test a computer system
sudo 1.9.16p2-3,1.9.13p3-1+deb12u2,1.9.15p5-3ubuntu5.24.04.1 main 2.1M 6.8M | libc6 zlib1g | usr/bin/sudo=gnu:sudo etc/sudoers@ | Provide limited super user privileges to specific users
tini 0.19.0-3+b3,0.19.0-1,0.19.0-1 main 260k 830k | | usr/bin/tini=docker-init | tiny but valid init for containers
tree 2.2.1-1,2.1.0-1,2.1.1-2ubuntu3 main 57k 120k | libc6 | usr/bin/tree=tree | displays an indented directory tree, in color
tzdata 2025b-4+deb13u1,2025b-0+deb12u2,2025b-0ubuntu0.24.04.1 main 260k 2.7M | | usr/share/zoneinfo/UTC@ | time zone and daylight-saving time data
vim 2:9.1.1230-2,2:9.0.1378-2+deb12u2,2:9.1.0016-1ubuntu7.9 main 1.8M 4.3M | vim-runtime libc6 | usr/bin/vim=gnu:vi | Vi IMproved - enhanced vi editor
vim-runtime 2:9.1.1230-2,2:9.0.1378-2+deb12u2,2:9.1.0016-1ubuntu7.9 main 7.3M 37M | | etc/vim/vimrc@ | Vi IMproved - Runtime files
wget 1.25.0-2,1.21.3-1+deb12u1,1.21.4-1ubuntu4.1 main 980k 3.9M | libc6 libpsl5{t64,,t64} libssl3{t64,,t64} | usr/bin/wget=wget | retrieves files from the web
`;

/** Ubuntu begins with `ps` and its like; Debian does not. */
export const UBUNTU_ADDS: readonly string[] = ['libncursesw6', 'libproc2-0', 'procps'];

const read = (table: string, release: DebianRelease): readonly Package[] => packagesOf(table, DEBIAN_RELEASES.indexOf(release));

/** What an image of the release has. */
export const debianBase = (release: DebianRelease): readonly Package[] => [
  ...read(BASE, release),
  ...(release === 'noble' ? read(OFFERED, release).filter(({ name }) => UBUNTU_ADDS.includes(name)) : []),
];

/** What its mirrors have. */
export const debianOffered = (release: DebianRelease): readonly Package[] => [...read(OFFERED, release), ...read(BASE, release)];
