export function render(output: string, size: { readonly cols: number; readonly rows: number }): { text(): string };
