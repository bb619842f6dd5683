/** Is it an IPv4 or IPv6 address, written as Go's net.ParseIP takes it? */
export function isIpAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

export function isIpv6(text: string): boolean {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0 || !text.includes(':')) return false;
  const groups = [...groupsOf(head), ...groupsOf(tail ?? '')];
  const embedded = groups.at(-1)?.includes('.') === true;
  if (embedded && !isIpv4(groups.at(-1) ?? '')) return false;
  const plain = embedded ? groups.slice(0, -1) : groups;
  const count = plain.length + (embedded ? 2 : 0);
  return plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) && (tail === undefined ? count === 8 : count < 8);
}

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));
