/** The recordings' canonical form, as far as the client's own recordings need it: what depends on the machine becomes a placeholder. */
export function normal(text: string): string {
  return text
    .replace(/\b([0-9a-f])\1*(\d)f{8,63}\b/g, (all) => all)
    .replace(/\ba*(\d+)f{8,}\b/g, '<id:$1>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}/g, '<time>')
    .replace(/\b(About an? \w+|Less than a second|\d+ (seconds?|minutes?|hours?|days?|weeks?|months?|years?)) ago/g, '<ago>')
    .replace(/\bUp (\d+ \w+|About an? \w+|Less than a second)/g, 'Up <dur>')
    .replace(/\b\d+(\.\d+)?([kMGT]?B|[KMGT]iB)\b/g, (size) => (size === '0B' ? size : '<size>'))
    .replace(/\/ <size>(?=\s+<pct>)/g, '/ <limit>')
    .replace(/\(\d+%\)/g, (percent) => (percent === '(100%)' || percent === '(0%)' ? percent : '(<pct>)'))
    .replace(/\b\d+(\.\d+)?%/g, (percent) => (percent === '100%' || percent === '0%' ? percent : '<pct>'))
    .replace(/"Size(\w*)": \d+/g, '"Size$1": "<size>"')
    .replace(/[ \t]{2,}/g, '  ')
    .replace(/[ \t]+$/gm, '');
}
