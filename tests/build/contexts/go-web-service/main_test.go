package main

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestIntMin(t *testing.T) {
	for _, c := range []struct{ a, b, want int }{{1, 2, 1}, {2, -2, -2}, {0, 0, 0}} {
		if got := IntMin(c.a, c.b); got != c.want {
			t.Errorf("IntMin(%d, %d) = %d; want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestHello(t *testing.T) {
	rec := httptest.NewRecorder()
	routes().ServeHTTP(rec, httptest.NewRequest("GET", "/", nil))
	if rec.Code != 200 || !strings.HasPrefix(rec.Body.String(), "Hello") {
		t.Fatalf("got %d %q", rec.Code, rec.Body)
	}
}
