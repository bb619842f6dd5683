class InsufficientFunds(Exception): pass
class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self._balance = balance
        self.history = []
    @property
    def balance(self): return self._balance
    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("Deposit must be positive")
        self._balance += amount
        self.history.append(("deposit", amount))
    def withdraw(self, amount):
        if amount > self._balance:
            raise InsufficientFunds(f"Need {amount - self._balance} more")
        self._balance -= amount
        self.history.append(("withdraw", amount))
acc = Account("Ann", 100)
acc.deposit(50)
try:
    acc.withdraw(500)
except InsufficientFunds as e:
    print("Error:", e)
acc.withdraw(30)
print(f"{acc.owner}: ${acc.balance:.2f}", acc.history)
acc.balance = 5
