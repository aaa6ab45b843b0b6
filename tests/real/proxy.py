#!/usr/bin/env python3
"""Stand between a model runner and a registry on this machine.

usage: proxy.py PORT FOLDER

Listens on a free port of loopback, prints it, and passes connections on to
PORT.  In FOLDER:

  rate    if it is there: bytes a second, all connections together
  reset   if it is there: connections are reset after so many bytes of answers
  count   how many bytes of answers were passed on, as soon as they were
"""

import os
import selectors
import socket
import struct
import sys
import threading
import time

PIECE = 16384
lock = threading.Lock()
total = 0


def read_number(path):
    try:
        with open(path) as f:
            return int(f.read() or 0)
    except (FileNotFoundError, ValueError):
        return 0


def count(folder, n):
    """One piece at a time, whatever the connection: so the rate is that of all."""
    global total
    with lock:
        total += n
        with open(folder + "/count.new", "w") as f:
            f.write(f"{total}\n")
        os.rename(folder + "/count.new", folder + "/count")
        rate = read_number(folder + "/rate")
        if rate:
            time.sleep(n / rate)


def reset(client):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                      struct.pack("ii", 1, 0))
    client.close()


def serve(client, port, folder):
    server = socket.create_connection(("127.0.0.1", port))
    sent = 0
    with selectors.DefaultSelector() as selector:
        selector.register(client, selectors.EVENT_READ, server)
        selector.register(server, selectors.EVENT_READ, client)
        try:
            while True:
                for key, _ in selector.select():
                    data = key.fileobj.recv(PIECE)
                    if not data:
                        return
                    key.data.sendall(data)
                    if key.fileobj is client:
                        continue
                    count(folder, len(data))
                    sent += len(data)
                    limit = read_number(folder + "/reset")
                    if limit and sent >= limit:
                        reset(client)
                        return
        except OSError:
            return
        finally:
            client.close()
            server.close()


def main():
    port, folder = int(sys.argv[1]), sys.argv[2]
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client, port, folder),
                         daemon=True).start()


if __name__ == "__main__":
    main()
