/** What is wrong with a text that is no address, in the words of Go's netip.ParseAddr. */
export function addressFault(text: string): string {
  if (!/[.:%]/.test(text)) return 'unable to parse IP';
  if (/^[\d.]+$/.test(text))
    return text.split('.').some((part) => Number(part) > 255) ? 'IPv4 field has value >255' : 'IPv4 address too short';
  return text.includes(':') ? 'unexpected character' : `unexpected character (at ${JSON.stringify(text.slice(text.search(/[^\d.]/)))})`;
}

/** The same for an address with a length, in the words of netip.ParsePrefix; null for what is one. `bitsOf`: how many bits an address has. */
export function prefixFault(text: string, bitsOf: (address: string) => number | null): string | null {
  const fault = (why: string): string => `netip.ParsePrefix(${JSON.stringify(text)}): ${why}`;
  const [address = '', length] = text.split('/');
  if (length === undefined) return fault("no '/'");
  const size = bitsOf(address);
  if (size === null) return fault(`ParseAddr(${JSON.stringify(address)}): ${addressFault(address)}`);
  if (!/^\d+$/.test(length)) return fault(`bad bits after slash: ${JSON.stringify(length)}`);
  return Number(length) > size ? fault('prefix length out of range') : null;
}
