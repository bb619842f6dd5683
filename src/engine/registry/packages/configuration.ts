/** What configuration files of packages say, where a program reads them. Every other small file has a line that stands for data. */
import { initScript } from './init-scripts.ts';
import { pythonText } from './python.ts';

const TYPES = `
types {
    text/html                html htm shtml;
    text/css                 css;
    application/javascript   js;
    application/json         json;
    text/plain               txt;
    image/png                png;
    image/jpeg               jpeg jpg;
    image/svg+xml            svg svgz;
}
`;

const nginxConf = ({
  user,
  pid,
  server,
}: {
  readonly user: string;
  readonly pid: string;
  readonly server: string;
}): string => `user ${user};
worker_processes auto;
error_log /var/log/nginx/error.log;
pid ${pid};

events {
    worker_connections 1024;
}

http {
    access_log /var/log/nginx/access.log;
    sendfile on;
    keepalive_timeout 65;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    include /etc/nginx/conf.d/*.conf;
${server}}
`;

const site = (root: string, index: string): string => `server {
    listen 80 default_server;
    server_name _;
    root ${root};
    index ${index};

    location / {
        try_files $uri $uri/ =404;
    }
}
`;

const page = (title: string): string => `<!DOCTYPE html>
<html>
<head><title>${title}</title></head>
<body><h1>${title}</h1></body>
</html>
`;

const indented = (text: string): string => text.replace(/^(?=.)/gm, '    ');

const TEXTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nginx: {
    'etc/init.d/nginx': initScript({
      name: 'nginx',
      pidFile: '/run/nginx.pid',
      start: '/usr/sbin/nginx',
      reload: '/usr/sbin/nginx -s reload',
    }),
    'etc/nginx/nginx.conf': nginxConf({ user: 'www-data', pid: '/run/nginx.pid', server: '    include /etc/nginx/sites-enabled/*;\n' }),
    'etc/nginx/mime.types': TYPES,
    'etc/nginx/sites-available/default': site('/var/www/html', 'index.html index.htm index.nginx-debian.html'),
    'var/www/html/index.nginx-debian.html': page('Welcome to nginx!'),
    'var/log/nginx/access.log': '',
  },
  'redis-server': {
    'etc/init.d/redis-server': initScript({
      name: 'redis-server',
      pidFile: '/run/redis-server.pid',
      start: '/usr/bin/redis-server /etc/redis/redis.conf',
    }),
    'etc/redis/redis.conf': `bind 127.0.0.1 -::1
port 6379
daemonize yes
pidfile /run/redis-server.pid
logfile /var/log/redis-server.log
dir /var/lib
`,
  },
  'nginx-core': {
    'etc/nginx/nginx.conf': nginxConf({
      user: 'nobody',
      pid: '/run/nginx.pid',
      server: indented(site('/usr/share/nginx/html', 'index.html')),
    }),
    'etc/nginx/mime.types': TYPES,
    'usr/share/nginx/html/index.html': page('AlmaLinux Test Page'),
    'var/log/nginx/access.log': '',
  },
};

/** The text of a package's file. */
export const packageText = (name: string, path: string): string =>
  TEXTS[name]?.[path] ?? pythonText(name, path) ?? `# ${path} of the package ${name}.\n`;
