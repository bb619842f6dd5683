package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("files: ")
	dir := "/tmp/go-files-test"
	os.RemoveAll(dir)
	if err := os.MkdirAll(filepath.Join(dir, "a", "b"), 0o755); err != nil {
		log.Fatal(err)
	}
	name := filepath.Join(dir, "a", "notes.txt")
	if err := os.WriteFile(name, []byte("one\ntwo\n"), 0o644); err != nil {
		log.Fatal(err)
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		log.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "three")
	w.Flush()
	f.Close()
	data, _ := os.ReadFile(name)
	fmt.Printf("%q\n", data)
	info, _ := os.Stat(name)
	fmt.Println(info.Name(), info.Size(), info.IsDir(), info.Mode())
	entries, _ := os.ReadDir(filepath.Join(dir, "a"))
	for _, e := range entries {
		fmt.Println(e.Name(), e.IsDir())
	}
	_, err = os.Stat(dir + "/none")
	fmt.Println(os.IsNotExist(err), errors.Is(err, fs.ErrNotExist), err)
	fmt.Println(os.Mkdir(dir, 0o755))
	fmt.Println(os.Remove(dir))
	_, err = os.ReadFile(dir)
	fmt.Println(err)
	r := bufio.NewReader(strings.NewReader("first line\nrest"))
	line, err := r.ReadString('\n')
	fmt.Printf("%q %v\n", line, err)
	line, err = r.ReadString('\n')
	fmt.Printf("%q %v %v\n", line, err, err == io.EOF)
	n, err := io.Copy(os.Stdout, io.LimitReader(strings.NewReader("limited text\n"), 7))
	fmt.Println(n, err)
	fmt.Println(filepath.Base("/a/b.txt"), filepath.Ext("x.tar.gz"), filepath.Dir("/a/b"), filepath.Clean("a/../b//c"))
	os.Rename(name, dir+"/moved")
	_, err = os.Open(name)
	fmt.Println(err)
	os.RemoveAll(dir)
	log.Println("going away")
	log.Fatalf("gone: %v", errors.New("bad"))
}
