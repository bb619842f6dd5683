import { build } from '../../../client/build.ts';
import { readBody } from '../../../client/read-body.ts';
import { CliError, DaemonError, isNotFound } from '../../../errors.ts';
import { string } from '../../../flags/index.ts';
import { decodeText } from '../../../text.ts';
import { atMost, command } from '../../command.ts';
import { BUILDER } from '../plugin-flags.ts';
import { findRecord } from './records.ts';

/** Words for kinds of attachments; any other is the kind itself. */
const TYPES: Readonly<Record<string, (type: string) => boolean>> = {
  index: (type) => /index\.v1\+json$|manifest\.list\.v2\+json$/.test(type),
  manifest: (type) => /manifest\.v[12]\+json$/.test(type),
  image: (type) => /image\.config\.v1\+json$/.test(type),
  provenance: (type) => type.startsWith('https://slsa.dev/provenance/'),
  sbom: (type) => type === 'https://spdx.dev/Document',
};

/** What is attached to a record: the one of a digest, or the first of a type and for a platform. */
export const attachment = command({
  names: ['builder history inspect attachment'],
  summary: 'Inspect a build record attachment',
  as: 'buildx history inspect attachment',
  usage: '[OPTIONS] [REF [DIGEST]]',
  args: atMost(2),
  complete: 'nothing',
  flags: {
    ...BUILDER,
    platform: string('Platform of attachment'),
    type: string('Type of attachment'),
  },
  run: async (context) => {
    const { args, flags, client, out } = context;
    const [ref = '', digest = ''] = args;
    if (digest !== '' && !/^sha256:[0-9a-f]{64}$/.test(digest)) {
      const what = /^sha256:(?![0-9a-f]{64}$)[\w=-]+$/.test(digest) ? 'length' : 'format';
      throw new CliError(`invalid digest ${JSON.stringify(digest)}: invalid checksum digest ${what}`);
    }
    if (digest === '' && flags.type === '' && flags.platform === '')
      throw new CliError('at least one of --type, --platform or DIGEST must be specified');
    const { Ref, Attachments } = await findRecord(context, flags.builder, ref);
    const isWanted = TYPES[flags.type] ?? ((type: string) => flags.type === '' || type === flags.type);
    const found = Attachments.find(({ Type, Platform }) => (flags.platform === '' || Platform === flags.platform) && isWanted(Type));
    if (digest === '' && found === undefined) throw new CliError(`no matching attachment found for ref ${JSON.stringify(ref)}`);
    try {
      const bytes = await readBody(await build(client.http).attachment(Ref, digest === '' ? (found?.Digest ?? '') : digest));
      await out.text(`${JSON.stringify(JSON.parse(decodeText(bytes)), null, 2)}\n`);
    } catch (error) {
      if (!isNotFound(error) || !(error instanceof DaemonError)) throw error;
      throw new CliError(`NotFound: rpc error: code = NotFound desc = ${error.reason}`);
    }
  },
});
