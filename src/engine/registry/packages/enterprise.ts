/** Packages of AlmaLinux 9. */
import { packagesOf } from './recipe.ts';

export const ALMA_BASE = packagesOf(`
almalinux-release 9.7-1.el9 BaseOS 20k 90k | | etc/almalinux-release@ | AlmaLinux release files
basesystem 11-13.el9 BaseOS 6k 1k | | | The skeleton package which defines a simple AlmaLinux system
bash 5.1.8-9.el9 BaseOS 1.7M 7.7M | glibc | usr/bin/bash@ | The GNU Bourne Again shell
coreutils-single 8.32-39.el9 BaseOS 620k 1.4M | glibc | usr/bin/ls@ usr/bin/cat@ | coreutils multicall binary
curl-minimal 7.76.1-34.el9 BaseOS 130k 240k | glibc | usr/bin/curl@ | Conservatively configured build of curl for minimal installations
dnf 4.14.0-31.el9.alma.1 BaseOS 460k 2.6M | | usr/bin/dnf@ usr/bin/yum@ | Package manager
filesystem 3.16-5.el9 BaseOS 4.8M 1k | | | The basic directory layout for a Linux system
glibc 2.34-231.el9_7.2 BaseOS 2.0M 6.3M | | | The GNU libc libraries
grep 3.6-5.el9 BaseOS 270k 830k | glibc | usr/bin/grep@ | Pattern matching utilities
rpm 4.16.1.3-39.el9 BaseOS 540k 2.0M | glibc | usr/bin/rpm@ | The RPM package management system
sed 4.8-9.el9 BaseOS 300k 800k | glibc | usr/bin/sed@ | A GNU stream text editor
tar 1.34-7.el9 BaseOS 870k 3.0M | glibc | usr/bin/tar@ | GNU file archiving program
vim-minimal 8.2.2637-22.el9 BaseOS 670k 1.6M | glibc | usr/bin/vi@ | A minimal version of the VIM editor
yum 4.14.0-31.el9.alma.1 BaseOS 88k 140k | dnf | | Package manager
zlib 1.2.11-41.el9 BaseOS 90k 200k | glibc | | Compression and decompression library
`);

