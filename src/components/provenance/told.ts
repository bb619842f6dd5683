/** Parts of a page tell each other which deed a reader looks at: by the instant at which its command began. */
const NAME = 'drydock-deed';

interface Told {
  readonly by: object;
  readonly atNs: string;
}

export const tellDeed = (by: object, atNs: string): void => {
  document.dispatchEvent(new CustomEvent<Told>(NAME, { detail: { by, atNs } }));
};

/** Called when somebody else told of one. */
export function whenDeedIsTold(listener: object, hear: (atNs: string) => void): void {
  document.addEventListener(NAME, (event) => {
    const told = event instanceof CustomEvent ? (event.detail as Told) : null;
    if (told && told.by !== listener) hear(told.atNs);
  });
}
