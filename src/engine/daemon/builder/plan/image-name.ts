import { InvalidReference, parseReference, type Reference, withDefaultTag } from '../../../oci/reference.ts';
import { DockerfileError, quoted } from '../dockerfile/errors.ts';

export function isImageName(text: string): boolean {
  try {
    parseReference(text);
    return true;
  } catch (error) {
    if (error instanceof InvalidReference) return false;
    throw error;
  }
}

/** The image that FROM or --from names. Throws DockerfileError. */
export function imageNamed(text: string): Reference {
  try {
    return withDefaultTag(parseReference(text));
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    throw new DockerfileError(`failed to parse stage name ${quoted(text)}: ${error.message}`);
  }
}
