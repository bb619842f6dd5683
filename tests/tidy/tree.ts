/** The project's files as the tidy rules see them: paths and texts, and a TypeScript syntax tree where there is one. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export interface Source {
  /** From the project's root, with slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly says: string;
}

/** A rule looks at all sources and says what breaks it. */
export type Rule = (sources: readonly Source[]) => readonly Finding[];

const TEXT = /\.(ts|mjs|js|astro|css|md|mdx|json|yml|console|mmd)$/;

/** All text files below the folders (or the files themselves), in order of path. */
export function readTree(root: string, names: readonly string[]): readonly Source[] {
  const found: string[] = [];
  for (const name of names.filter((one) => existsSync(path.join(root, one)))) {
    const listed = name.includes('.') && !name.startsWith('.') ? [name] : list(root, name);
    found.push(...listed);
  }
  return found
    .filter((file) => TEXT.test(file))
    .sort()
    .map((file) => ({ path: file, text: readFileSync(path.join(root, file), 'utf8') }));
}

const list = (root: string, folder: string): readonly string[] =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));

const parsed = new Map<Source, ts.SourceFile>();

export function tree(source: Source): ts.SourceFile {
  const known = parsed.get(source);
  if (known) return known;
  const made = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest, true);
  parsed.set(source, made);
  return made;
}

export function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}

export const at = (source: Source, node: ts.Node, says: string): Finding => {
  const file = tree(source);
  return { path: source.path, line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1, says };
};

export const isTypeScript = ({ path: file }: Source): boolean => file.endsWith('.ts') && !file.endsWith('.d.ts');
export const inside =
  (...folders: readonly string[]) =>
  ({ path: file }: Source): boolean =>
    folders.some((folder) => file.startsWith(`${folder}/`));

/** A rule made of a look at each syntax tree. */
export const eachTree =
  (applies: (source: Source) => boolean, look: (source: Source, node: ts.Node) => string | null): Rule =>
  (sources) =>
    sources
      .filter((source) => isTypeScript(source) && applies(source))
      .flatMap((source) => {
        const findings: Finding[] = [];
        visit(tree(source), (node) => {
          const says = look(source, node);
          if (says !== null) findings.push(at(source, node, says));
        });
        return findings;
      });
