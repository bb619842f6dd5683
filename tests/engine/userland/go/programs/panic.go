package main

import "fmt"

type Account struct{ balance int }

func (a *Account) Withdraw(n int) {
	if n > a.balance {
		panic(fmt.Sprintf("cannot withdraw %d from %d", n, a.balance))
	}
	a.balance -= n
}

func main() {
	defer fmt.Println("deferred runs")
	a := &Account{10}
	a.Withdraw(5)
	fmt.Println(a.balance)
	a.Withdraw(50)
}
