/** `ip address`: show, add, del, flush. */

import { broadcastOf } from '../../../kernel/net/ip.ts';
import type { AddressInfo, LinkInfo } from '../../../kernel/net/types.ts';
import { BOOKWORM, release } from '../release.ts';
import { detailLines, firstLine, hardwareLine, nameOf, stateOf, statistics } from './describe.ts';
import { addressJson, briefJson, jsonText, linkJson } from './json.ts';
import { type IpCall, IpError, isShortFor, type Words } from './words.ts';

export async function address(call: IpCall, words: Words): Promise<string> {
  const verb = words.peek();
  if (isShortFor(verb, 'add')) return change(call, words, 'add');
  if (isShortFor(verb, 'delete')) return change(call, words, 'delete');
  if (verb === 'flush') return flush(call, words);
  if (verb !== undefined && (isShortFor(verb, 'show') || verb === 'list' || verb === 'ls')) words.next();
  return show(call, words);
}

interface Filter {
  device: string | undefined;
  kind: string | undefined;
  master: string | undefined;
  scope: string | undefined;
  up: boolean;
  to: string | undefined;
}

function readFilter(words: Words): Filter {
  const filter: Filter = { device: undefined, kind: undefined, master: undefined, scope: undefined, up: false, to: undefined };
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'scope') filter.scope = words.value();
    else if (word === 'up') filter.up = true;
    else if (word === 'dev') filter.device = words.value();
    else if (word === 'to') filter.to = words.value();
    else if (word === 'type') filter.kind = words.value();
    else if (word === 'master') filter.master = words.value();
    else if (word === 'label') filter.device = words.value();
    else filter.device = word;
  }
  return filter;
}

function show(call: IpCall, words: Words): string {
  const filter = readFilter(words);
  const all = call.sys.net.link.list();
  if (filter.device !== undefined && !all.some(({ name }) => name === filter.device)) throw noDevice(call, filter.device);
  const isShown = (one: AddressInfo): boolean =>
    (call.family === undefined || one.family === call.family) && (filter.scope === undefined || one.scope === filter.scope);
  const isFiltered = call.family !== undefined || filter.scope !== undefined;
  const shown = all
    .filter((link) => (filter.device === undefined || link.name === filter.device) && (!filter.up || link.up))
    .filter(
      (link) => (filter.kind === undefined || link.kind === filter.kind) && (filter.master === undefined || link.master === filter.master),
    )
    .map((link) => ({ link, own: link.addresses.filter(isShown) }))
    .filter(({ own }) => own.length > 0 || !(isFiltered || (call.oneline && !call.brief)));
  if (call.json)
    return jsonText(
      shown.map(({ link, own }) => (call.brief ? briefJson(link, all, own) : { ...linkJson(link, all), addr_info: own.map(addressJson) })),
      call,
    );
  return shown
    .map(({ link, own }) =>
      call.brief
        ? briefLine(link, all, own)
        : call.oneline
          ? onelines(call, link, own)
          : full(call, link, { all, own, withHardware: call.family === undefined }),
    )
    .join('');
}

export const noDevice = ({ dialect }: IpCall, name: string): IpError =>
  new IpError(dialect === 'gnu' ? `Device "${name}" does not exist.` : `can't find device '${name}'`, 1);

function briefLine(link: LinkInfo, all: readonly LinkInfo[], own: readonly AddressInfo[]): string {
  return `${nameOf(link, all).padEnd(16)} ${stateOf(link).padEnd(14)} ${own.map(({ ip, prefixLength }) => `${ip}/${prefixLength} `).join('')}\n`;
}

function onelines(call: IpCall, link: LinkInfo, own: readonly AddressInfo[]): string {
  return own
    .map((one) => `${link.index}: ${link.name}    ${addressText(call, one)}\\       valid_lft forever preferred_lft forever\n`)
    .join('');
}

function full(
  call: IpCall,
  link: LinkInfo,
  { all, own, withHardware }: { all: readonly LinkInfo[]; own: readonly AddressInfo[]; withHardware: boolean },
): string {
  const lines = [`${link.index}: ${firstLine(link, all, call)}`];
  if (withHardware) lines.push(hardwareLine(link, call), ...detailLines(link, all, call));
  for (const one of own) lines.push(`    ${addressText(call, one)}`, '       valid_lft forever preferred_lft forever');
  if (call.stats) lines.push(...statistics(link));
  return `${lines.join('\n')}\n`;
}

function addressText({ sys, dialect }: IpCall, { family, ip, prefixLength, broadcast, scope, label }: AddressInfo): string {
  const text = `${family} ${ip}/${prefixLength}${broadcast === undefined ? '' : ` brd ${broadcast}`} scope ${scope}`;
  if (family === 'inet') return `${text}${label === undefined ? '' : ` ${label}`}`;
  // Since 6.2 iproute2 tells who gave an address, and how.
  if (dialect === 'gnu' && release(sys) > BOOKWORM)
    return `${text} ${scope === 'host' ? 'noprefixroute' : scope === 'link' ? 'proto kernel_ll ' : ''}`;
  if (dialect === 'gnu') return `${text} `;
  return scope === 'global' ? `${text} flags 02 ` : `${text} `;
}

/** `ADDRESS/LENGTH [brd +|ADDRESS] [label NAME] dev NAME` */
function change(call: IpCall, words: Words, verb: 'add' | 'delete'): string {
  words.next();
  let prefix: string | undefined;
  let device: string | undefined;
  let broadcast: string | undefined;
  let label: string | undefined;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'dev') device = words.value();
    else if (word === 'brd' || word === 'broadcast') broadcast = words.value();
    else if (word === 'label') label = words.value();
    else if (word === 'local') prefix = words.value();
    else if (word === 'scope' || word === 'peer') words.value();
    else if (word !== 'nodad' && word !== 'noprefixroute') prefix = word;
  }
  if (prefix === undefined || device === undefined) throw new IpError('Not enough information: "dev" argument is required.', 255);
  const [ip = '', length = ip.includes(':') ? '128' : '32'] = prefix.split('/');
  if (!/^[\da-fA-F.:]+$/.test(ip)) throw new IpError(`Error: any valid prefix is expected rather than "${prefix}".`, 1);
  const { link } = call.sys.net;
  if (!link.list().some(({ name }) => name === device))
    throw new IpError(call.dialect === 'gnu' ? `Cannot find device "${device}"` : `can't find device '${device}'`, 1);
  const prefixLength = Number(length);
  const shown = broadcast === '+' ? broadcastOf(ip, prefixLength) : broadcast;
  if (verb === 'add')
    link.addAddress(device, { ip, prefixLength, ...(shown !== undefined && { broadcast: shown }), ...(label !== undefined && { label }) });
  else link.deleteAddress(device, { ip, prefixLength });
  return '';
}

function flush(call: IpCall, words: Words): string {
  words.next();
  const { device } = readFilter(words);
  if (device === undefined) throw new IpError('Flush requires arguments.', 255);
  const link = call.sys.net.link.list().find(({ name }) => name === device);
  if (link === undefined) throw noDevice(call, device);
  for (const { ip, prefixLength } of link.addresses) call.sys.net.link.deleteAddress(device, { ip, prefixLength });
  return '';
}
