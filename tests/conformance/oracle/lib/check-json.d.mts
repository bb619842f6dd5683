export interface Issue {
  readonly kind: 'status' | 'header' | 'missing' | 'undeclared' | 'type' | 'length' | 'value' | 'other id';
  readonly path: string;
  readonly expected?: unknown;
  readonly got?: unknown;
}
export interface Bindings {
  readonly live: Map<string, string>;
  readonly recorded: Map<string, string>;
}
export interface LiveAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly upgraded: boolean;
  readonly body: unknown;
}
export function createBindings(): Bindings;
export function compareExchange(
  recorded: unknown,
  live: LiveAnswer,
  bindings: Bindings,
  options?: { readonly cmd?: string; readonly path?: string },
): readonly Issue[];
export function liveText(text: string, bindings: Bindings): string;
export function liveValue(value: unknown, bindings: Bindings): unknown;
export function decodeBody(bytes: Buffer, type?: string): unknown;
