# near.py - the ten rows nearest to a query, by numpy.
# usage: python3 near.py ROWS.f32 QUERY.f32 [time]; time: prints what that took,
# in microseconds of processor time, without the start of Python
import sys
import time

import numpy as np

query = np.fromfile(sys.argv[2], dtype="<f4")
rows = np.memmap(sys.argv[1], dtype="<f4", mode="r").reshape(-1, len(query))
begin = time.process_time()
scores = rows @ query
top = np.argpartition(-scores, 10)[:10]
took = time.process_time() - begin
if len(sys.argv) > 3:
    print(int(took * 1e6))
else:
    print(*(int(i) + 1 for i in top[np.argsort(-scores[top], kind="stable")]))
