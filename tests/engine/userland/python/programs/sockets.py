import socket, threading
server = socket.create_server(("127.0.0.1", 0)); port = server.getsockname()[1]
def serve():
    conn, addr = server.accept()
    with conn:
        while data := conn.recv(1024): conn.sendall(data.upper())
t = threading.Thread(target=serve); t.start()
with socket.create_connection(("127.0.0.1", port)) as s:
    s.sendall(b"hello"); print(s.recv(100)); s.shutdown(socket.SHUT_WR); print(s.recv(10))
t.join(); server.close()
try: socket.create_connection(("127.0.0.1", 1), timeout=1)
except ConnectionRefusedError as e: print(e)
u1, u2 = socket.socketpair(); u1.send(b"x"); print(u2.recv(1))
