/**
 * What the CLI says to the Engine's API, command by command, as recorded of a real Engine: the same requests to the model get the same
 * status, headers and JSON.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { playCommand } from '../../src/engine/machine/play.ts';
import { oracleSpec } from '../../src/engine/machine/spec.ts';
import { ORACLE_SETTINGS } from '../../src/engine/machine/world/settings.ts';
import { writeTar } from '../../src/engine/oci/index.ts';
import { type ApiCall, ApiMachine } from './api-machine.ts';
import { type Bindings, compareExchange, createBindings, type Issue, liveText, liveValue } from './oracle/lib/check-json.mjs';

interface Recorded {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, string>>;
    readonly contentType?: string;
    readonly body?: unknown;
    readonly stdin?: string;
  };
  readonly response: { readonly status: number; readonly upgraded?: boolean; readonly body?: unknown };
}
interface Command {
  readonly name: string | null;
  readonly cmd: string;
}
interface Played {
  readonly name: string;
  readonly cmd: string;
  readonly issues: readonly (Issue & { readonly request: string })[];
}

const here = path.dirname(fileURLToPath(import.meta.url));
const commands = JSON.parse(readFileSync(path.join(here, 'api-order.json'), 'utf8')) as readonly Command[];
/** What the recorder's commands put into the archives that they send. */
const FILES: Readonly<Record<string, string>> = { 'f.txt': 'file\n' };
const EPOCH_NS = 1_785_000_000n * 1_000_000_000n;
const LONGEST_MS = 30_000;
/** As long as a client takes to start. */
const PAUSE_MS = 150;
const HEAD_MS = 300;
/** Answers that catch a container while it ends, or tasks on their way from state to state. */
const RACES: Readonly<Record<string, RegExp>> = {
  attach: /\/short\/json$/,
  'service-create-wait': /\/tasks$/,
  'stack-deploy': /\/info$/,
  'stack-services': /\/services$/,
  'stack-ps': /\/tasks$/,
};
const isRace = (name: string, { request }: Recorded): boolean => RACES[name]?.test(request.path) ?? false;
/** BuildKit speaks HTTP/2 over these. */
const isBuild = ({ request }: Recorded): boolean => /^\/(v[\d.]+\/)?(grpc|session)$/.test(request.path);

class Player {
  readonly #api: ApiMachine;
  readonly #archives = new Map<unknown, Uint8Array>();
  /** Of the object of the swarm that was looked at last: an update names it. */
  #version: string | undefined;

  constructor(api: ApiMachine) {
    this.#api = api;
  }

