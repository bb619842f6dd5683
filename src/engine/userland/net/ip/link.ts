/** `ip link`: show, set, add, delete. */
import type { LinkInfo } from '../../../kernel/net/types.ts';
import { noDevice } from './address.ts';
import { detailLines, firstLine, flagsOf, hardwareLine, nameOf, stateOf, statistics } from './describe.ts';
import { briefLinkJson, jsonText, linkJson } from './json.ts';
import { namespaceNamed } from './netns.ts';
import { type IpCall, IpError, isShortFor, type Words } from './words.ts';

export async function link(call: IpCall, words: Words): Promise<string> {
  const verb = words.peek();
  if (isShortFor(verb, 'add')) return add(call, words);
  if (isShortFor(verb, 'delete')) return remove(call, words);
  if (verb === 'set') return set(call, words);
  if (verb !== undefined && (isShortFor(verb, 'show') || verb === 'list' || verb === 'ls')) words.next();
  return show(call, words);
}

function show(call: IpCall, words: Words): string {
  let device: string | undefined;
  let master: string | undefined;
  let kind: string | undefined;
  let isUp = false;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (call.dialect === 'busybox' && (word === 'type' || word === 'master')) throw garbage(call, words.value());
    if (word === 'master') master = words.value();
    else if (word === 'type') kind = words.value();
    else if (word === 'up') isUp = true;
    else if (word === 'group') words.value();
    else if (device !== undefined && word !== 'dev') throw garbage(call, word);
    else device = word === 'dev' ? words.value() : word;
  }
  const all = call.sys.net.link.list();
  if (device !== undefined && !all.some(({ name }) => name === device)) throw noDevice(call, device);
  const isShown = (one: LinkInfo): boolean =>
    (device === undefined || one.name === device) &&
    (master === undefined || one.master === master) &&
    (kind === undefined || one.kind === kind) &&
    (!isUp || one.up);
  const shown = all.filter(isShown);
  if (call.json)
    return jsonText(
      shown.map((one) => (call.brief ? briefLinkJson(one, all) : linkJson(one, all, 'DEFAULT'))),
      call,
    );
  return shown.map((one) => (call.brief ? brief(one, all, call) : full(one, all, call))).join('');
}

const garbage = ({ dialect }: IpCall, word: string): IpError =>
  dialect === 'gnu'
    ? new IpError(`Error: either "dev" is duplicate, or "${word}" is a garbage.`, 255)
    : new IpError(`either "dev" is duplicate, or "${word}" is garbage`, 1);

const brief = (link: LinkInfo, all: readonly LinkInfo[], call: IpCall): string =>
  `${nameOf(link, all).padEnd(16)} ${stateOf(link).padEnd(14)} ${link.mac} <${flagsOf(link, call)}> \n`;

function full(link: LinkInfo, all: readonly LinkInfo[], call: IpCall): string {
  const first = firstLine(link, all, call).replace('group default', 'mode DEFAULT group default');
  const lines = [`${link.index}: ${first}`, hardwareLine(link, call), ...detailLines(link, all, call)];
  if (call.stats) lines.push(...statistics(link));
  return `${lines.join(call.oneline ? '\\' : '\n')}\n`;
}

function add(call: IpCall, words: Words): string {
  words.next();
  let name: string | undefined;
  let kind: string | undefined;
  let parent: string | undefined;
  let mode: string | undefined;
  let peer: string | undefined;
  let mac: string | undefined;
  let mtu: number | undefined;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'type') kind = words.value();
    else if (word === 'link') parent = words.value();
    else if (word === 'address') mac = words.value();
    else if (word === 'mtu') mtu = Number(words.value());
    else if (word === 'peer') peer = words.value() === 'name' ? words.value() : undefined;
    else if (word === 'mode') mode = words.value();
    else if (word === 'id') words.value();
    else name = word === 'name' || word === 'dev' ? words.value() : word;
  }
  if (kind === undefined) throw new IpError('Not enough information: "type" argument is required', 255);
  if (kind !== 'bridge' && kind !== 'veth' && kind !== 'macvlan' && kind !== 'ipvlan' && kind !== 'vlan' && kind !== 'dummy')
    throw new IpError('Error: Unknown device type.', 2);
  const wanted = name ?? nextName(call, kind);
  if (wanted.length > MAX_NAME && call.dialect === 'gnu')
    throw new IpError(`Error: argument "${wanted}" is wrong: "name" not a valid ifname`, 255);
  call.sys.net.link.add({
    name: wanted,
    kind,
    ...(peer !== undefined && { peer: { name: peer } }),
    ...(parent !== undefined && { parent }),
    ...(mode !== undefined && { mode }),
    ...(mac !== undefined && { mac }),
    ...(mtu !== undefined && { mtu }),
    queueLength: USUAL_QUEUE,
  });
  return '';
}

/** What a new link has unless somebody says otherwise. */
const USUAL_QUEUE = 1000;
const MAX_NAME = 15;

function nextName({ sys }: IpCall, kind: string): string {
  const taken = new Set(sys.net.link.list().map(({ name }) => name));
  for (let number = 0; ; number += 1) if (!taken.has(`${kind}${number}`)) return `${kind}${number}`;
}

function remove(call: IpCall, words: Words): string {
  words.next();
  const word = words.value();
  const name = word === 'dev' ? words.value() : word;
  mustExist(call, name);
  call.sys.net.link.delete(name);
  return '';
}

function mustExist(call: IpCall, name: string): void {
  if (call.sys.net.link.list().some((link) => link.name === name)) return;
  throw new IpError(call.dialect === 'gnu' ? `Cannot find device "${name}"` : `can't find device '${name}'`, 1);
}

function set(call: IpCall, words: Words): string {
  words.next();
  const first = words.value();
  const name = first === 'dev' ? words.value() : first;
  mustExist(call, name);
  const change: {
    up?: boolean;
    master?: string | null;
    rename?: string;
    mac?: string;
    mtu?: number;
    namespace?: ReturnType<IpCall['sys']['ns']['of']>;
  } = {};
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'up' || word === 'down') change.up = word === 'up';
    else if (word === 'master') change.master = words.value();
    else if (word === 'nomaster') change.master = null;
    else if (word === 'name') change.rename = words.value();
    else if (word === 'address') change.mac = words.value();
    else if (word === 'mtu') change.mtu = Number(words.value());
    else if (word === 'netns') change.namespace = namespaceNamed(call.sys, words.value());
    else throw garbage(call, word);
  }
  if (typeof change.master === 'string') mustExist(call, change.master);
  call.sys.net.link.set(name, change);
  return '';
}
