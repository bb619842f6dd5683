import { describe, expect, it } from 'vitest';
import type { Sys } from '../../../../src/engine/kernel/sys.ts';
import { curl } from '../../../../src/engine/userland/net/curl/index.ts';
import { nginx } from '../../../../src/engine/userland/servers/nginx/index.ts';
import { makeNetwork, onComputer, put, run, runProgram } from '../net/computer.ts';

const CONF = `
user nobody;
worker_processes 1;
error_log /log/error.log notice;
pid /run/nginx.pid;
daemon off;
events { worker_connections 1024; }
http {
  types { text/html html; text/css css; }
  log_format main '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for"';
  access_log /log/access.log main;
  server {
    listen 80; listen [::]:80;
    server_name localhost;
    location / { root /html; index index.html; }
    location /old { return 301 /new; }
    location /api/ { proxy_pass http://127.0.0.1:9000/; }
    location ~ \\.css$ { root /html; add_header X-Style yes; }
  }
}
`;

function files(sys: Sys): void {
  put(sys, '/etc/nginx/nginx.conf', CONF);
  put(sys, '/etc/passwd', 'root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n');
  put(sys, '/etc/hosts', '172.17.0.2 web\n');
  put(sys, '/html/index.html', 'welcome\n');
  put(sys, '/html/a.css', 'a{}\n');
  put(sys, '/html/empty/file', '');
  put(sys, '/log/.keep', '');
  put(sys, '/run/.keep', '');
}

const text = (sys: Sys, path: string): string => new TextDecoder().decode(sys.path.readFile(path));

describe('nginx', () => {
  it('serves files as its configuration says, and logs each request', async () => {
    await onComputer(async (sys) => {
      const net = makeNetwork(sys);
      files(sys);
      const master = sys.fork(nginx, { join: [net], argv: ['nginx'] });
      await sys.sleep(200);
      expect(text(sys, '/log/error.log')).toContain('start worker process');
      expect(await run(sys, curl, ['-s', 'http://web/'])).toMatchObject({ out: 'welcome\n', status: 0 });
      const missing = await run(sys, curl, ['-s', '-i', 'http://web/nosuch']);
      expect(missing.out).toMatch(
        /^HTTP\/1.1 404 Not Found\r\nServer: nginx\/[\d.]+\r\nDate: .*\r\nContent-Type: text\/html\r\n[\s\S]*<center><h1>404 Not Found<\/h1><\/center>/,
      );
      expect((await run(sys, curl, ['-s', '-o', '/dev/null', '-w', '%{http_code} %{redirect_url}', 'http://web/old'])).out).toBe(
        '301 http://web/new',
      );
      expect((await run(sys, curl, ['-sI', 'http://web/a.css'])).out).toContain('X-Style: yes');
      expect((await run(sys, curl, ['-s', '-w', '%{http_code}', '-o', '/dev/null', 'http://web/empty/'])).out).toBe('403');
      expect((await run(sys, curl, ['-s', '-w', '%{http_code}', '-o', '/dev/null', 'http://web/api/x'])).out).toBe('502');
      expect(text(sys, '/log/access.log').split('\n')[0]).toMatch(
        /^172\.17\.0\.1 - - \[\d\d\/\w{3}\/\d{4}:[\d:]+ \+0000\] "GET \/ HTTP\/1\.1" 200 8 "-" "curl\/[\d.]+" "-"$/,
      );
      expect(text(sys, '/log/error.log')).toContain(
        'open() "/html/nosuch" failed (2: No such file or directory), client: 172.17.0.1, server: localhost, request: "GET /nosuch HTTP/1.1", host: "web"',
      );
      sys.kill(master, 'SIGQUIT');
      expect(await sys.wait(master)).toMatchObject({ status: 0 });
      expect(text(sys, '/log/error.log')).toMatch(/gracefully shutting down[\s\S]*worker process \d+ exited with code 0[\s\S]*exit\n$/);
    });
  });

  it('reloads, and refuses what it cannot understand', async () => {
    await onComputer(async (sys) => {
      const net = makeNetwork(sys);
      files(sys);
      const master = sys.fork(nginx, { join: [net], argv: ['nginx'] });
      await sys.sleep(200);
      put(
        sys,
        '/etc/nginx/nginx.conf',
        CONF.replace('location / { root /html; index index.html; }', 'location / { return 200 "new\\n"; }'),
      );
      sys.kill(master, 'SIGHUP');
      await sys.sleep(200);
      expect((await run(sys, curl, ['-s', 'http://web/'])).out).toBe('new\n');
      put(sys, '/etc/nginx/nginx.conf', 'events {}\nhttp { servre { } }\n');
      sys.kill(master, 'SIGHUP');
      await sys.sleep(200);
      expect(text(sys, '/log/error.log')).toContain('unknown directive "servre" in /etc/nginx/nginx.conf:2');
      expect((await run(sys, curl, ['-s', 'http://web/'])).out).toBe('new\n');
      const test = await runProgram(sys, async (child) => child.exit(await nginx(child)));
      expect(test.status).toBe(1);
      sys.kill(master, 'SIGTERM');
      expect(await sys.wait(master)).toMatchObject({ status: 0 });
    });
  });
});
