import { type State, verticesOf } from '../plan/vertex.ts';
import { fixedPart } from './select.ts';

/** Which paths of the main context a build reads. */
export function contextPathsOf(target: State): readonly string[] {
  return [...verticesOf(target).values()].flatMap(({ operation, inputs }) => {
    const isContext = (input: number): boolean => {
      const source = inputs[input]?.operation;
      return source?.kind === 'local' && source.context === 'context';
    };
    if (operation.kind === 'file')
      return operation.actions.flatMap((action) => {
        if (action.kind !== 'copy' || !isContext(action.input)) return [];
        return action.includes.length > 0 ? action.includes.map((path) => fixedPart(`${action.source}/${path}`)) : [action.source];
      });
    return operation.kind === 'run' ? operation.mounts.filter(({ input }) => isContext(input)).map(({ source }) => source) : [];
  });
}
