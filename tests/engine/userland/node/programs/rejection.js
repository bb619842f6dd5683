async function inner() { await null; throw new Error('late'); }
async function main() { await inner(); }
main();
