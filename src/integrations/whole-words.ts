/** Inline code breaks between words, not behind a hyphen: `--rm` and `ferry-web-2` stay whole. What is longer than a narrow line may break. */
import type { SatteriProcessorOptions } from '@astrojs/markdown-satteri';

type HastPlugin = NonNullable<SatteriProcessorOptions['hastPlugins']>[number];

const LONGEST_WHOLE = 24;
const WORD = /(\s+)/;

const isWhole = (word: string): boolean => word.includes('-') && word.length <= LONGEST_WHOLE;

export const wholeWords = {
  name: 'whole-words',
  element: {
    filter: ['code'],
    visit(node, ctx) {
      const parent = ctx.parent(node);
      const text = ctx.textContent(node);
      if ((parent?.type === 'element' && parent.tagName === 'pre') || !text.split(WORD).some(isWhole)) return;
      return {
        type: 'element',
        tagName: 'code',
        properties: { ...node.properties },
        children: text
          .split(WORD)
          .map((word) =>
            isWhole(word)
              ? { type: 'element', tagName: 'span', properties: { className: ['dd-whole'] }, children: [{ type: 'text', value: word }] }
              : { type: 'text', value: word },
          ),
      };
    },
  },
} satisfies HastPlugin;
