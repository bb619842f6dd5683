package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

type Config struct {
	Port    int
	Debug   bool
	Origins []string
}

func getenv(key, fallback string) string {
	if v, ok := os.LookupEnv(key); ok {
		return v
	}
	return fallback
}

func load() (*Config, error) {
	port, err := strconv.Atoi(getenv("PORT", "8080"))
	if err != nil {
		return nil, fmt.Errorf("PORT: %w", err)
	}
	debug, _ := strconv.ParseBool(getenv("DEBUG", "false"))
	return &Config{port, debug, strings.Split(getenv("ORIGINS", "a,b"), ",")}, nil
}

func main() {
	cfg, err := load()
	if err != nil {
		fmt.Fprintln(os.Stderr, "config:", err)
		os.Exit(1)
	}
	fmt.Printf("%+v\n%v\n", *cfg, cfg)
	os.Setenv("PORT", "eighty")
	if _, err = load(); err != nil {
		fmt.Fprintln(os.Stderr, "config:", err)
		os.Exit(3)
	}
}
