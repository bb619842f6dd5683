/** Both languages are one book: every page is there twice, with the same headings, components and tables in the same order. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { challenges } from '../../src/content/challenges/index.ts';
import { lessons } from '../../src/content/sidebar.ts';

const docs = path.join(import.meta.dirname, '../../src/content/docs');
const read = (file: string): string => readFileSync(path.join(docs, file), 'utf8');
const names = (folder: string): readonly string[] => readdirSync(path.join(docs, folder)).filter((name) => name.endsWith('.mdx'));
const pages = names('.');

/** What does not depend on the language: headings by level, components with their plain attributes, tables, lists, code. */
function skeleton(text: string): readonly string[] {
  const body = text.replace(/^---\n[\s\S]*?\n---\n/, '');
  const parts: string[] = [];
  for (const line of body.split('\n')) {
    const heading = /^(#{2,4}) /.exec(line);
    const component = /^<([A-Z]\w*)/.exec(line);
    if (heading) parts.push(heading[1] ?? '');
    else if (component) parts.push(component[1] ?? '');
    else if (/^\|[ :-]+\|/.test(line)) parts.push('table');
    else if (/^(- |\d+\. )/.test(line)) parts.push('item');
    else if (line.startsWith('```')) parts.push('code');
    for (const [, name, value] of line.matchAll(/\b(src|id|example|answer|last|of|start|images|name)=(?:"([^"]*)"|\{\w+\})/g))
      parts.push(`${name}=${value ?? ''}`);
  }
  return parts;
}

it('has every page in both languages', () => {
  expect(names('ko')).toEqual(pages);
});

describe.each(pages)('%s', (page) => {
  it('has the same skeleton in both languages', () => {
    expect(skeleton(read(`ko/${page}`))).toEqual(skeleton(read(page)));
  });

  it.each([page, `ko/${page}`])('%s has a title and a description', (file) => {
    expect(read(file)).toMatch(/^---\ntitle: .+\ndescription: .+\n/);
  });

  it('is written in each language by itself', () => {
    const prose = (text: string): string => text.replace(/^---[\s\S]*?---|<[^>]*>|`[^`]*`|^import.*$/gm, '');
    expect(prose(read(page))).not.toMatch(/[가-힣]/);
    expect(read(`ko/${page}`)).toMatch(/[가-힣]/);
    expect(read(page) + read(`ko/${page}`)).not.toMatch(/!\s|당신/);
  });
});

describe('what a page names is there', () => {
  it.each(pages.flatMap((page) => [page, `ko/${page}`]))('%s', (file) => {
    const text = read(file);
    for (const [, src = ''] of text.matchAll(/<Example src="([^"]+)"/g))
      expect(existsSync(path.join(docs, '../examples', `${src}.console`)), src).toBe(true);
    for (const [, example = ''] of text.matchAll(/example="([^"]+)"/g)) expect(text).toContain(`<Example src="${example}"`);
    for (const [, id = ''] of text.matchAll(/<Challenge id="([^"]+)"/g)) expect(challenges.map((challenge) => challenge.id)).toContain(id);
    const language = file.startsWith('ko/') ? 'ko' : 'en';
    for (const [, id = ''] of text.matchAll(/<Figure id="([^"]+)"/g))
      expect(existsSync(path.join(docs, '../diagrams', `${id}.${language}.svg`)), id).toBe(true);
  });
});

it('lists every lesson that is finished, each challenge in its own', () => {
  for (const { slug } of lessons) expect(pages).toContain(`${slug}.mdx`);
  for (const { id, lesson } of challenges) expect(read(`${lesson}.mdx`), id).toContain(`<Challenge id="${id}" />`);
});

it('says everything of a challenge in both languages', () => {
  for (const { title, task, goals, hints } of challenges) {
    for (const text of [title, task, ...goals.map((goal) => goal.text), ...hints.map((hint) => hint.text)]) {
      expect(text.en).not.toBe('');
      expect(text.ko).toMatch(/[가-힣]/);
      expect(text.en).not.toMatch(/[가-힣]/);
    }
  }
});
