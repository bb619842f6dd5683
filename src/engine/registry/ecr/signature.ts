/** Who calls the API: a key's id, and a proof that the caller has its secret. In place of AWS's Signature Version 4. */
import { digestOf, hexOf } from '../../oci/digest.ts';

export interface Signed {
  readonly target: string;
  readonly body: string;
}

export const signature = (secret: string, { target, body }: Signed): string =>
  hexOf(digestOf(new TextEncoder().encode(`${secret}\n${target}\n${body}`)));
