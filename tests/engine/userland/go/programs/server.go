package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"
	"sync"
	"time"
)

type Todo struct {
	ID   int    `json:"id"`
	Text string `json:"text"`
	Done bool   `json:"done"`
}

type store struct {
	mu    sync.RWMutex
	todos []Todo
}

func (s *store) list(w http.ResponseWriter, r *http.Request) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(s.todos)
}

func (s *store) add(w http.ResponseWriter, r *http.Request) {
	var t Todo
	if err := json.NewDecoder(r.Body).Decode(&t); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	t.ID = len(s.todos) + 1
	s.todos = append(s.todos, t)
	s.mu.Unlock()
	w.WriteHeader(http.StatusCreated)
	json.NewEncoder(w).Encode(t)
}

func logging(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Println("->", r.Method, r.URL.Path, r.URL.RawQuery)
		next.ServeHTTP(w, r)
	})
}

func show(method, url, body string) {
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		log.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer res.Body.Close()
	data, _ := io.ReadAll(res.Body)
	fmt.Printf("%s %q %q %s", res.Status, res.Header.Get("Content-Type"), res.Header.Get("Allow"), data)
	if len(data) == 0 {
		fmt.Println()
	}
}

func main() {
	s := &store{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /todos", s.list)
	mux.HandleFunc("POST /todos", s.add)
	mux.HandleFunc("GET /todos/{id}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "todo %s of %s\n", r.PathValue("id"), r.FormValue("user"))
	})
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("ok\n")) })
	mux.HandleFunc("/html", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "<h1>Hi</h1>") })
	mux.HandleFunc("/static/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "static", r.URL.Path) })
	mux.HandleFunc("/old", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/healthz", http.StatusFound) })
	srv := &http.Server{Addr: "127.0.0.1:18931", Handler: logging(mux), ReadTimeout: 5 * time.Second}
	done := make(chan error)
	go func() { done <- srv.ListenAndServe() }()
	time.Sleep(50 * time.Millisecond)
	base := "http://127.0.0.1:18931"
	show("GET", base+"/todos", "")
	show("POST", base+"/todos", `{"text": "write"}`)
	show("POST", base+"/todos", `{"text": }`)
	show("GET", base+"/todos", "")
	show("GET", base+"/todos/7?user=ann", "")
	show("DELETE", base+"/todos", "")
	show("GET", base+"/nothing", "")
	show("GET", base+"/html", "")
	show("GET", base+"/static/a/b", "")
	show("GET", base+"/static", "")
	show("GET", base+"/old", "")
	show("GET", "http://127.0.0.1:18932/", "")
	show("GET", "gopher://x/", "")
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	fmt.Println(srv.Shutdown(ctx))
	fmt.Println(<-done)
	fmt.Println(http.ListenAndServe("127.0.0.1:99999", nil))
}
