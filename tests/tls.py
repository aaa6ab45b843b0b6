"""tls.py - TLS before a server that has none.

    tls.py [--old] [--protocols LIST] [--end close|cut|garbage] CERT PORT

Listens on a port of 127.0.0.1 that it prints, and forwards what comes to PORT.
CERT holds the certificate, CERT.key its key.  Each handshake adds a line to
the file "handshakes": the version of TLS, and the protocol that was agreed on.

--old        TLS 1.1 and older
--protocols  what it offers by ALPN, best first: h2,http/1.1
--end        how the answer ends: close_notify and FIN, FIN, or bytes that are
             no TLS
"""
import argparse
import socket
import ssl
import threading


def make_context(options):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if options.old:
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.load_cert_chain(options.cert, options.cert + ".key")
    if options.protocols:
        context.set_alpn_protocols(options.protocols.split(","))
    return context


def send_request(client, server):
    try:
        while data := client.recv(65536):
            server.sendall(data)
        server.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def end(client, how):
    if how == "close":
        client.unwrap()
    raw = socket.socket(fileno=client.detach())
    if how == "garbage":
        raw.sendall(b"\x15\x03\x03\x00\x02\x02\x50")
    raw.shutdown(socket.SHUT_WR)
    while raw.recv(65536):
        pass
    raw.close()


def serve(client, options):
    server = socket.create_connection(("127.0.0.1", options.port))
    threading.Thread(target=send_request, args=(client, server),
                     daemon=True).start()
    while data := server.recv(65536):
        client.sendall(data)
    end(client, options.end)


def accept(raw, context, options):
    try:
        client = context.wrap_socket(raw, server_side=True)
        with open("handshakes", "a") as file:
            print(client.version(), client.selected_alpn_protocol(), file=file)
        serve(client, options)
    except OSError:
        raw.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--old", action="store_true")
    parser.add_argument("--protocols")
    parser.add_argument("--end", default="close")
    parser.add_argument("cert")
    parser.add_argument("port", type=int)
    options = parser.parse_args()
    context = make_context(options)
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        raw, _ = listener.accept()
        threading.Thread(target=accept, args=(raw, context, options),
                         daemon=True).start()


main()
