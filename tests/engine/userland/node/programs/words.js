const text = `the quick brown fox jumps over the lazy dog the fox`;
const counts = text.split(/\s+/).reduce((map, word) => map.set(word, (map.get(word) ?? 0) + 1), new Map());
const sorted = [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
console.log(sorted);
console.log(Object.fromEntries(sorted.slice(0, 3)));
for (const [word, count] of sorted) console.log(word.padEnd(8, '.'), '#'.repeat(count));
