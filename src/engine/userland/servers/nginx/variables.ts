/** nginx's variables, for log lines, headers and redirections. */
import { header } from '../../../http/index.ts';
import type { HttpRequest } from '../../../http/types.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { isoTime, localTime } from './log.ts';

/** One request, and what is known of its answer so far. */
export interface Exchange {
  readonly sys: Sys;
  readonly request: HttpRequest;
  readonly client: { readonly ip: string; readonly port: number };
  readonly local: { readonly ip: string; readonly port: number };
  readonly serverName: string;
  readonly startNs: bigint;
  readonly connection: number;
  /** Counts requests, for upstreams in turn. */
  readonly turn: number;
  uri: string;
  status: number;
  bodyBytes: number;
}

/** Text with its `$name` and `${name}` filled in. */
export const expand = (exchange: Exchange, text: string): string =>
  text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced: string | undefined, bare: string | undefined) =>
    variable(exchange, braced ?? bare ?? ''),
  );

/** As a log line has it: `-` for what is not there, quotes and control characters escaped. */
export const expandLogged = (exchange: Exchange, text: string): string =>
  text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced: string | undefined, bare: string | undefined) => {
    const value = variable(exchange, braced ?? bare ?? '');
    if (value === '') return '-';
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped.
    return value.replace(/["\\\x00-\x1f\x7f]/g, (char) => `\\x${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  });

function variable(exchange: Exchange, name: string): string {
  const { request, client, local } = exchange;
  if (name.startsWith('http_')) return header(request.headers, name.slice(5).replaceAll('_', '-')) ?? '';
  if (name.startsWith('arg_')) return request.query.get(name.slice(4)) ?? '';
  switch (name) {
    case 'remote_addr':
      return client.ip;
    case 'remote_port':
      return String(client.port);
    case 'server_addr':
      return local.ip;
    case 'server_port':
      return String(local.port);
    case 'server_name':
      return exchange.serverName;
    case 'server_protocol':
      return 'HTTP/1.1';
    case 'scheme':
      return 'http';
    case 'host':
      return (header(request.headers, 'host') ?? exchange.serverName).replace(/:\d+$/, '').toLowerCase();
    case 'hostname':
      return exchange.sys.hostname();
    case 'request':
      return `${request.method} ${request.target} HTTP/1.1`;
    case 'request_method':
      return request.method;
    case 'request_uri':
      return request.target;
    case 'uri':
    case 'document_uri':
      return exchange.uri;
    case 'args':
    case 'query_string':
      return request.target.includes('?') ? request.target.slice(request.target.indexOf('?') + 1) : '';
    case 'is_args':
      return request.target.includes('?') ? '?' : '';
    case 'proxy_add_x_forwarded_for': {
      const before = header(request.headers, 'x-forwarded-for');
      return before === undefined ? client.ip : `${before}, ${client.ip}`;
    }
    case 'proxy_host':
    case 'remote_user':
      return '';
    case 'content_length':
      return header(request.headers, 'content-length') ?? '';
    case 'content_type':
      return header(request.headers, 'content-type') ?? '';
    case 'time_local':
      return localTime(exchange.sys);
    case 'time_iso8601':
      return isoTime(exchange.sys);
    case 'msec':
      return (Number(exchange.sys.clock.nowNs() / 1_000_000n) / 1000).toFixed(3);
    case 'request_time':
      return (Number(exchange.sys.clock.monotonicNs() - exchange.startNs) / 1e9).toFixed(3);
    case 'status':
      return String(exchange.status);
    case 'body_bytes_sent':
    case 'bytes_sent':
      return String(exchange.bodyBytes);
    case 'connection':
      return String(exchange.connection);
    case 'pid':
      return String(exchange.sys.pid);
    default:
      return '';
  }
}
