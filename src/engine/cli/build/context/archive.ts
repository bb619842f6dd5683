/** Tells an archive from a Dockerfile by its first bytes. Upstream: docker/buildx build/utils.go. */
const MAGIC: readonly (readonly number[])[] = [
  [0x42, 0x5a, 0x68],
  [0x1f, 0x8b, 0x08],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
];
const HEADER_BYTES = 512;
const [CHECKSUM_AT, CHECKSUM_END] = [148, 156];
const BLANK = 32;

/** Compressed by bzip2, gzip or xz, or a tar's header whose sum is right. */
export function isArchive(bytes: Uint8Array): boolean {
  return MAGIC.some((magic) => magic.every((byte, i) => bytes[i] === byte)) || isTarHeader(bytes.subarray(0, HEADER_BYTES));
}

function isTarHeader(block: Uint8Array): boolean {
  if (block.length < HEADER_BYTES || block.every((byte) => byte === 0)) return false;
  const written = Number.parseInt(String.fromCharCode(...block.subarray(CHECKSUM_AT, CHECKSUM_END)).trim(), 8);
  return block.reduce((sum, byte, i) => sum + (i >= CHECKSUM_AT && i < CHECKSUM_END ? BLANK : byte), 0) === written;
}
