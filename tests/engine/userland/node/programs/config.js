const config = { port: Number(process.env.PORT ?? 3000), debug: process.env.DEBUG === 'true', origins: (process.env.ORIGINS || 'a,b').split(',') };
console.log(config, process.env.HOME !== undefined, 'NOPE' in process.env, process.argv.slice(2));
process.env.ADDED = 5; console.log(process.env.ADDED, typeof process.env.ADDED); delete process.env.ADDED; console.log(process.env.ADDED);
if (!process.env.REQUIRED) { console.error('REQUIRED is not set'); process.exit(2); }