  async play(name: string, cmd: string): Promise<Played> {
    const { exchanges } = JSON.parse(readFileSync(path.join(here, 'api', `${name}.json`), 'utf8')) as { exchanges: readonly Recorded[] };
    if (exchanges.some(isBuild)) {
      await playCommand(this.#api.machine, cmd, ORACLE_SETTINGS);
      return { name, cmd, issues: [] };
    }
    await this.#api.until(() => false, PAUSE_MS);
    const bindings = createBindings();
    const sent: { readonly recorded: Recorded; readonly call: ApiCall; issues?: Played['issues'] }[] = [];
    for (const [index, recorded] of exchanges.entries()) {
      const one: (typeof sent)[number] = { recorded, call: this.#api.send(this.#live(recorded, bindings)) };
      sent.push(one);
      if (staysOpen(recorded, exchanges.slice(index + 1))) await this.#api.until(() => one.call.begun, HEAD_MS);
      else one.issues = await this.#finish(one, { name, cmd, bindings });
    }
    for (const one of sent) {
      if (one.issues) continue;
      if (isGivenUp(one.recorded)) one.call.cancel();
      one.issues = await this.#finish(one, { name, cmd, bindings });
    }
    return { name, cmd, issues: sent.flatMap(({ issues }) => issues ?? []) };
  }

  #live({ request: wanted, response }: Recorded, bindings: Bindings): Parameters<ApiMachine['send']>[0] {
    const now = Number((EPOCH_NS + this.#api.machine.now()) / 1_000_000_000n);
    const at = (key: string) => String(key === 'until' ? now + 1 : now - 600);
    const query = Object.entries(wanted.query ?? {}).map(([key, text]) => [
      key,
      key === 'version' && this.#version !== undefined
        ? this.#version
        : liveText(text, bindings).replace(/<(epoch|time|epoch-ns)>/g, () => at(key)),
    ]);
    const search = new URLSearchParams(query).toString();
    const body = this.#body(wanted.body, bindings);
    return {
      method: wanted.method,
      target: encodeURI(liveText(wanted.path, bindings)) + (search === '' ? '' : `?${search}`),
      headers: {
        ...(wanted.contentType ? { 'Content-Type': wanted.contentType } : {}),
        ...(/\/images\/.*\/push$|\/images\/create$/.test(wanted.path) ? { 'X-Registry-Auth': 'e30=' } : {}),
        ...(response.upgraded ? { Connection: 'Upgrade', Upgrade: 'tcp' } : {}),
      },
      body,
      stdin: response.upgraded ? (wanted.stdin ?? '') : undefined,
    };
  }

  /** An archive that an earlier answer brought is sent back as it came; another one is made of the names that were recorded. */
  #body(body: unknown, bindings: Bindings): Uint8Array | undefined {
    if (body === undefined) return undefined;
    const { tar, bytes } = body as { readonly tar?: readonly string[]; readonly bytes?: number };
    if (tar === undefined) return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(liveValue(body, bindings)));
    const files = tar.filter((name) => !name.endsWith('/'));
    return (
      this.#archives.get(bytes) ?? writeTar(files.map((name) => ({ name, content: new TextEncoder().encode(FILES[name] ?? `${name}\n`) })))
    );
  }

  async #finish(
    { recorded, call }: { readonly recorded: Recorded; readonly call: ApiCall },
    { name, cmd, bindings }: { readonly name: string; readonly cmd: string; readonly bindings: Bindings },
  ): Promise<Played['issues']> {
    const request = `${recorded.request.method} ${recorded.request.path}`;
    await this.#api.until(() => call.answer !== null || call.error !== null, LONGEST_MS);
    if (call.answer === null)
      return [{ kind: 'status', path: 'status', expected: recorded.response.status, got: String(call.error), request }];
    const issues = compareExchange(recorded.response, call.answer, bindings, { cmd, path: recorded.request.path });
    const { Version } = (call.answer.body ?? {}) as { readonly Version?: { readonly Index?: number } };
    if (Version?.Index !== undefined) this.#version = String(Version.Index);
    const size = (recorded.response.body as { readonly bytes?: number } | undefined)?.bytes;
    if (size !== undefined) this.#archives.set(size, call.answer.bytes);
    return issues
      .filter((issue) => !isRace(name, recorded) || issue.kind === 'status' || issue.kind === 'header')
      .map((issue) => ({ ...issue, request }));
  }
}

/** Waiting for a container that a later request starts, or watching it, goes on beside the requests that follow. */
function staysOpen({ request }: Recorded, later: readonly Recorded[]): boolean {
  const startsLater = later.some((one) => /\/containers\/[^/]+\/start$/.test(one.request.path));
  return /\/containers\/[^/]+\/wait$/.test(request.path) || (/\/containers\/[^/]+\/attach$/.test(request.path) && startsLater);
}

/** The client hung up before the answer's body came. */
const isGivenUp = ({ request, response }: Recorded): boolean =>
  /\/containers\/[^/]+\/wait$/.test(request.path) && response.status === 200 && response.body === undefined;

describe('the Engine API, as recorded', () => {
  const played = new Map<string, Played>();
  let faults: readonly string[] = [];

  beforeAll(async () => {
    const spec = oracleSpec({ images: ['busybox:1.35'], needs: ['registry', 'hub'], files: FILES });
    const machine = await createMachine({ ...spec, epochNs: EPOCH_NS }, nodeHost);
    const player = new Player(new ApiMachine(machine));
    for (const { name, cmd } of commands) {
      if (name === null) await playCommand(machine, cmd, ORACLE_SETTINGS);
      else played.set(name, await player.play(name, cmd));
    }
    faults = machine.faults();
  }, 120_000);

  it.each(commands.filter(({ name }) => name !== null))('$name: $cmd', ({ name }) => {
    const issues = played.get(name ?? '')?.issues ?? [];
    expect(issues).toEqual([]);
  });

  it('never threw what it did not expect', () => {
    expect(faults).toEqual([]);
  });
});
