module github.com/example/docker-gs-ping

go 1.25
