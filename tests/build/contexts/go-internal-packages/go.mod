module example.com/greetings

go 1.24.0
