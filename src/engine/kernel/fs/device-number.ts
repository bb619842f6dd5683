/** The number of a device file: which driver, and which of its devices. Upstream: glibc makedev(3), with eight bits for the minor. */
const MINORS = 256;

export const makedev = (major: number, minor: number): number => major * MINORS + minor;
export const majorOf = (rdev: number): number => Math.floor(rdev / MINORS);
export const minorOf = (rdev: number): number => rdev % MINORS;
