# vectors.py - unit vectors as models make them: directions without order.
# usage: python3 vectors.py answer: a scenario's line, of 32 for a request
#        python3 vectors.py rows N: N of them, float32, on standard output
import base64
import json
import sys

import numpy as np

random = np.random.default_rng(7)


def draw(n):
    rows = random.standard_normal((n, 384), dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


if sys.argv[1] == "rows":
    left = int(sys.argv[2])
    while left:
        n = min(left, 50000)
        draw(n).tofile(sys.stdout.buffer)
        left -= n
else:
    data = [
        {
            "object": "embedding",
            "index": i,
            "embedding": base64.b64encode(row.tobytes()).decode(),
        }
        for i, row in enumerate(draw(32))
    ]
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    print(json.dumps({"json": {"model": "m", "data": data, "usage": usage}}))
