/** `ip route` and `ip neighbour`. */

import { broadcastOf, contains, parsePrefix } from '../../../kernel/net/ip.ts';
import type { LinkInfo, Refusal, RouteInfo } from '../../../kernel/net/types.ts';
import { noDevice } from './address.ts';
import { findWayText } from './get.ts';
import { jsonText, neighbourJson, routeJson } from './json.ts';
import { type IpCall, IpError, isShortFor, type Words } from './words.ts';

export async function route(call: IpCall, words: Words): Promise<string> {
  const verb = words.peek();
  if (verb === 'get') {
    words.next();
    return findWayText(call, words.value());
  }
  if (isShortFor(verb, 'add') || verb === 'append' || verb === 'replace')
    return change(call, words, verb === 'replace' ? 'replace' : 'add');
  if (isShortFor(verb, 'delete')) return change(call, words, 'delete');
  if (verb !== undefined && (isShortFor(verb, 'show') || verb === 'list' || verb === 'ls')) words.next();
  return show(call, words);
}

function show(call: IpCall, words: Words): string {
  let device: string | undefined;
  let wanted: string | undefined;
  let table = 'main';
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'dev') device = words.value();
    else if (word === 'table') table = words.value();
    else if (word === 'proto' || word === 'scope') words.value();
    else if (word !== 'exact' && word !== 'root' && word !== 'match') wanted = word;
  }
  const links = call.sys.net.link.list();
  const down = new Set(links.filter((link) => link.up && !link.carrier).map(({ name }) => name));
  if (table !== 'main' && table !== '254')
    return localTable(links, down)
      .filter((line) => table === 'local' && (device === undefined || line.includes(` dev ${device} `)))
      .join('');
  const isShort = device !== undefined;
  const shown = call.sys.net.link
    .routes(call.family ?? 'inet')
    .filter((one) => (device === undefined || one.device === device) && (wanted === undefined || one.destination === wanted));
  if (call.json)
    return jsonText(
      shown.map((one) => routeJson(one, down.has(one.device) ? ['linkdown'] : [])),
      call,
    );
  return shown
    .map((one) => (call.dialect === 'gnu' ? gnuLine(one, down) : busyboxLine(one)))
    .concat(call.dialect === 'busybox' && call.family === 'inet6' && wanted === undefined ? multicastLines(links, device) : [])
    .map((line) => (isShort && call.dialect === 'gnu' ? line.replace(/ dev \S+/, '') : line))
    .join('');
}

/** busybox shows these of the local table too. */
const multicastLines = (links: readonly LinkInfo[], device: string | undefined): readonly string[] =>
  links
    .filter(({ name, up, addresses }) => name !== 'lo' && up && addresses.some(({ family }) => family === 'inet6'))
    .filter(({ name }) => device === undefined || name === device)
    .map(({ name }) => `multicast ff00::/8 dev ${name}  metric 256 \n`);

/** What is the machine's own, and what goes to everybody on a link: it follows from the addresses. */
function localTable(links: readonly LinkInfo[], down: ReadonlySet<string>): readonly string[] {
  const lines = links
    .filter(({ up }) => up)
    .flatMap(({ name, addresses }) =>
      addresses
        .filter(({ family }) => family === 'inet')
        .flatMap(({ ip, prefixLength }) => {
          const rest = `dev ${name} proto kernel scope`;
          const last = broadcastOf(ip, prefixLength);
          const net =
            name === 'lo' ? [{ at: 0, text: `local ${ip.replace(/\.\d+$/, '.0')}/${prefixLength} ${rest} host src ${ip} \n` }] : [];
          const all = `broadcast ${last} ${rest} link src ${ip} ${down.has(name) ? 'linkdown ' : ''}\n`;
          return [...net, { at: 1, text: `local ${ip} ${rest} host src ${ip} \n` }, { at: 2, text: all }].map((line) => ({ ...line, ip }));
        }),
    );
  const key = ({ ip }: { readonly ip: string }): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return lines.sort((a, b) => key(a) - key(b) || a.at - b.at).map(({ text }) => text);
}

const shortened = (destination: string): string => destination.replace(/^([\d.]+)\/32$/, '$1').replace(/\/128$/, '');

function gnuLine({ destination, refuses, via, device, protocol, scope, source, metric }: RouteInfo, down: ReadonlySet<string>): string {
  return [
    ...(refuses === undefined ? [] : [refuses]),
    shortened(destination),
    ...(via === undefined ? [] : ['via', via]),
    ...(device === '' ? [] : ['dev', device]),
    ...(protocol === undefined || protocol === 'boot' ? [] : ['proto', protocol]),
    ...(scope === undefined || scope === 'global' ? [] : ['scope', scope]),
    ...(source === undefined ? [] : ['src', source]),
    ...(metric === undefined ? [] : ['metric', String(metric)]),
    ...(down.has(device) ? ['linkdown'] : []),
    ...(destination.includes(':') || via?.includes(':') ? ['pref', 'medium'] : []),
  ]
    .join(' ')
    .replace(/$/, destination.includes(':') || via?.includes(':') ? '\n' : ' \n');
}

