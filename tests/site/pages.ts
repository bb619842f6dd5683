/** The pages that the site's tests go over, and what several of them do with a page. */
import type { Locator, Page } from '@playwright/test';
import { lessons } from '../../src/content/sidebar.ts';

/** Addresses below the site's root, English first, then the same page in Korean. */
export const PAGES: readonly (readonly [string, string])[] = ['', ...lessons.map(({ slug }) => slug), 'fidelity', 'lab', 'embed'].map(
  (slug) => (slug === '' ? ['', 'ko/'] : [`${slug}/`, `ko/${slug}/`]),
);

export const ADDRESSES: readonly string[] = PAGES.flat();

export const example = (page: Page, name: string): Locator => page.locator(`drydock-example[data-name="${name}"]`);
/** What a live terminal shows, as text. */
export const screen = (part: Locator): Locator => part.locator('[role="log"]');

export const press = (part: Locator, name: string): Promise<void> => part.locator(`[data-${name}]`).click();

/** Everything that went wrong in a page: its console's errors and what was thrown. */
export function complaints(page: Page): readonly string[] {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(error.message));
  return heard;
}

/** Violations of its content security policy that a page reports, collected from before its first script. */
export async function watchPolicy(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { violations: seen });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      seen.push(`${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  return () => page.evaluate(() => ('violations' in window && Array.isArray(window.violations) ? window.violations : ['not watched']));
}
