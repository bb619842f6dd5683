exports.done = false; const b = require('./b'); exports.b = b; exports.done = true;
