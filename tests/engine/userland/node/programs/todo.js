const EventEmitter = require('node:events');
class Todos extends EventEmitter {
  #items = new Map(); #next = 1;
  add(title) { const item = { id: this.#next++, title, done: false }; this.#items.set(item.id, item); this.emit('added', item); return item.id; }
  finish(id) { const item = this.#items.get(id); if (!item) { this.emit('error', new Error(`no item ${id}`)); return; } item.done = true; this.emit('done', item); }
  list({ done } = {}) { return [...this.#items.values()].filter((i) => done === undefined || i.done === done); }
}
const todos = new Todos(); todos.on('added', (i) => console.log('+', i.title)).on('done', (i) => console.log('x', i.title));
const a = todos.add('buy milk'); todos.add('write code'); todos.finish(a); console.table(todos.list()); console.log(todos.list({ done: false })); todos.finish(99);
