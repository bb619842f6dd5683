/** Whether a network may sit on the interface that it names. */
import type { Sys } from '../../kernel/sys.ts';
import { invalid, system } from '../errors.ts';
import { dummyOf, hasLink, MODES, modeOf, type OnParent, vlanOf } from './macvlan.ts';

const FLAGS = ['bridge', 'private', 'vepa'];

interface ParentWish {
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
  /** The networks that there are. */
  readonly others: readonly OnParent[];
}

/** Throws DockerError if the host has no such interface, it is somebody's alone, or the mode is none. */
export function checkParent(sys: Sys, { driver, options, others }: ParentWish): void {
  const modes = MODES[driver];
  if (!modes) return;
  const mode = options[`${driver}_mode`];
  if (mode && !modes.includes(mode))
    throw invalid(`requested ${driver} mode '${mode}' is not valid, '${modes[0]}' mode is the ${driver} driver default`);
  const { parent, ipvlan_flag: flag } = options;
  if (driver === 'ipvlan' && flag && !FLAGS.includes(flag))
    throw invalid(`requested ipvlan flag '${flag}' is not valid, 'bridge' is the ipvlan driver default`);
  if (parent === 'lo') throw system(`loopback interface is not a valid ${driver} parent link`);
  const beside = others.find((other) => other.driver === driver && other.options.parent === parent);
  if (driver === 'ipvlan' && parent && beside) throw system(`network ${dummyOf(beside)} is already using parent interface ${parent}`);
  if (driver === 'macvlan' && parent && beside) checkAlone(mode, beside, parent);
  if (parent && !hasLink(sys, parent)) vlanOf(sys, parent);
}

/** In passthru mode an interface serves one network only. */
function checkAlone(mode: string | undefined, beside: OnParent, parent: string): void {
  if (mode === 'passthru')
    throw system(`cannot use mode passthru, macvlan network ${beside.id} is already using parent interface ${parent}`);
  if (modeOf(beside) === 'passthru')
    throw system(`macvlan network ${beside.id} is already using parent interface ${parent} in mode passthru`);
}
