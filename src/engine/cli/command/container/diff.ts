import type { FilesystemChange } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import { formatList, type ListFormat } from '../../formatter/list.ts';
import { command, exactly } from '../command.ts';

const KINDS = ['C', 'A', 'D'];

const CHANGES: ListFormat<FilesystemChange> = {
  type: '*container.diffContext',
  table: '{{.Type}}\t{{.Path}}',
  quiet: '{{.Path}}',
  heads: { Type: 'CHANGE TYPE', Path: 'PATH' },
  columns: { Type: ({ Kind }) => KINDS[Kind], Path: ({ Path }) => Path },
};

export const diff = command({
  names: ['container diff', 'diff'],
  summary: "Inspect changes to files or directories on a container's filesystem",
  usage: 'CONTAINER',
  args: exactly(1),
  complete: 'running-containers',
  flags: {},
  run: async ({ client, args: [name = ''], out }) => {
    if (name === '') throw new CliError('Container name cannot be empty');
    const changes = (await client.containers.changes(name)) ?? [];
    await out.text(formatList(CHANGES, '{{.Type}} {{.Path}}', changes));
  },
});