export const ALMA = packagesOf(`
bind-libs 9.16.23-34.el9 AppStream 1.2M 3.0M | glibc | usr/lib64/libdns.so@ | Libraries used by the BIND DNS packages
bind-utils 9.16.23-34.el9 AppStream 200k 660k | bind-libs glibc | usr/bin/nslookup=gnu:nslookup usr/bin/dig=gnu:dig usr/bin/host=gnu:host | Utilities for querying DNS name servers
gcc 11.5.0-11.el9 AppStream 32M 85M | glibc | usr/bin/gcc=absent:gcc usr/bin/cc>gcc | Various compilers (C, C++, Objective-C, ...)
git 2.47.3-1.el9 AppStream 50k 90k | git-core glibc | | Fast Version Control System
git-core 2.47.3-1.el9 AppStream 4.6M 22M | less glibc zlib | usr/bin/git=absent:git | Core package of git with minimal functionality
httpd 2.4.62-7.el9 AppStream 45k 60k | httpd-core glibc | usr/sbin/httpd=httpd | Apache HTTP Server
httpd-core 2.4.62-7.el9 AppStream 1.5M 4.8M | glibc | etc/httpd/conf/magic@ | httpd minimal core
iproute 6.14.0-2.el9 BaseOS 820k 2.2M | libmnl glibc | usr/sbin/ip=gnu:ip usr/sbin/ss=gnu:ss usr/sbin/bridge=gnu:bridge | Advanced IP routing and network device configuration tools
iputils 20210202-15.el9 BaseOS 170k 440k | glibc | usr/bin/ping=gnu:ping | Network monitoring tools including ping
jq 1.6-19.el9 AppStream 190k 380k | oniguruma glibc | usr/bin/jq=gnu:jq | Command-line JSON processor
less 590-6.el9 BaseOS 160k 360k | glibc | usr/bin/less=gnu:less | A text file browser similar to more, but better
libmnl 1.0.4-16.el9 BaseOS 28k 60k | glibc | usr/lib64/libmnl.so.0@ | A minimalistic Netlink library
libpq 13.23-1.el9 AppStream 200k 750k | glibc | usr/lib64/libpq.so.5@ | PostgreSQL client library
make 4.3-8.el9 BaseOS 530k 1.6M | glibc | usr/bin/make=absent:make | A GNU tool which simplifies the build process for users
nano 5.6.1-7.el9 BaseOS 690k 2.7M | glibc | usr/bin/nano=absent:nano | A small text editor
net-tools 2.0-0.64.20160912git.el9 BaseOS 290k 920k | glibc | usr/sbin/ifconfig=gnu:ifconfig usr/sbin/route=gnu:route usr/bin/netstat=gnu:netstat | Basic networking tools
nginx 1.20.1-24.el9_7.1 AppStream 36k 140k | nginx-core glibc | | A high performance web server and reverse proxy server
nginx-core 1.20.1-24.el9_7.1 AppStream 570k 1.7M | glibc | usr/sbin/nginx=nginx etc/nginx/nginx.conf@ etc/nginx/mime.types@ usr/share/nginx/html/index.html@ var/log/nginx/access.log@ | nginx minimal core
nodejs 16.20.2-8.el9_4 AppStream 110k 200k | glibc | usr/bin/node=node | JavaScript runtime
oniguruma 6.9.6-1.el9.6 AppStream 220k 760k | glibc | usr/lib64/libonig.so.5@ | Regular expressions library
openssh-clients 8.7p1-46.el9 BaseOS 680k 2.4M | glibc | usr/bin/ssh=ssh usr/bin/ssh-add=ssh-add usr/bin/ssh-agent=ssh-agent usr/bin/ssh-keyscan=ssh-keyscan usr/bin/scp=absent:scp | An open source SSH client applications
postgresql 13.23-1.el9_7 AppStream 1.5M 6.4M | libpq glibc | usr/bin/psql=psql usr/bin/pg_isready=pg_isready | PostgreSQL client programs
procps-ng 3.3.17-14.el9 BaseOS 340k 1.0M | glibc | usr/bin/ps=gnu:ps usr/bin/top=gnu:top usr/bin/free=gnu:free usr/bin/pgrep=gnu:pgrep usr/bin/pkill=gnu:pkill usr/bin/uptime=gnu:uptime usr/bin/watch=gnu:watch | System and process monitoring utilities
python3 3.9.25-2.el9_7 BaseOS 25k 14k | python3-libs glibc | usr/bin/python3.9=python3.9 usr/bin/python3>python3.9 usr/bin/python>python3 | Python 3.9 interpreter
python3-libs 3.9.25-2.el9_7 BaseOS 7.2M 33M | glibc zlib | | Python runtime libraries
python3-pip 21.3.1-1.el9 AppStream 1.7M 8.7M | python3 | pip:usr/lib/python3.9/site-packages | A tool for installing and managing Python3 packages
redis 6.2.20-2.el9_7 AppStream 1.3M 4.6M | glibc | usr/bin/redis-server=redis-server usr/bin/redis-cli=redis-cli | A persistent key-value database
sudo 1.9.5p2-13.el9 BaseOS 1.0M 4.3M | glibc | usr/bin/sudo=gnu:sudo etc/sudoers@ | Allows restricted root access for specified users
tree 1.8.0-10.el9 BaseOS 55k 110k | glibc | usr/bin/tree=tree | File system tree viewer
vim-enhanced 8.2.2637-22.el9 AppStream 1.7M 4.0M | vim-common glibc | usr/bin/vim=gnu:vi | A version of the VIM editor which includes recent enhancements
vim-common 8.2.2637-22.el9 AppStream 6.6M 33M | | etc/vimrc@ | The common files needed by any version of the VIM editor
wget 1.21.1-8.el9_4 AppStream 770k 3.1M | glibc | usr/bin/wget=wget | A utility for retrieving files using the HTTP or FTP protocols
which 2.21-30.el9 BaseOS 41k 80k | glibc | usr/bin/which=gnu:which | Displays where a particular program in your path is located
`);
