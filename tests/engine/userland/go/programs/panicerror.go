package main

import (
	"errors"
	"fmt"
)

func main() {
	panic(fmt.Errorf("start: %w", errors.New("no database")))
}
