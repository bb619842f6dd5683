/** What the nginx images carry besides the server: its configuration, its two pages, and the scripts that run before it starts. */
import { type FileRecipe, file, lines, script } from '../recipe.ts';

const NGINX_CONF = lines(
  '', 'user  nginx;', 'worker_processes  auto;', '', 'error_log  /var/log/nginx/error.log notice;', 'pid        /run/nginx.pid;', '', '', 'events {', '    worker_connections  1024;', '}', '', '', 'http {',
  '    include       /etc/nginx/mime.types;', '    default_type  application/octet-stream;', '', "    log_format  main  '$remote_addr - $remote_user [$time_local] \"$request\" '",
  "                      '$status $body_bytes_sent \"$http_referer\" '", "                      '\"$http_user_agent\" \"$http_x_forwarded_for\"';", '', '    access_log  /var/log/nginx/access.log  main;', '',
  '    sendfile        on;', '    #tcp_nopush     on;', '', '    keepalive_timeout  65;', '', '    #gzip  on;', '', '    include /etc/nginx/conf.d/*.conf;', '}',
);

const DEFAULT_CONF = lines(
  'server {', '    listen       80;', '    server_name  localhost;', '', '    location / {', '        root   /usr/share/nginx/html;', '        index  index.html index.htm;', '    }', '',
  '    error_page   500 502 503 504  /50x.html;', '    location = /50x.html {', '        root   /usr/share/nginx/html;', '    }', '}',
);

const TYPES: readonly (readonly [type: string, extensions: string])[] = [
  ['text/html', 'html htm shtml'], ['text/css', 'css'], ['text/xml', 'xml'], ['image/gif', 'gif'], ['image/jpeg', 'jpeg jpg'], ['application/javascript', 'js'], ['application/atom+xml', 'atom'], ['application/rss+xml', 'rss'],
  ['text/plain', 'txt'], ['image/avif', 'avif'], ['image/png', 'png'], ['image/svg+xml', 'svg svgz'], ['image/webp', 'webp'], ['image/x-icon', 'ico'], ['font/woff', 'woff'], ['font/woff2', 'woff2'],
  ['application/json', 'json'], ['application/pdf', 'pdf'], ['application/wasm', 'wasm'], ['application/zip', 'zip'], ['application/octet-stream', 'bin exe dll deb dmg iso img'], ['audio/mpeg', 'mp3'], ['video/mp4', 'mp4'], ['video/webm', 'webm'],
];
const MIME_TYPES = lines('', 'types {', ...TYPES.map(([type, extensions]) => `    ${type.padEnd(36)} ${extensions};`), '}');

const page = (title: string, ...body: readonly string[]): string => lines(
  '<!DOCTYPE html>', '<html>', '<head>', `<title>${title}</title>`, '<style>', 'html { color-scheme: light dark; }', 'body { width: 35em; margin: 0 auto;', 'font-family: Tahoma, Verdana, Arial, sans-serif; }', '</style>', '</head>', '<body>',
  ...body, '</body>', '</html>',
);
const INDEX_HTML = page('Welcome to nginx!', '<h1>Welcome to nginx!</h1>', '<p>This page comes from <code>/usr/share/nginx/html/index.html</code> of the image.', 'A container that serves it has started, and its port can be reached.</p>');
const ERROR_HTML = page('Error', '<h1>An error occurred.</h1>', '<p>The server could not answer this request. Its error log says why.</p>');

/** Runs what lies in /docker-entrypoint.d, in order, before nginx itself; says what it does unless told to be quiet. */
const ENTRYPOINT = lines(
  '#!/bin/sh', '# Prepares the configuration, then becomes the command that was given.', 'set -e', '',
  'me=/docker-entrypoint.sh', 'say() {', '    if [ -z "${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ]; then echo "$me: $*"; fi', '}', '',
  'if [ "$1" = nginx ] || [ "$1" = nginx-debug ]; then',
  '    found=',
  '    for part in /docker-entrypoint.d/*; do', '        if [ -f "$part" ]; then found=yes; fi', '    done',
  '    if [ -n "$found" ]; then',
  '        say "/docker-entrypoint.d/ is not empty, will attempt to perform configuration"',
  '        say "Looking for shell scripts in /docker-entrypoint.d/"',
  '        for part in /docker-entrypoint.d/*; do',
  '            case "$part" in',
  '                *.envsh)',
  '                    if [ -x "$part" ]; then', '                        say "Sourcing $part"', '                        . "$part"', '                    else', '                        say "Ignoring $part, not executable"', '                    fi',
  '                    ;;',
  '                *.sh)',
  '                    if [ -x "$part" ]; then', '                        say "Launching $part"', '                        "$part"', '                    else', '                        say "Ignoring $part, not executable"', '                    fi',
  '                    ;;',
  '                *) say "Ignoring $part" ;;',
  '            esac',
  '        done',
  '        say "Configuration complete; ready for start up"',
  '    else', '        say "No files found in /docker-entrypoint.d/, skipping configuration"', '    fi',
  'fi', '', 'exec "$@"',
);

