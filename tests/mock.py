"""What a shell cannot do to dmr-mock: mock.py PORT WHAT [ARGUMENT ...]

WHAT is the name of a function below.  Each prints what it saw, and gives up
when something takes longer than it may ever take.
"""
import os
import resource
import socket
import struct
import sys

LIMIT = float(os.environ.get("DEADLINE", "30"))
PORT = int(sys.argv[1])
MODELS = "/engines/v1/models"
CHAT = "/engines/v1/chat/completions"


def connect():
    s = socket.create_connection(("127.0.0.1", PORT), LIMIT)
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return s


def request(method, path, *headers, body=b"", length=None):
    head = [f"{method} {path} HTTP/1.1", f"Host: localhost:{PORT}", *headers]
    if body or length is not None:
        head.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join(head + ["", ""]).encode() + body


def read_all(s):
    """All until the end; a reset is told."""
    out = b""
    try:
        while piece := s.recv(1 << 16):
            out += piece
    except ConnectionResetError:
        out += b"(reset)"
    return out


def status(answer):
    return answer.split(b"\r\n")[0].decode("latin-1") or "(nothing)"


def send():
    """Each argument, with its escapes, on a connection of its own."""
    for text in sys.argv[3:]:
        s = connect()
        s.sendall(text.encode("latin-1").decode("unicode_escape").encode("latin-1"))
        print(status(s.recv(1 << 16)))
        s.close()


def long_lines():
    many = [f"X-{i}: 1" for i in range(10_000)]
    for text in (
        request("GET", "/" + "x" * 100_000),
        request("GET", MODELS, "X: " + "x" * 100_000),
        request("GET", MODELS, *many),
    ):
        s = connect()
        try:
            s.sendall(text)
        except OSError:
            pass
        print(status(s.recv(1 << 16)))
        s.close()


def large_body():
    """1 GB, of which 10 MiB and what is on its way are read."""
    s = connect()
    s.sendall(request("POST", CHAT, length=1 << 30))
    block = b"x" * (1 << 20)
    try:
        for _ in range(1 << 10):
            s.sendall(block)
    except OSError:
        pass
    print(read_all(s).decode())


def size_limit():
    tokens = "/anthropic/v1/messages/count_tokens"
    for path in ("/none", tokens):
        for size in (10 << 20, (10 << 20) + 1):
            s = connect()
            s.sendall(request("POST", path, "Connection: close", body=b"x" * size))
            print(status(read_all(s)))


def slow():
    """A head that stops, a body that stops, one that drips."""
    s = connect()
    s.sendall(b"GET / HT")
    print(status(read_all(s)))
    s = connect()
    s.sendall(request("POST", CHAT, body=b"{", length=9))
    print(status(read_all(s)))
    s = connect()
    s.sendall(request("POST", CHAT, length=1 << 20))
    s.settimeout(0.02)
    answer = b""
    while not answer:
        try:
            s.sendall(b" ")
            answer = s.recv(1 << 16) or b"(end)"
        except TimeoutError:
            pass
        except OSError:
            answer = b"(reset)"
    print(status(answer))


def short():
    """The end comes with the last bytes, and later."""
    for later in (False, True):
        s = connect()
        s.sendall(request("POST", CHAT, body=b"{", length=9))
        if later:
            done = connect()
            done.sendall(request("GET", MODELS))
            done.recv(1 << 16)
        s.shutdown(socket.SHUT_WR)
        print(status(read_all(s)))


def half_closed():
    """Each path, by a client that has ended its side before an answer."""
    for path in sys.argv[3:]:
        s = connect()
        s.sendall(request("GET", path, "Connection: close"))
        s.shutdown(socket.SHUT_WR)
        head, _, body = read_all(s).partition(b"\r\n\r\n")
        print(status(head), len(body))


