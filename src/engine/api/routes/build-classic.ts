/** POST /build without `version=2`: lines of text, as clients read them that know no BuildKit. */
import { classicBuild } from '../../daemon/builder/classic/build.ts';
import { readCredentials } from '../../daemon/builder/credentials.ts';
import { readRequest } from '../../daemon/builder/request.ts';
import { DockerError, system } from '../../daemon/errors.ts';
import { header } from '../../http/headers.ts';
import { readAll } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { type Call, flag } from '../router.ts';
import { jsonStream } from '../stream.ts';

const MAX_CONTEXT_BYTES = 512 * 1024 * 1024;

export async function classic({ daemon, query, request }: Call): Promise<HttpResponse> {
  const asked = asClassic(() => readRequest(query, undefined));
  const context = await readAll(request, MAX_CONTEXT_BYTES);
  const credentials = readCredentials(header(request.headers, 'x-registry-config'), undefined);
  const isQuiet = flag(query, 'q');
  return jsonStream(daemon.sys, (say) =>
    classicBuild(daemon, {
      request: asked,
      context,
      credentials,
      removes: flag(query, 'rm', true),
      removesAlways: flag(query, 'forcerm'),
      say: isQuiet ? quietly(say) : say,
    }),
  );
}

/** A name that is none was found later, when everything was an error of the server's. */
function asClassic<Asked>(read: () => Asked): Asked {
  try {
    return read();
  } catch (error) {
    const [, twice] =
      (error instanceof DockerError && /^invalid reference format: (invalid reference format.*)$/.exec(error.message)) || [];
    throw twice === undefined ? error : system(twice);
  }
}

/** Only the image's id; all of it, if something went wrong. */
function quietly(say: (line: unknown) => Promise<void>): (line: object) => Promise<void> {
  const held: object[] = [];
  return async (line) => {
    if ('aux' in line) await say({ stream: `${(line.aux as { ID: string }).ID}\n` });
    else if (!('error' in line)) held.push(line);
    else for (const one of [...held, line]) await say(one);
  };
}
