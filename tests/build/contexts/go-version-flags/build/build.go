// Package build says what this was built from.
package build

var Commit = "unknown"
