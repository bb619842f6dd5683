/** Alpine's packages: those that the image has already, and those that its repositories offer. */
import { packagesOf } from './recipe.ts';

export const ALPINE_BASE = packagesOf(`
alpine-baselayout 3.7.1-r8 main 8k 16k | alpine-baselayout-data | | Alpine base dir structure and init scripts
alpine-baselayout-data 3.7.1-r8 main 9k 76k | | etc/passwd@ etc/group@ etc/hosts@ etc/profile@ etc/shells@ | Alpine base dir structure and init scripts
alpine-keys 2.6-r0 main 9k 156k | | | Public keys for Alpine Linux packages
alpine-release 3.23.0-r0 main 2k 28k | alpine-keys | etc/alpine-release@ usr/lib/os-release@ | Alpine release data
apk-tools 3.0.1-r1 main 70k 168k | ca-certificates-bundle libapk musl | sbin/apk@ | Alpine Package Keeper
busybox 1.37.0-r30 main 510k 950k | musl | bin/busybox@ | Size optimized toolbox of many common UNIX utilities
busybox-binsh 1.37.0-r30 main 2k 8k | busybox | bin/sh@ | busybox ash /bin/sh
ca-certificates-bundle 20251003-r0 main 120k 230k | | | Pre generated bundle of Mozilla certificates
libapk 3.0.1-r1 main 150k 348k | musl libcrypto3 libssl3 zlib | | Alpine Package Keeper library
libcrypto3 3.5.4-r0 main 1.9M 4.6M | musl | | Crypto library from openssl
libssl3 3.5.4-r0 main 380k 900k | musl libcrypto3 | | SSL shared libraries
musl 1.2.5-r21 main 400k 640k | | | the musl c library (libc) implementation
musl-utils 1.2.5-r21 main 37k 124k | musl scanelf | | the musl c library (libc) implementation
scanelf 1.3.8-r2 main 35k 84k | musl | | Scan ELF binaries for stuff
ssl_client 1.37.0-r30 main 5k 24k | musl libcrypto3 libssl3 | | External ssl_client for busybox wget
zlib 1.3.1-r2 main 54k 110k | musl | | A compression/decompression Library
`);

