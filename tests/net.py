"""net.py - a network that does not answer, for one command.

    unshare --net --mount net.py nobody COMMAND...
    unshare --net --mount net.py mute COMMAND...
    net.py full COMMAND...

nobody, mute: /etc/resolv.conf names 127.0.0.1; the server there answers that
no name exists, or never.  How often it was asked stands in the file "queries".
full: DMR_HOST is a server whose queue is full, so that it drops what else
comes.  The command's number stands in the file "pid".
"""
import os
import signal
import socket
import subprocess
import sys
import threading


def answer(server, is_mute):
    while True:
        query, client = server.recvfrom(512)
        with open("queries", "ab") as file:
            file.write(b"\n")
        if not is_mute:  # RFC 1035, 4.1.1: QR RD, RA and NXDOMAIN
            head = query[:2] + b"\x81\x83" + query[4:6] + bytes(6)
            server.sendto(head + query[12:], client)


def know_names(is_mute):
    subprocess.check_call(["ip", "link", "set", "lo", "up"])
    for name, text in (("resolv.conf", "nameserver 127.0.0.1\n"),
                       ("nsswitch.conf", "hosts: files dns\n")):
        with open(name, "w") as file:
            file.write(text)
        subprocess.check_call(["mount", "--bind", name, "/etc/" + name])
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    threading.Thread(target=answer, args=(server, is_mute),
                     daemon=True).start()


def fill_queue():
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(0)
    clients = [socket.socket() for _ in range(4)]
    for client in clients:
        client.setblocking(False)
        client.connect_ex(server.getsockname())
    os.environ["DMR_HOST"] = "http://127.0.0.1:%d" % server.getsockname()[1]
    return [server] + clients


def main():
    open_sockets = []
    if sys.argv[1] == "full":
        open_sockets = fill_queue()
    else:
        know_names(sys.argv[1] == "mute")
    command = subprocess.Popen(sys.argv[2:], preexec_fn=lambda: signal.signal(
        signal.SIGINT, signal.SIG_DFL))
    with open("pid.new", "w") as file:
        file.write(str(command.pid))
    os.rename("pid.new", "pid")
    status = command.wait()
    del open_sockets
    sys.exit(status if status >= 0 else 128 - status)


main()
