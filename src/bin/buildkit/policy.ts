/** Policies of a client: each source of a build is shown to it before the build begins. Upstream: buildkit solver/llbsolver/policy.go. */
import type { Caller } from './callers.ts';
import { Code, GrpcError } from './grpc/status.ts';
import { type Decision, POLICY_ACTION } from './messages/policy.ts';

const NAMES = ['ALLOW', 'DENY', 'CONVERT'];

/** Throws GrpcError for a source that is not allowed, or of which the client wants to know more than its name. */
export async function checkSources(caller: Caller, sources: readonly string[]): Promise<void> {
  for (const source of sources) {
    const identifier = asWritten(source);
    const { decision, request } = await caller.checkPolicy(identifier);
    if (request) throw new GrpcError(Code.unknown, `the policy asks for more than the name of ${identifier}, which is not supported`);
    if (!decision) throw new GrpcError(Code.unknown, 'no decision in policy response');
    if (decision.action === POLICY_ACTION.convert)
      throw new GrpcError(Code.unknown, `the policy puts another source in the place of ${identifier}, which is not supported`);
    if (decision.action !== POLICY_ACTION.allow) throw denied(identifier, decision);
  }
}

/** An image by its tag, as it is asked for before it is resolved. */
const asWritten = (source: string): string => source.replace(/^(docker-image:\/\/.*:[^/@:]+)@sha256:[0-9a-f]+$/, '$1');

function denied(identifier: string, { action, denyMessages }: Decision): GrpcError {
  const value = new TextEncoder().encode(JSON.stringify({ action, denyMessages }));
  const typeUrl = 'github.com/moby/buildkit/policysession.DecisionResponse+json';
  return new GrpcError(Code.unknown, `source ${JSON.stringify(identifier)} not allowed by policy: action ${NAMES[action] ?? action}`, [
    { typeUrl, value },
  ]);
}