export const ALPINE = packagesOf(`
acl-libs 2.3.2-r1 main 16k 36k | | usr/lib/libacl.so.1@ | Access control list library
bash 5.3.3-r1 main 480k 1.3M | musl readline libncursesw | bin/bash=bash etc/bash/bashrc@ | The GNU Bourne Again shell
bash-completion 2.16.0-r1 main 230k 1.3M | bash | usr/share/bash-completion/bash_completion@ | Command-line tab-completion for bash
bind-libs 9.20.16-r0 main 1.4M 3.4M | musl libcrypto3 | usr/lib/libdns.so@ | Libraries for bind
bind-tools 9.20.16-r0 main 95k 280k | musl bind-libs | usr/bin/nslookup=gnu:nslookup usr/bin/dig=gnu:dig usr/bin/host=gnu:host | The ISC DNS tools
brotli-libs 1.2.0-r0 main 380k 880k | musl | usr/lib/libbrotlidec.so.1@ | Generic lossless compressor (libraries)
busybox-extras 1.37.0-r30 main 43k 134k | musl | bin/busybox-extras=busybox usr/sbin/httpd>/bin/busybox-extras usr/bin/telnet>/bin/busybox-extras usr/sbin/dnsd>/bin/busybox-extras usr/sbin/inetd>/bin/busybox-extras | Additional binaries of Busybox
c-ares 1.34.6-r0 main 100k 230k | musl | usr/lib/libcares.so.2@ | Asynchronous DNS/names resolver library
ca-certificates 20251003-r0 main 150k 690k | musl libcrypto3 | etc/ca-certificates.conf@ usr/share/ca-certificates/bundle@ | Common CA certificates PEM files from Mozilla
coreutils 9.8-r1 main 520k 1.3M | musl acl-libs libattr coreutils-env coreutils-fmt coreutils-sha512sum skalibs-libs utmps-libs | bin/coreutils@ | The basic file, shell and text manipulation utilities
coreutils-env 9.8-r1 main 18k 44k | musl | usr/bin/env=gnu:env | The basic file, shell and text manipulation utilities
coreutils-fmt 9.8-r1 main 17k 40k | musl | | The basic file, shell and text manipulation utilities
coreutils-sha512sum 9.8-r1 main 18k 44k | musl | usr/bin/sha512sum=gnu:sha512sum | The basic file, shell and text manipulation utilities
curl 8.17.0-r1 main 160k 280k | libcurl musl | usr/bin/curl=curl | URL retrieval utility and library
git 2.52.0-r0 main 3.0M 8.4M | libcurl libexpat pcre2 zlib musl git-init-template | usr/bin/git=absent:git | Distributed version control system
git-init-template 2.52.0-r0 main 9k 60k | | | Git init template
htop 3.4.1-r1 main 100k 240k | libncursesw musl | usr/bin/htop=absent:htop | Interactive process viewer
icu-libs 76.1-r1 main 1.3M 3.2M | libstdc++ musl icu-data-en | usr/lib/libicuuc.so.76@ | International Components for Unicode library
icu-data-en 76.1-r1 main 1.1M 2.8M | | | Stripped ICU data with only en_US/GB locale
iproute2 6.17.0-r0 main 450k 1.1M | iproute2-minimal iproute2-tc iproute2-ss musl | | IP Routing Utilities
iproute2-minimal 6.17.0-r0 main 190k 460k | libcap2 libelf libmnl musl | sbin/ip=gnu:ip sbin/bridge=gnu:bridge | IP Routing Utilities (minimal)
iproute2-ss 6.17.0-r0 main 65k 150k | libcap2 musl | sbin/ss=gnu:ss | Show socket statistics
iproute2-tc 6.17.0-r0 main 210k 540k | libelf libmnl musl | | IP Routing Utilities (traffic control)
iptables 1.8.11-r1 main 570k 1.6M | libmnl libnftnl musl | usr/sbin/iptables=gnu:iptables usr/sbin/ip6tables=gnu:ip6tables | Linux kernel firewall, NAT and packet mangling tools
iputils 20250605-r0 main 3k 8k | iputils-ping iputils-arping iputils-tracepath | | IP Configuration Utilities (and Ping)
iputils-arping 20250605-r0 main 18k 40k | libcap2 musl | usr/sbin/arping=gnu:arping | Send ARP REQUEST to a neighbour host
iputils-ping 20250605-r0 main 55k 110k | libcap2 musl | bin/ping=gnu:ping bin/ping6=gnu:ping6 | Send ICMP ECHO_REQUEST to network hosts
iputils-tracepath 20250605-r0 main 9k 20k | musl | | Traces path to a network host
jq 1.8.1-r0 main 180k 430k | oniguruma musl | usr/bin/jq=gnu:jq | A lightweight and flexible command-line JSON processor
libattr 2.5.2-r2 main 11k 28k | | usr/lib/libattr.so.1@ | Extended attributes library
libcap2 2.77-r0 main 25k 52k | musl | usr/lib/libcap.so.2@ | POSIX 1003.1e capabilities library
libcurl 8.17.0-r1 main 340k 760k | brotli-libs c-ares libidn2 nghttp2-libs nghttp3 libpsl zstd-libs libcrypto3 libssl3 musl zlib | usr/lib/libcurl.so.4@ | The multiprotocol file transfer library
libelf 0.193-r1 main 340k 860k | musl zlib zstd-libs | usr/lib/libelf.so.1@ | Libelf is a free ELF object file access library
libexpat 2.7.3-r0 main 66k 170k | musl | usr/lib/libexpat.so.1@ | XML Parser library written in C (libraries)
libffi 3.5.2-r0 main 18k 48k | musl | usr/lib/libffi.so.8@ | Portable, high level programming interface to various calling conventions
libgcc 15.2.0-r2 main 66k 170k | musl | usr/lib/libgcc_s.so.1@ | GNU C compiler runtime libraries
libidn2 2.3.8-r0 main 88k 200k | libunistring musl | usr/lib/libidn2.so.0@ | Encode/Decode library for internationalized domain names
libmnl 1.0.5-r2 main 9k 24k | musl | usr/lib/libmnl.so.0@ | Library for minimalistic netlink
libncursesw 6.5_p20251123-r0 main 200k 480k | ncurses-terminfo-base musl | usr/lib/libncursesw.so.6@ | Console display library (libncursesw)
libnftnl 1.3.0-r0 main 100k 250k | libmnl musl | usr/lib/libnftnl.so.11@ | Netfilter library providing interface to the nf_tables subsystem
libproc2 4.0.5-r0 main 26k 60k | musl utmps-libs | usr/lib/libproc2.so.1@ | Library for monitoring system and processes
libpq 18.1-r0 main 150k 340k | libcrypto3 libssl3 musl | usr/lib/libpq.so.5@ | PostgreSQL client library
libpsl 0.21.5-r3 main 55k 110k | libidn2 libunistring musl | usr/lib/libpsl.so.5@ | C library for the Publix Suffix List
libstdc++ 15.2.0-r2 main 900k 2.7M | libgcc musl | usr/lib/libstdc++.so.6@ | GNU C++ standard runtime library
libunistring 1.4.1-r0 main 650k 1.8M | musl | usr/lib/libunistring.so.5@ | Library for manipulating Unicode strings and C strings
make 4.4.1-r3 main 100k 240k | musl | usr/bin/make=absent:make | GNU make utility to maintain groups of programs
gcc 15.2.0-r2 main 55M 152M | binutils libgcc libstdc++ musl | usr/bin/gcc=absent:gcc usr/bin/cc>gcc | The GNU Compiler Collection
binutils 2.45.1-r0 main 3.0M 7.4M | musl zlib zstd-libs | usr/bin/ld=absent:ld | Tools necessary to build programs
g++ 15.2.0-r2 main 16M 48M | gcc libc-dev musl | usr/bin/g++=absent:g++ usr/bin/c++>g++ | GNU C++ standard library and compiler
libc-dev 0.7.2-r5 main 2k 8k | musl-dev | | Meta package to pull in correct libc
musl-dev 1.2.5-r21 main 1.2M 10.6M | musl | usr/include/stdio.h@ | the musl c library (libc) implementation (development files)
build-base 0.5-r3 main 2k 8k | binutils g++ gcc libc-dev make | | Meta package for build base
mariadb-client 11.8.5-r0 main 3.2M 22M | musl ncurses-terminfo-base | usr/bin/mariadb=absent:mariadb | Client for the MariaDB database
nano 8.7-r0 main 270k 700k | libncursesw musl | usr/bin/nano=absent:nano | Enhanced clone of the Pico text editor
ncurses-terminfo-base 6.5_p20251123-r0 main 20k 60k | | etc/terminfo/x/xterm@ | Descriptions of common terminals
net-tools 2.10-r3 main 110k 300k | musl | sbin/ifconfig=gnu:ifconfig sbin/route=gnu:route bin/netstat=gnu:netstat | Linux networking tools
nghttp2-libs 1.68.0-r0 main 70k 160k | musl | usr/lib/libnghttp2.so.14@ | Experimental HTTP/2 client, server and proxy (libraries)
nghttp3 1.13.1-r0 main 61k 130k | musl | usr/lib/libnghttp3.so.9@ | HTTP/3 library written in C
nodejs 24.11.1-r1 main 15M 47M | ada-libs c-ares icu-libs libcrypto3 libgcc libstdc++ libssl3 musl nghttp2-libs sqlite-libs zlib | usr/bin/node=node | JavaScript runtime built on V8 engine - LTS version
ada-libs 3.3.0-r0 main 180k 470k | libstdc++ musl | usr/lib/libada.so.3@ | WHATWG-compliant and fast URL parser written in modern C++
npm 11.6.3-r0 main 2.1M 9.6M | nodejs | usr/bin/npm=npm | The package manager for JavaScript
oniguruma 6.9.10-r0 main 220k 560k | musl | usr/lib/libonig.so.5@ | A regular expressions library
openssh-client 10.2_p1-r0 main 3k 8k | openssh-client-default | | OpenBSD's SSH client
openssh-client-default 10.2_p1-r0 main 410k 900k | openssh-client-common openssh-keygen libcrypto3 musl zlib | usr/bin/ssh=ssh | OpenBSD's SSH client
openssh-client-common 10.2_p1-r0 main 900k 2.6M | libcrypto3 musl | usr/bin/ssh-add=ssh-add usr/bin/ssh-agent=ssh-agent usr/bin/ssh-keyscan=ssh-keyscan usr/bin/scp=absent:scp | OpenBSD's SSH client common files
openssh-keygen 10.2_p1-r0 main 230k 500k | libcrypto3 musl | usr/bin/ssh-keygen=ssh-keygen | ssh helper program for generating keys
openssl 3.5.4-r0 main 360k 830k | libcrypto3 libssl3 musl | usr/bin/openssl=absent:openssl | Toolkit for Transport Layer Security (TLS)
pcre2 10.47-r0 main 290k 720k | musl | usr/lib/libpcre2-8.so.0@ | Perl-compatible regular expression library
postgresql-common 1.2-r2 main 5k 20k | | | Common files for managing multiple PostgreSQL versions
postgresql17-client 17.7-r0 main 640k 1.9M | libpq readline zlib zstd-libs musl postgresql-common | usr/bin/psql=psql usr/bin/pg_isready=pg_isready usr/bin/createdb=createdb usr/bin/dropdb=dropdb | PostgreSQL client
procps-ng 4.0.5-r0 main 170k 430k | libintl libproc2 libncursesw musl utmps-libs | bin/ps=gnu:ps usr/bin/top=gnu:top usr/bin/free=gnu:free usr/bin/pgrep=gnu:pgrep usr/bin/pkill=gnu:pkill usr/bin/uptime=gnu:uptime bin/watch=gnu:watch | Utilities for monitoring your system and processes on your system
libintl 0.24.1-r1 main 24k 64k | musl | usr/lib/libintl.so.8@ | GNU gettext runtime library
python3 3.12.12-r0 main 15M 46M | libbz2 libexpat libffi gdbm xz-libs libncursesw libpanelw readline sqlite-libs libcrypto3 libssl3 musl zlib | usr/bin/python3.12=python3.12 usr/bin/python3>python3.12 usr/bin/python>python3 usr/lib/python3.12/EXTERNALLY-MANAGED@ | High-level scripting language
py3-pip 25.1.1-r1 community 1.4M 7.5M | python3 | pip:usr/lib/python3.12/site-packages | Tool for installing and managing Python packages
libbz2 1.0.8-r6 main 36k 76k | musl | usr/lib/libbz2.so.1@ | Shared library for bz2
gdbm 1.26-r0 main 80k 200k | musl | usr/lib/libgdbm.so.6@ | GNU dbm is a set of database routines that use extensible hashing
xz-libs 5.8.1-r0 main 93k 210k | musl | usr/lib/liblzma.so.5@ | Library and command line tools for XZ and LZMA compressed files (libraries)
libpanelw 6.5_p20251123-r0 main 9k 24k | libncursesw musl | usr/lib/libpanelw.so.6@ | Console display library (libpanelw)
readline 8.3.1-r0 main 140k 340k | libncursesw musl | usr/lib/libreadline.so.8@ | GNU readline library
redis 8.4.0-r0 community 5.2M 14M | libcrypto3 libssl3 musl | usr/bin/redis-server=redis-server usr/bin/redis-cli=redis-cli usr/bin/redis-benchmark=redis-benchmark | Advanced key-value store
shadow 4.18.0-r0 main 100k 480k | libbsd musl | usr/sbin/useradd=gnu:useradd usr/sbin/usermod=gnu:usermod usr/sbin/userdel=gnu:userdel usr/sbin/groupadd=gnu:groupadd usr/sbin/groupdel=gnu:groupdel | Login and passwd binaries
libbsd 0.12.2-r0 main 41k 90k | musl | usr/lib/libbsd.so.0@ | commonly-used BSD functions not implemented by all libcs
skalibs-libs 2.14.4.0-r0 main 110k 260k | musl | usr/lib/libskarnet.so.2.14@ | Set of general-purpose C programming libraries for skarnet.org software. (libraries)
sqlite-libs 3.51.1-r0 main 620k 1.4M | musl | usr/lib/libsqlite3.so.0@ | C library that implements an SQL database engine (libraries)
su-exec 0.3-r0 community 4k 12k | musl | sbin/su-exec=gosu | Switch user and group id, setgid, setuid and exec
sudo 1.9.17_p2-r0 community 900k 2.4M | musl zlib | usr/bin/sudo=gnu:sudo etc/sudoers@ | Give certain users the ability to run some commands as root
tini 0.19.0-r3 community 8k 36k | musl | sbin/tini=docker-init | Tiny but valid init for containers
tree 2.2.1-r0 main 30k 70k | musl | usr/bin/tree=tree | A recursive directory indented listing program
tzdata 2025b-r0 main 410k 2.8M | | usr/share/zoneinfo/UTC@ | Timezone data
utmps-libs 0.1.3.1-r0 main 15k 40k | skalibs-libs musl | usr/lib/libutmps.so.0.1@ | A secure utmp/wtmp implementation (libraries)
vim 9.1.1969-r0 main 1.6M 4.3M | vim-common libncursesw xxd musl | usr/bin/vim=gnu:vi usr/bin/vi>vim | Improved vi-style text editor
vim-common 9.1.1969-r0 main 8.1M 36M | musl | etc/vim/vimrc@ | Improved vi-style text editor - common files
xxd 9.1.1969-r0 main 10k 32k | musl | usr/bin/xxd=busybox | Hexdump utility from vim
wget 1.25.0-r2 main 330k 860k | libidn2 pcre2 libcrypto3 libssl3 musl zlib | usr/bin/wget=wget | Network utility to retrieve files from the Web
zstd-libs 1.5.7-r2 main 310k 640k | musl | usr/lib/libzstd.so.1@ | Zstandard - Fast real-time compression algorithm (libraries)
`);
