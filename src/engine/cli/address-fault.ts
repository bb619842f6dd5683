/** What is wrong with a text that is no address, in the words of Go's netip.ParseAddr. */
export function addressFault(text: string): string {
  if (!/[.:%]/.test(text)) return 'unable to parse IP';
  if (/^[\d.]+$/.test(text))
    return text.split('.').some((part) => Number(part) > 255) ? 'IPv4 field has value >255' : 'IPv4 address too short';
  return text.includes(':') ? 'unexpected character' : `unexpected character (at ${JSON.stringify(text.slice(text.search(/[^\d.]/)))})`;
}
