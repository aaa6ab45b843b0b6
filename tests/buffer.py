#!/usr/bin/env python3
"""A proxy that keeps answers until they are whole, as some in front of servers do.

usage: buffer.py PORT [BYTES]

Listens on a free port of loopback, prints it, and passes requests on to PORT.
Answers are passed on when they are at their end, or BYTES at a time.
"""

import socket
import sys
import threading


def read_head(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return data, b""
        data += piece
    head, rest = data.split(b"\r\n\r\n", 1)
    return head, rest


def serve(client, port, size):
    with client:
        head, body = read_head(client)
        if not head:
            return
        length = 0
        lines = []
        for line in head.split(b"\r\n"):
            name = line.split(b":")[0].lower()
            if name == b"content-length":
                length = int(line.split(b":")[1])
            if name not in (b"connection", b"host"):
                lines.append(line)
        lines.append(b"Host: 127.0.0.1:%d" % port)
        lines.append(b"Connection: close")
        while len(body) < length:
            body += client.recv(65536)
        with socket.create_connection(("127.0.0.1", port)) as server:
            server.sendall(b"\r\n".join(lines) + b"\r\n\r\n" + body)
            kept = b""
            while piece := server.recv(65536):
                kept += piece
                while size and len(kept) >= size:
                    client.sendall(kept[:size])
                    kept = kept[size:]
            client.sendall(kept)


def main():
    port = int(sys.argv[1])
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client, port, size),
                         daemon=True).start()


if __name__ == "__main__":
    main()
