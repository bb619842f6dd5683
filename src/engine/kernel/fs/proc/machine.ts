/** The files of /proc that are about the whole machine. */
import type { VfsHost } from '../host.ts';
import { folder, symlink, text, type VirtualEntry } from '../virtual.ts';
import { sysctlDirectory } from './sysctl.ts';

const KIB = 1024;
const NS_PER_S = 1_000_000_000n;
const TICKS_PER_S = 100n;
const FILE_SYSTEMS = [
  'nodev\tsysfs',
  'nodev\ttmpfs',
  'nodev\tproc',
  'nodev\tcgroup',
  'nodev\tcgroup2',
  'nodev\tdevtmpfs',
  'nodev\tsockfs',
  'nodev\tpipefs',
  'nodev\tdevpts',
  '\text4',
  'nodev\tmqueue',
  'nodev\toverlay',
];

export function machineEntries(host: VfsHost): Readonly<Record<string, VirtualEntry>> {
  const source = () => host.proc;
  return {
    acpi: folder({}),
    bus: folder({}),
    fs: folder({}),
    irq: folder({}),
    scsi: folder({}),
    cmdline: text(() => 'BOOT_IMAGE=/boot/vmlinuz root=/dev/vda1 ro quiet\n'),
    cpuinfo: text(() => Array.from({ length: source().cpus }, (_, index) => cpu(index, source().cpus)).join('')),
    filesystems: text(() => `${FILE_SYSTEMS.join('\n')}\n`),
    interrupts: text(() => `${' '.repeat(11)}${Array.from({ length: source().cpus }, (_, index) => `CPU${index}`.padEnd(11)).join('')}\n`),
    kcore: text(() => '', 0o400),
    keys: text(() => ''),
    loadavg: text(() => loadavg(host)),
    meminfo: text(() => meminfo(host)),
    mounts: symlink(() => 'self/mounts'),
    net: symlink(() => 'self/net'),
    stat: text(() => stat(host)),
    swaps: text(() => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n'),
    sys: sysctlDirectory(source),
    'sysrq-trigger': { type: 'regular', mode: 0o200, read: () => '', write: () => {} },
    timer_list: text(() => '', 0o400),
    uptime: text(() => `${seconds(source().uptimeNs())} ${seconds(source().uptimeNs() * BigInt(source().cpus))}\n`),
    version: text(() => `Linux version ${source().kernel.release} (debian-kernel@lists.debian.org) (gcc) ${source().kernel.version}\n`),
  };
}

/** Seconds with two places. */
function seconds(ns: bigint): string {
  const hundredths = ns / (NS_PER_S / 100n);
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}

function cpu(index: number, cpus: number): string {
  const rows: readonly (readonly [string, string | number])[] = [
    ['processor\t', index],
    ['vendor_id\t', 'GenuineIntel'],
    ['cpu family\t', 6],
    ['model\t\t', 143],
    ['model name\t', 'Intel(R) Xeon(R) Processor'],
    ['stepping\t', 8],
    ['cpu MHz\t\t', '2400.000'],
    ['cache size\t', '16384 KB'],
    ['physical id\t', 0],
    ['siblings\t', cpus],
    ['core id\t\t', index],
    ['cpu cores\t', cpus],
    ['fpu\t\t', 'yes'],
    ['flags\t\t', 'fpu tsc msr pae cx8 apic sep cmov mmx fxsr sse sse2 ht syscall nx lm avx2'],
    ['bogomips\t', '4800.00'],
    ['address sizes\t', '46 bits physical, 57 bits virtual'],
  ];
  return `${rows.map(([key, value]) => `${key}: ${value}\n`).join('')}\n`;
}

function loadavg({ proc }: VfsHost): string {
  const loads = proc
    .loadAverage()
    .map((load) => load.toFixed(2))
    .join(' ');
  const pidNamespaceRoot = 4026531836;
  const pids = proc.pids(pidNamespaceRoot);
  return `${loads} 1/${Math.max(1, pids.length)} ${pids.at(-1) ?? 1}\n`;
}

function meminfo({ proc }: VfsHost): string {
  const { totalBytes, freeBytes, availableBytes } = proc.memory();
  const rows: readonly (readonly [string, number])[] = [
    ['MemTotal', totalBytes],
    ['MemFree', freeBytes],
    ['MemAvailable', availableBytes],
    ['Buffers', 0],
    ['Cached', Math.max(0, availableBytes - freeBytes)],
    ['SwapCached', 0],
    ['Active', 0],
    ['Inactive', 0],
    ['SwapTotal', 0],
    ['SwapFree', 0],
    ['Dirty', 0],
    ['Writeback', 0],
    ['AnonPages', Math.max(0, totalBytes - availableBytes)],
    ['Mapped', 0],
    ['Shmem', 0],
    ['KReclaimable', 0],
    ['Slab', 0],
    ['SReclaimable', 0],
    ['SUnreclaim', 0],
  ];
  return rows.map(([name, bytes]) => `${`${name}:`.padEnd(15)} ${String(Math.floor(bytes / KIB)).padStart(8)} kB\n`).join('');
}

function stat({ proc }: VfsHost): string {
  const idle = (proc.uptimeNs() * TICKS_PER_S) / NS_PER_S;
  const line = (name: string, ticks: bigint): string => `${name} 0 0 0 ${ticks} 0 0 0 0 0 0\n`;
  const each = Array.from({ length: proc.cpus }, (_, index) => line(`cpu${index}`, idle)).join('');
  return `${line('cpu ', idle * BigInt(proc.cpus))}${each}intr 0\nctxt 0\nbtime ${proc.bootTimeNs() / NS_PER_S}\nprocesses 0\nprocs_running 1\nprocs_blocked 0\n`;
}
