function load() { try { JSON.parse('{'); } catch (cause) { throw new Error('cannot load the configuration', { cause }); } }
try { load(); } catch (error) { console.log(error.message, '<-', error.cause.name, error.cause.message); }
const all = new AggregateError([new Error('x'), new TypeError('y')], 'many'); console.log(all.errors.map(String), all.message);
load();
