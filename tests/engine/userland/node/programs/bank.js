class InsufficientFunds extends Error {
  constructor(needed, available) { super(`need ${needed}, have ${available}`); this.name = 'InsufficientFunds'; this.needed = needed; }
}
class Account {
  static #count = 0;
  #balance = 0;
  constructor(owner) { this.owner = owner; this.id = ++Account.#count; }
  deposit(amount) { if (amount <= 0) throw new RangeError('amount must be positive'); this.#balance += amount; return this; }
  withdraw(amount) { if (amount > this.#balance) throw new InsufficientFunds(amount, this.#balance); this.#balance -= amount; return this; }
  get balance() { return this.#balance; }
  toJSON() { return { id: this.id, owner: this.owner, balance: this.#balance }; }
}
const account = new Account('Ann').deposit(100).withdraw(30);
console.log(account.balance, JSON.stringify(account), account);
for (const action of [() => account.withdraw(1000), () => account.deposit(-1)])
  try { action(); } catch (error) { console.log(`${error}`, error.needed); }
new Account('Bob').withdraw(5);