def crowd():
    """1,000 that say nothing, 200 that never end a head; one that asks."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    idle = [connect() for _ in range(1_000)]
    for _ in range(200):
        s = connect()
        s.sendall(b"GET / HTTP/1.1\r\nX: ")
        idle.append(s)
    for s in idle[1_000:]:
        s.sendall(b"x")
    s = connect()
    s.settimeout(10)
    s.sendall(request("GET", MODELS))
    print(status(s.recv(1 << 16)))


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def memory(pid, name="VmRSS"):
    with open(f"/proc/{pid}/status") as lines:
        return next(int(l.split()[1]) for l in lines if l.startswith(name))


def settled(pid, n):
    """Has it n descriptors again?  A request is answered behind the others."""
    s = connect()
    for _ in range(1_000):
        s.sendall(request("GET", MODELS))
        s.recv(1 << 16)
        if descriptors(pid) <= n + 1:
            return True
    return False


def leave():
    """Go away in the middle of a stream, N times; half of them by a reset."""
    pid, n = sys.argv[3], int(sys.argv[4])
    body = b'{"model":"ai/smollm2","stream":true,"messages":[{"role":"user","content":"hi"}]}'
    text = request("POST", "/fault/stall" + CHAT, body=body)
    before = descriptors(pid)
    rss = 0
    for i in range(n):
        s = connect()
        s.sendall(text)
        s.recv(1 << 12)
        if i % 2:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        s.close()
        if i == n // 2:
            rss = memory(pid)
    print("descriptors:", "same" if settled(pid, before) else "more")
    print("memory:", "same" if memory(pid) <= rss + 1024 else "more")


def many():
    """256 connections, 40 requests on each; then the same again."""
    pid = sys.argv[3]
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    before = descriptors(pid)
    body = b'{"model":"ai/smollm2","messages":[{"role":"user","content":"hi"}]}'
    text = request("POST", CHAT, body=body)
    rss = n = 0
    for again in range(2):
        crowd = [connect() for _ in range(256)]
        for _ in range(40):
            for s in crowd:
                s.sendall(text)
            n += sum(s.recv(1 << 16).startswith(b"HTTP/1.1 200") for s in crowd)
        for s in crowd:
            s.close()
        rss = rss or memory(pid)
    print(n, "answers")
    print("descriptors:", "same" if settled(pid, before) else "more")
    print("memory:", "same" if memory(pid) <= rss + 256 else "more")


def methods():
    """Every method on every path: those that are not 404, 405 or 501."""
    n = 0
    for method in sys.argv[3].split():
        for path in sys.argv[4:]:
            s = connect()
            s.sendall(request(method, path, "Connection: close"))
            got = status(read_all(s))
            n += 1
            if got.split()[1:2] not in (["404"], ["405"], ["501"]):
                print(method, path, got)
    print(n, "were refused")


def not_reading():
    """Ask for much, and read nothing of it; somebody else asks meanwhile."""
    pid = sys.argv[3]
    s = connect()
    s.sendall(request("POST", "/none", body=b"x" * (8 << 20)))
    s.recv(1 << 16)
    readers = [connect() for _ in range(4)]
    for r in readers:
        r.sendall(request("GET", "/__mock/requests") * 20)
    s.sendall(request("GET", MODELS))
    print(status(s.recv(1 << 16)))
    print("memory:", "bounded" if memory(pid, "VmHWM") < 150 << 10 else "more")


def pipeline():
    """N requests on one connection, 100 at a time."""
    n = int(sys.argv[3])
    s = connect()
    head = request("HEAD", MODELS)
    s.sendall(head)
    answer = s.recv(1 << 16)
    for _ in range(n // 100):
        s.sendall(head * 100)
        left = 100 * len(answer)
        while left:
            left -= len(s.recv(min(left, 1 << 16)))
    s.sendall(request("GET", MODELS, "Connection: close"))
    print(status(answer), "then", status(read_all(s)))


def more_than_fit():
    """Open connections until one is turned away; those before still work."""
    held = []
    while len(held) < 64:
        s = connect()
        s.sendall(request("GET", MODELS))
        answer = s.recv(1 << 16)
        if not answer.startswith(b"HTTP/1.1 200"):
            break
        held.append(s)
    print(status(answer))
    for s in held:
        s.sendall(request("GET", MODELS))
        assert s.recv(1 << 16).startswith(b"HTTP/1.1 200")
    for s in held:
        s.close()
    for _ in range(1_000):
        s = connect()
        s.sendall(request("GET", MODELS))
        if s.recv(1 << 16).startswith(b"HTTP/1.1 200"):
            print("again")
            break
        s.close()


globals()[sys.argv[2]]()
