exports.add = (a, b) => a + b; exports.self = module.filename.length > 0;