function busyboxLine({ destination, refuses, via, device, scope, source, metric }: RouteInfo): string {
  const kind = refuses === undefined ? '' : `${refuses} `;
  const gateway = via === undefined ? '' : `via ${via} `;
  const reach = scope === undefined || scope === 'global' ? '' : `scope ${scope} `;
  const from = source === undefined ? '' : ` src ${source} `;
  const cost = metric === undefined ? '' : ` metric ${metric} `;
  return `${kind}${shortened(destination)} ${gateway}${device === '' ? '' : `dev ${device} `}${reach}${from}${cost}\n`;
}

const isRefusal = (word: string): word is Refusal => ['blackhole', 'unreachable', 'prohibit'].includes(word);

function change(call: IpCall, words: Words, verb: 'add' | 'delete' | 'replace'): string {
  words.next();
  const wanted: {
    destination: string;
    via?: string;
    device: string;
    source?: string;
    metric?: number;
    scope?: 'link' | 'host' | 'global';
    refuses?: Refusal;
  } = { destination: '', device: '' };
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'via') wanted.via = words.value();
    else if (word === 'dev') wanted.device = words.value();
    else if (word === 'src') wanted.source = words.value();
    else if (word === 'metric') wanted.metric = Number(words.value());
    else if (word === 'scope') wanted.scope = words.value() === 'link' ? 'link' : 'global';
    else if (word === 'proto' || word === 'table') words.value();
    else if (isRefusal(word)) wanted.refuses = word;
    else if (word !== 'unicast') wanted.destination = word === 'to' ? words.value() : word;
  }
  const { link } = call.sys.net;
  if (wanted.destination === '') throw new IpError('Command line is not complete. Try option "help"', 255);
  if (wanted.device !== '' && !link.list().some(({ name }) => name === wanted.device)) {
    throw new IpError(call.dialect === 'gnu' ? `Cannot find device "${wanted.device}"` : `can't find device '${wanted.device}'`, 1);
  }
  const named = wanted.destination === 'default' || /^[\da-fA-F.:/]+$/.test(wanted.destination);
  if (wanted.via !== undefined && !/^[\da-fA-F.:]+$/.test(wanted.via))
    throw new IpError(
      call.dialect === 'gnu'
        ? `Error: any valid address is expected rather than "${wanted.via}".`
        : `an inet address is expected rather than "${wanted.via}"`,
      1,
    );
  if (!named) throw new IpError(`Error: any valid prefix is expected rather than "${wanted.destination}".`, 1);
  const old = {
    destination: wanted.destination,
    ...(wanted.via !== undefined && verb === 'delete' && { via: wanted.via }),
    ...(wanted.device !== '' && verb === 'delete' && { device: wanted.device }),
  };
  if (verb === 'delete' || (verb === 'replace' && link.routes(call.family).some(({ destination }) => destination === wanted.destination)))
    link.deleteRoute(old);
  if (verb !== 'delete') link.addRoute({ ...wanted, protocol: 'boot' });
  return '';
}

export async function neighbour(call: IpCall, words: Words): Promise<string> {
  let device: string | undefined;
  let wanted: string | undefined;
  const states: string[] = [];
  const verb = words.peek();
  if (verb !== undefined && (isShortFor(verb, 'show') || verb === 'list' || verb === 'ls')) words.next();
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'dev') device = words.value();
    else if (word === 'nud') states.push(words.value().toUpperCase());
    else wanted = word === 'to' ? words.value() : word;
  }
  const prefix = wanted === undefined ? undefined : parsePrefix(wanted, wanted.includes(':') ? 'inet6' : 'inet');
  if (device !== undefined && !call.sys.net.link.list().some(({ name }) => name === device)) throw noDevice(call, device);
  const shown = call.sys.net.link
    .neighbours()
    .filter(
      (one) =>
        (device === undefined || one.device === device) &&
        (prefix === undefined || contains(prefix, one.ip)) &&
        (states.length === 0 || states.includes('ALL') || states.includes(one.state)) &&
        (call.family === undefined || (call.family === 'inet6') === one.ip.includes(':')),
    );
  if (call.json) return jsonText(shown.map(neighbourJson), call);
  return shown
    .map(
      ({ ip, device: at, mac, state }) =>
        `${ip} ${device !== undefined ? '' : `dev ${at} `}${mac === '' ? '' : `lladdr ${mac} `}${state} \n`,
    )
    .join('');
}

/** `ip rule`: the three tables that are asked one after the other. There are no others here. */
export async function rule({ dialect }: IpCall, words: Words): Promise<string> {
  const verb = words.next();
  if (verb !== undefined && !isShortFor(verb, 'show') && verb !== 'list' && verb !== 'ls')
    throw new IpError('Error: rules of their own are not supported by this model.', 2);
  const end = dialect === 'busybox' ? ' \n' : '\n';
  return ['0:\tfrom all lookup local', '32766:\tfrom all lookup main', '32767:\tfrom all lookup default']
    .map((line) => line + end)
    .join('');
}
