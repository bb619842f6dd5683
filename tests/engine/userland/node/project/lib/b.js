const a = require('./a'); console.log('in b', a.done); exports.done = true;
