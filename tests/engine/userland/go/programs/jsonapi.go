package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

type Address struct {
	Street string `json:"street"`
	City   string `json:"city,omitempty"`
}

type User struct {
	ID      int            `json:"id"`
	Name    string         `json:"name"`
	Email   *string        `json:"email"`
	Tags    []string       `json:"tags"`
	Address Address        `json:"address"`
	Meta    map[string]any `json:"meta,omitempty"`
	Active  bool
	secret  string
	Skip    string  `json:"-"`
	Score   float64 `json:"score,string"`
}

func main() {
	mail := "a@b.c"
	u := User{ID: 1, Name: "Ann <ann>", Email: &mail, Address: Address{Street: "Main \"1\""}, Score: 2.5, secret: "x"}
	out, err := json.Marshal(u)
	fmt.Println(string(out), err)
	pretty, _ := json.MarshalIndent(map[string]any{"list": []int{1, 2}, "empty": []string{}, "nil": nil, "big": 1e21, "small": 0.000001, "n": 3.0}, "", "  ")
	fmt.Println(string(pretty))
	var back User
	err = json.Unmarshal([]byte(`{"id": 7, "name": "B\u00e9", "tags": ["x", "y"], "address": {"street": "S", "CITY": "C"}, "meta": {"a": [1, 2.5, "s", null, true]}, "unknown": 1}`), &back)
	fmt.Printf("%+v %v\n", back.Meta, err)
	fmt.Println(back.ID, back.Name, back.Tags, back.Address, back.Email == nil)
	for _, bad := range []string{`{"id": "x"}`, `{"id": 1.5}`, `[1]`, `{"id": 1`, `{id: 1}`, `{"id": 1}}`, ``, `{"name": 3}`, `nul`} {
		fmt.Println(json.Unmarshal([]byte(bad), &back))
	}
	enc := json.NewEncoder(os.Stdout)
	enc.SetIndent("", " ")
	enc.Encode([]Address{{"a", "b"}, {}})
	dec := json.NewDecoder(strings.NewReader(`{"street":"1"} {"street":"2"}`))
	for {
		var a Address
		if err := dec.Decode(&a); err != nil {
			fmt.Println(err)
			break
		}
		fmt.Println(a)
	}
	var loose any
	json.Unmarshal([]byte(`{"k": [1, {"z": null}]}`), &loose)
	fmt.Println(loose.(map[string]any)["k"])
	if _, err := json.Marshal(make(chan int)); err != nil {
		fmt.Println(err)
	}
}
