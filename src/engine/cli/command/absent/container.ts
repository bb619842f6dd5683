/** Commands that are known, with their flags and help, but do nothing yet. */
import { bool, bytes, int, list, nanoCpus, string, uint } from '../../flags/index.ts';
import { anyArgs, command, type Command } from '../command.ts';
import { absent } from '../not-yet.ts';
import { FORMAT_TABLE } from '../texts.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['container commit', 'commit'],
    summary: "Create a new image from a container's changes",
    usage: '[OPTIONS] CONTAINER [REPOSITORY[:TAG]]',
    args: anyArgs,
    flags: {
        author: string('Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")', { short: 'a' }),
        change: list('Apply Dockerfile instruction to the created image', { short: 'c' }),
        message: string('Commit message', { short: 'm' }),
        'no-pause': bool('Disable pausing container during commit'),
      },
    run: absent,
  }),
  command({
    names: ['container cp', 'cp'],
    summary: '\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
    description: "Copy files/folders between a container and the local filesystem\n\nUse '-' as the source to read a tar archive from stdin\nand extract it to a directory destination in a container.\nUse '-' as the destination to stream a tar archive of a\ncontainer source to stdout.",
    usage: '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-',
    args: anyArgs,
    flags: {
        archive: bool('Archive mode (copy all uid/gid information)', { short: 'a' }),
        'follow-link': bool('Always follow symlinks in SRC_PATH', { short: 'L' }),
        quiet: bool('Suppress progress output during copy. Progress output is automatically suppressed if no terminal is attached', { short: 'q' }),
      },
    run: absent,
  }),
  command({
    names: ['container stats', 'stats'],
    summary: 'Display a live stream of container(s) resource usage statistics',
    usage: '[OPTIONS] [CONTAINER...]',
    args: anyArgs,
    flags: {
        all: bool('Show all containers', { short: 'a', shownDefault: 'shows just running' }),
        format: string(FORMAT_TABLE),
        'no-stream': bool('Disable streaming stats and only pull the first result'),
        'no-trunc': bool('Do not truncate output'),
      },
    run: absent,
  }),
  command({
    names: ['container update', 'update'],
    summary: 'Update configuration of one or more containers',
    usage: '[OPTIONS] CONTAINER [CONTAINER...]',
    args: anyArgs,
    flags: {
        'blkio-weight': uint('Block IO (relative weight), between 10 and 1000, or 0 to disable', { bits: 16, shownDefault: '0' }),
        'cpu-period': int('Limit CPU CFS (Completely Fair Scheduler) period'),
        'cpu-quota': int('Limit CPU CFS (Completely Fair Scheduler) quota'),
        'cpu-rt-period': int('Limit the CPU real-time period in microseconds'),
        'cpu-rt-runtime': int('Limit the CPU real-time runtime in microseconds'),
        'cpu-shares': int('CPU shares (relative weight)', { short: 'c' }),
        cpus: nanoCpus('Number of CPUs'),
        'cpuset-cpus': string('CPUs in which to allow execution (0-3, 0,1)'),
        'cpuset-mems': string('MEMs in which to allow execution (0-3, 0,1)'),
        memory: bytes('Memory limit', { short: 'm' }),
        'memory-reservation': bytes('Memory soft limit'),
        'memory-swap': bytes('Swap limit equal to memory plus swap: -1 to enable unlimited swap'),
        'pids-limit': int('Tune container pids limit (set -1 for unlimited)'),
        restart: string('Restart policy to apply when a container exits'),
      },
    run: absent,
  }),
];
