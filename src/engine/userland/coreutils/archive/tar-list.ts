/** How a member is shown by tar -t and -v. */

import type { FileType } from '../../../kernel/fs/types.ts';
import type { TarEntry, TarType } from '../../../oci/index.ts';
import type { Tool } from '../../tool.ts';
import { strftime, zoneOf } from '../dates.ts';
import { modeText } from '../modes.ts';
import type { Call } from './tar-options.ts';

export type Shown = Omit<TarEntry, 'content' | 'xattrs'> & { readonly sizeBytes: number };

const FILE_TYPES: Readonly<Record<TarType, FileType>> = {
  file: 'regular',
  link: 'regular',
  directory: 'directory',
  symlink: 'symlink',
  'char-device': 'char-device',
  'block-device': 'block-device',
  fifo: 'fifo',
};
/** GNU's column of owner and size is as wide as this, and grows. */
const OWNER_AND_SIZE = 19;

/** A line as `ls -l` would show it. */
export function memberLine(tool: Tool, member: Shown, { options }: Pick<Call, 'options'>): string {
  const isNumeric = options.has('numeric');
  const user = isNumeric || member.uname === '' ? String(member.uid) : member.uname;
  const group = isNumeric || member.gname === '' ? String(member.gid) : member.gname;
  const mode = modeText({ type: FILE_TYPES[member.type], mode: member.mode });
  const isDevice = member.type === 'char-device' || member.type === 'block-device';
  const size = isDevice ? `${member.devmajor},${member.devminor}` : String(member.sizeBytes);
  const zone = zoneOf(tool.sys.env.get('TZ'));
  if (tool.isBusybox) {
    const target = member.type === 'symlink' || member.type === 'link' ? ` -> ${member.linkname}` : '';
    return `${mode} ${user}/${group} ${size.padStart(9)} ${strftime('%Y-%m-%d %H:%M:%S', member.mtimeNs, zone)} ${member.name}${target}\n`;
  }
  const owner = `${user}/${group}`;
  const target = member.type === 'symlink' ? ` -> ${member.linkname}` : member.type === 'link' ? ` link to ${member.linkname}` : '';
  const letters = member.type === 'link' ? `h${mode.slice(1)}` : mode;
  return `${letters} ${owner} ${size.padStart(OWNER_AND_SIZE - 1 - owner.length)} ${strftime('%Y-%m-%d %H:%M', member.mtimeNs, zone)} ${member.name}${target}\n`;
}
