/** The application and its routers. */
export const APPLICATION = String.raw`'use strict';
const http = require('http');
const EventEmitter = require('events');
const bodyParser = require('body-parser');
const serveStatic = require('serve-static');
const finalhandler = require('finalhandler');
const qs = require('qs');
const { pathToRegexp } = require('path-to-regexp');
const { request, response } = require('./response');
const isFive = !require('../package.json').version.startsWith('4.');
const methods = http.METHODS.map((one) => one.toLowerCase());

// Functions behind a path, in the order they came.
class Layer {
  constructor(path, options, fn) {
    this.path = path;
    this.fn = fn;
    this.isRoot = !options.end && (path === '/' || path === '');
    if (isFive && typeof path === 'string' && /(^|\/)\*(\/|$)/.test(path)) {
      const error = new TypeError('Missing parameter name at index ' + (path.indexOf('*') + 1) + ': ' + path + '; visit https://git.new/pathToRegexpError for info');
      throw Object.assign(error, { originalPath: path });
    }
    Object.assign(this, pathToRegexp(path, options));
  }
  match(path) {
    if (this.isRoot) return { path: '', params: {} };
    const found = this.regexp.exec(path);
    if (!found) return null;
    const params = {};
    const values = found.slice(1);
    if (this.keys.length === 0) values.forEach((value, i) => { params[i] = value; });
    this.keys.forEach((key, i) => { if (values[i] !== undefined) { try { params[key] = decodeURIComponent(values[i]); } catch { throw Object.assign(new URIError("Failed to decode param '" + values[i] + "'"), { status: 400, statusCode: 400 }); } } });
    return { path: found[0], params };
  }
}
function run(fn, error, req, res, next) {
  try {
    let made;
    if (error !== undefined && error !== null) {
      if (fn.length !== 4) return next(error);
      made = fn(error, req, res, next);
    } else {
      if (fn.length > 3) return next();
      made = fn(req, res, next);
    }
    if (isFive && made && typeof made.then === 'function') made.then(null, (late) => next(late || new Error('Rejected promise')));
  } catch (thrown) {
    return next(thrown);
  }
  return undefined;
}
class Route {
  constructor(path) {
    this.path = path;
    this.stack = [];
    this.methods = {};
  }
  all(...fns) { return this.add(null, fns); }
  add(method, fns) {
    for (const fn of fns.flat(Infinity)) {
      if (typeof fn !== 'function') throw new TypeError(isFive ? 'argument handler must be a function' : 'Route.' + (method || 'all') + '() requires a callback function but got a [object ' + (fn === undefined ? 'Undefined' : typeof fn) + ']');
      this.stack.push({ method, fn });
      this.methods[method || '_all'] = true;
    }
    return this;
  }
  handles(method) { return Boolean(this.methods._all || this.methods[method] || (method === 'head' && this.methods.get)); }
  dispatch(req, res, done) {
    let method = req.method.toLowerCase();
    if (method === 'head' && !this.methods.head) method = 'get';
    let at = 0;
    req.route = this;
    const next = (error) => {
      if (error === 'route') return done();
      if (error === 'router') return done(error);
      const layer = this.stack[at];
      at += 1;
      if (!layer) return done(error);
      if (layer.method !== null && layer.method !== method) return next(error);
      return run(layer.fn, error, req, res, next);
    };
    next();
  }
}
for (const method of methods) Route.prototype[method] = function (...fns) { return this.add(method, fns); };

function Router(options = {}) {
  function router(req, res, next) { router.handle(req, res, next); }
  Object.setPrototypeOf(router, Router.prototype);
  router.stack = [];
  router.params = {};
  router.options = options;
  return router;
}
Object.setPrototypeOf(Router.prototype, Function.prototype);
Router.prototype.param = function (name, fn) { (this.params[name] ??= []).push(fn); return this; };
Router.prototype.use = function (...args) {
  const path = typeof args[0] === 'function' || (Array.isArray(args[0]) && typeof args[0][0] === 'function') ? '/' : args.shift();
  const fns = args.flat(Infinity);
  if (fns.length === 0) throw new TypeError(isFive ? 'argument handler is required' : 'Router.use() requires a middleware function');
  for (const fn of fns) {
    if (typeof fn !== 'function') throw new TypeError(isFive ? 'argument handler must be a function' : 'Router.use() requires a middleware function but got a ' + (fn === null ? 'Null' : typeof fn === 'object' ? 'Object' : typeof fn === 'undefined' ? 'undefined' : typeof fn));
    this.stack.push(new Layer(path, { end: false, ...this.options }, fn));
  }
  return this;
};
Router.prototype.route = function (path) {
  const route = new Route(path);
  const layer = new Layer(path, { end: true, ...this.options }, (req, res, next) => route.dispatch(req, res, next));
  layer.route = route;
  this.stack.push(layer);
  return route;
};
for (const method of [...methods, 'all']) Router.prototype[method] = function (path, ...fns) { this.route(path)[method](...fns); return this; };
Router.prototype.handle = function (req, res, done) {
  const parent = { baseUrl: req.baseUrl || '', url: req.url, params: req.params || {} };
  let at = 0;
  const restore = () => { req.baseUrl = parent.baseUrl; req.url = parent.url; req.params = parent.params; };
  const next = (error) => {
    restore();
    if (error === 'router') return done();
    const failed = error === 'route' ? undefined : error;
    let found = null;
    let layer;
    while (at < this.stack.length && found === null) {
      layer = this.stack[at];
      at += 1;
      try { found = layer.match(req.path); } catch (bad) { return next(bad); }
      if (found && layer.route && (failed || !layer.route.handles(req.method.toLowerCase()))) found = null;
    }
    if (found === null) return done(failed);
    req.params = this.options.mergeParams ? { ...parent.params, ...found.params } : found.params;
    const go = () => {
      if (layer.route) return layer.fn(req, res, next);
      if (found.path !== '' && found.path !== '/') {
        req.baseUrl = parent.baseUrl + found.path.replace(/\/$/, '');
        req.url = req.url.slice(found.path.replace(/\/$/, '').length).replace(/^(?!\/)/, '/');
      }
      return run(layer.fn, failed, req, res, next);
    };
    const checks = Object.keys(found.params).flatMap((name) => (this.params[name] || []).map((fn) => [name, fn]));
    const step = (bad) => {
      if (bad) return next(bad);
      const check = checks.shift();
      if (!check) return go();
      try { return check[1](req, res, step, req.params[check[0]], check[0]); } catch (thrown) { return next(thrown); }
    };
    return step();
  };
  next();
};

function createApplication() {
  const app = function (req, res, next) { app.handle(req, res, next); };
  for (const key of Reflect.ownKeys(EventEmitter.prototype)) if (key !== 'constructor') app[key] = EventEmitter.prototype[key];
  EventEmitter.call(app);
  app.settings = { 'x-powered-by': true, etag: 'weak', env: process.env.NODE_ENV || 'development', 'query parser': isFive ? 'simple' : 'extended', 'trust proxy': false, views: process.cwd() + '/views', 'json spaces': undefined };
  app.locals = Object.create(null);
  app.mountpath = '/';
  app.router = Router();
  app.request = Object.create(request, { app: { value: app, configurable: true, writable: true } });
  app.response = Object.create(response, { app: { value: app, configurable: true, writable: true } });
  app.set = (name, value) => { app.settings[name] = value; return app; };
  app.enable = (name) => app.set(name, true);
  app.disable = (name) => app.set(name, false);
  app.enabled = (name) => Boolean(app.settings[name]);
  app.disabled = (name) => !app.settings[name];
  app.use = (...args) => {
    const path = typeof args[0] === 'string' || args[0] instanceof RegExp || (Array.isArray(args[0]) && typeof args[0][0] !== 'function') ? args.shift() : '/';
    const fns = args.flat(Infinity);
    if (fns.length === 0) throw new TypeError('app.use() requires a middleware function');
    for (const fn of fns) {
      if (fn && typeof fn.handle === 'function' && fn.set) {
        fn.mountpath = path;
        fn.parent = app;
        app.router.use(path, (req, res, next) => { const [oldReq, oldRes] = [Object.getPrototypeOf(req), Object.getPrototypeOf(res)]; fn.handle(req, res, (error) => { Object.setPrototypeOf(req, oldReq); Object.setPrototypeOf(res, oldRes); next(error); }); });
        fn.emit('mount', app);
      } else app.router.use(path, fn);
    }
    return app;
  };
  app.route = (path) => app.router.route(path);
  app.param = (name, fn) => { app.router.param(name, fn); return app; };
  app.engine = () => app;
  for (const method of [...methods, 'all']) app[method] = (path, ...fns) => { if (method === 'get' && fns.length === 0) return app.settings[path]; app.router[method](path, ...fns); return app; };
  app.del = app.delete;
  app.handle = (req, res, next) => {
    Object.setPrototypeOf(req, app.request);
    Object.setPrototypeOf(res, app.response);
    req.res = res;
    res.req = req;
    req.next = next;
    for (const [object, name] of [[req, 'res'], [res, 'req']]) Object.defineProperty(object, name, { enumerable: false });
    req.originalUrl = req.originalUrl || req.url;
    res.locals = res.locals || Object.create(null);
    if (app.enabled('x-powered-by')) res.setHeader('X-Powered-By', 'Express');
    const text = req.url.includes('?') ? req.url.slice(req.url.indexOf('?') + 1) : '';
    req.query = app.settings['query parser'] === 'simple' ? { ...require('querystring').parse(text) } : qs.parse(text);
    const last = next || finalhandler(req, res, { env: app.settings.env, onerror: (error) => { if (app.settings.env !== 'test') console.error(error.stack || String(error)); } });
    app.router.handle(req, res, last);
  };
  app.listen = (...args) => {
    const server = http.createServer(app);
    const callback = args.findLast((one) => typeof one === 'function');
    if (isFive && callback) server.once('error', callback);
    return server.listen(...args);
  };
  return app;
}
createApplication.Router = Router;
createApplication.Route = Route;
createApplication.application = {};
createApplication.request = request;
createApplication.response = response;
createApplication.json = bodyParser.json;
createApplication.urlencoded = bodyParser.urlencoded;
createApplication.text = bodyParser.text;
createApplication.raw = bodyParser.raw;
createApplication.static = serveStatic;
module.exports = createApplication;
`;
