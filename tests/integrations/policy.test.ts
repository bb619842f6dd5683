/** What a page's content security policy allows. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { policyOf, withPolicy } from '../../src/integrations/policy.ts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const directive = (html: string, name: string): readonly string[] =>
  policyOf(html)
    .split('; ')
    .find((text) => text.startsWith(`${name} `))
    ?.split(' ')
    .slice(1) ?? [];

describe('the policy of a page', () => {
  it('allows exactly the scripts that stand in it', () => {
    const html = '<script>one()</script><script type="module">two()</script><script src="/a.js"></script><script>one()</script>';
    expect(directive(html, 'script-src')).toEqual(["'self'", "'wasm-unsafe-eval'", hash('one()'), hash('two()')]);
  });

  it('allows exactly the style sheets that stand in it', () => {
    expect(directive('<style>a{}</style><style media="print">\nb{}</style>', 'style-src')).toEqual(["'self'", hash('a{}'), hash('\nb{}')]);
  });

  it('knows that a drawing’s style sheet is markup', () => {
    expect(directive('<svg><style>a&gt;b{}</style></svg>', 'style-src')).toContain(hash('a>b{}'));
  });

  it('takes data for no script', () => {
    expect(directive('<script type="application/ld+json">{}</script>', 'script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  });

  it('lets nothing come from another origin', () => {
    expect(policyOf('')).not.toMatch(/https?:|\*|blob:/);
    expect(directive('', 'default-src')).toEqual(["'none'"]);
  });

  it('stands before all that it is about', () => {
    const page = withPolicy('<!doctype html><head><meta charset="utf-8"/><script>$&</script></head>');
    expect(page).toMatch(/^<!doctype html><head><meta charset="utf-8"\/><meta http-equiv="content-security-policy"/);
    expect(page).toContain('<script>$&</script></head>');
  });
});