const LISTEN_ON_IPV6 = lines(
  '#!/bin/sh', '# Lets the default server listen on IPv6 too, if nobody has changed it.', 'set -e', '',
  'me=10-listen-on-ipv6-by-default.sh', 'conf=etc/nginx/conf.d/default.conf', 'say() {', '    if [ -z "${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ]; then echo "$me: $*"; fi', '}', '',
  'if [ ! -f /proc/net/if_inet6 ]; then say "info: ipv6 not available"; exit 0; fi',
  'if [ ! -f "/$conf" ]; then say "info: /$conf is not a file or does not exist"; exit 0; fi',
  'if ! touch "/$conf" 2>/dev/null; then say "info: can not modify /$conf (read-only file system?)"; exit 0; fi',
  'if grep -q "listen  *\\[::]:80;" "/$conf"; then say "info: IPv6 listen already enabled"; exit 0; fi', '',
  'say "info: Getting the checksum of /$conf"',
  'if ! grep -q "^    listen       80;" "/$conf"; then say "info: /$conf differs from the packaged version"; exit 0; fi', '',
  "sed -i -e 's,listen       80;,listen       80;\\n    listen  [::]:80;,' \"/$conf\"",
  'say "info: Enabled listen on IPv6 in /$conf"',
);

const LOCAL_RESOLVERS = lines(
  '# Offers the name servers of this container to templates, where that is asked for.',
  'if [ -n "${NGINX_ENTRYPOINT_LOCAL_RESOLVERS:-}" ]; then', "    NGINX_LOCAL_RESOLVERS=$(awk '$1 == \"nameserver\" { print $2 }' /etc/resolv.conf)", '    export NGINX_LOCAL_RESOLVERS', 'fi',
);

const ENVSUBST = lines(
  '#!/bin/sh', '# Fills the templates with the environment; what they become is configuration.', 'set -e', '',
  'from="${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}"', 'suffix="${NGINX_ENVSUBST_TEMPLATE_SUFFIX:-.template}"', 'to="${NGINX_ENVSUBST_OUTPUT_DIR:-/etc/nginx/conf.d}"', '[ -d "$from" ] || exit 0', '',
  'for template in "$from"/*"$suffix"; do',
  '    [ -f "$template" ] || continue',
  '    name="${template##*/}"',
  '    echo "20-envsubst-on-templates.sh: Running envsubst on $template to $to/${name%"$suffix"}"',
  '    envsubst < "$template" > "$to/${name%"$suffix"}"',
  'done',
);

const TUNE_WORKERS = lines(
  '#!/bin/sh', '# Sets the number of workers to the processors of this container, where that is asked for.', 'set -e', '',
  '[ -n "${NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE:-}" ] || exit 0',
  'sed -i "s/^worker_processes.*/worker_processes $(nproc);/" /etc/nginx/nginx.conf',
);

export const NGINX_CONFIGURATION: readonly FileRecipe[] = [
  file('etc/nginx/nginx.conf', NGINX_CONF), file('etc/nginx/conf.d/default.conf', DEFAULT_CONF), file('etc/nginx/mime.types', MIME_TYPES),
  file('usr/share/nginx/html/index.html', INDEX_HTML), file('usr/share/nginx/html/50x.html', ERROR_HTML),
];

/** Each is a layer of its own, as in the original. */
export const NGINX_SCRIPTS: readonly { readonly from: string; readonly to: string; readonly file: FileRecipe }[] = [
  { from: 'docker-entrypoint.sh', to: '/', file: script('docker-entrypoint.sh', ENTRYPOINT) },
  { from: '10-listen-on-ipv6-by-default.sh', to: '/docker-entrypoint.d', file: script('docker-entrypoint.d/10-listen-on-ipv6-by-default.sh', LISTEN_ON_IPV6) },
  { from: '15-local-resolvers.envsh', to: '/docker-entrypoint.d', file: script('docker-entrypoint.d/15-local-resolvers.envsh', LOCAL_RESOLVERS) },
  { from: '20-envsubst-on-templates.sh', to: '/docker-entrypoint.d', file: script('docker-entrypoint.d/20-envsubst-on-templates.sh', ENVSUBST) },
  { from: '30-tune-worker-processes.sh', to: '/docker-entrypoint.d', file: script('docker-entrypoint.d/30-tune-worker-processes.sh', TUNE_WORKERS) },
];
