/** Requests about one repository: where they go, what they accept, what a token for them must allow. */
import type { ClientResponse } from '../../http/index.ts';
import { MEDIA_TYPE } from '../../oci/manifest.ts';
import type { Reference } from '../../oci/reference.ts';
import { urlOf } from './endpoint.ts';
import { type Call, failure, type Session } from './session.ts';

export interface Answer {
  readonly answer: ClientResponse;
  readonly method: string;
  readonly url: string;
}

export type Send = (reference: Reference, call: Call) => Promise<Answer>;

const ACCEPT = [MEDIA_TYPE.dockerManifest, MEDIA_TYPE.dockerList, MEDIA_TYPE.manifest, MEDIA_TYPE.index, '*/*'].join(', ');

/** Rejects with RegistryError for any status that is not a success. */
export async function ask(session: Session, call: Call): Promise<Answer> {
  const answer = await session.call(call);
  const about = { method: call.method, url: urlOf(session.endpoint(), call.target) };
  if (answer.status < 200 || answer.status > 299) throw await failure(answer, about);
  return { answer, ...about };
}

export const base = ({ path }: Reference): string => `/v2/${path}`;
export const scope = ({ path }: Reference, actions = 'pull'): string => `repository:${path}:${actions}`;

export const pull = (reference: Reference, method: string, rest: string): Call => ({
  method,
  target: `${base(reference)}/${rest}`,
  headers: [['Accept', rest.startsWith('manifests/') ? ACCEPT : '*/*']],
  scope: scope(reference),
});
