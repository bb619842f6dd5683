import { toRaw } from '../../program-io.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';

const SPEC = {
  short: 'b:c:d:f:nsz',
  long: {
    bytes: 'b:',
    characters: 'c:',
    delimiter: 'd:',
    fields: 'f:',
    'only-delimited': 's',
    complement: 'complement',
    'output-delimiter': 'output:',
    'zero-terminated': 'z',
  },
  usage: '[OPTIONS] [FILE]...',
};
type Range = readonly [from: number, to: number];

export const cut: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const kinds = options.given.filter(([key]) => 'bcf'.includes(key));
  const [kind, list = ''] = kinds[0] ?? [];
  if (kind === undefined)
    return tool.isBusybox
      ? tool.die('expected a list of bytes, characters, or fields')
      : tool.wrongUsage(SPEC, 'you must specify a list of bytes, characters, or fields');
  if (kinds.length > 1) return tool.isBusybox ? tool.wrongUsage(SPEC) : tool.wrongUsage(SPEC, 'only one list may be specified');
  const given = toRaw(options.value('d') ?? '\t');
  const delimiter = tool.isBusybox ? given.slice(0, 1) : given;
  if (options.has('d') && kind !== 'f')
    return tool.wrongUsage(SPEC, tool.isBusybox ? undefined : 'an input delimiter may be specified only when operating on fields');
  if (!tool.isBusybox && delimiter.length > 1) return tool.wrongUsage(SPEC, 'the delimiter must be a single character');
  const ranges = await rangesOf(tool, list, kind);
  const isWanted = (at: number): boolean => ranges.some(([from, to]) => at >= from && at <= to) !== options.has('complement');
  const output = options.value('output');
  await tool.eachLine(options.operands, async (line) => {
    if (kind === 'f') {
      if (!line.includes(delimiter)) {
        if (!options.has('s')) await tool.out.raw(`${line}\n`);
        return;
      }
      const fields = line.split(delimiter).filter((_, at) => isWanted(at + 1));
      await tool.out.raw(`${fields.join(output === undefined ? delimiter : toRaw(output))}\n`);
    } else await tool.out.raw(`${[...line].filter((_, at) => isWanted(at + 1)).join('')}\n`);
  });
  return 0;
};

async function rangesOf(tool: Tool, list: string, kind: string): Promise<readonly Range[]> {
  const ranges: Range[] = [];
  for (const part of list.split(/[, ]/)) {
    const match = /^(\d*)(-?)(\d*)$/.exec(part);
    const odd = part.split('-').find((bound) => !/^\d*$/.test(bound));
    if (tool.isBusybox && odd !== undefined) await tool.die(`invalid number '${odd}'`);
    if (!match || part === '-' || part === '') return invalid(tool, part, kind);
    const [, first = '', dash = '', last = ''] = match;
    if (first === '0' || (last === '0' && first === ''))
      return tool.isBusybox
        ? invalid(tool, part, kind)
        : tool.wrongUsage(SPEC, kind === 'f' ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1');
    const range: Range = [
      first === '' ? 1 : Number(first),
      dash === '' ? Number(first) : last === '' ? Number.POSITIVE_INFINITY : Number(last),
    ];
    if (range[1] < range[0]) return tool.isBusybox ? invalid(tool, part, kind) : tool.wrongUsage(SPEC, 'invalid decreasing range');
    ranges.push(range);
  }
  return ranges;
}

const invalid = (tool: Tool, part: string, kind: string): Promise<never> =>
  tool.isBusybox
    ? tool.die(`invalid range ${part}`)
    : part === '-'
      ? tool.wrongUsage(SPEC, 'invalid range with no endpoint: -')
      : tool.wrongUsage(SPEC, `invalid ${kind === 'f' ? 'field value' : 'byte/character position'} ${quoted(part)}`);
