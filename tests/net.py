"""net.py - a network of its own, whose name server knows nobody or is mute.

    unshare --net --mount net.py nobody|mute COMMAND...

Runs COMMAND where /etc/resolv.conf names 127.0.0.1.  The server there answers
that no name exists, or never; how often it was asked stands in the file
"queries".
"""
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


def main():
    subprocess.check_call(["ip", "link", "set", "lo", "up"])
    for name, text in (("resolv.conf", "nameserver 127.0.0.1\n"),
                       ("nsswitch.conf", "hosts: files dns\n")):
        with open(name, "w") as file:
            file.write(text)
        subprocess.check_call(["mount", "--bind", name, "/etc/" + name])
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    threading.Thread(target=answer, args=(server, sys.argv[1] == "mute"),
                     daemon=True).start()
    sys.exit(subprocess.call(sys.argv[2:]))


main()
