# embed.py - the vectors of standard input's lines, by the openai package.
# usage: python3 embed.py URL, which ends in /v1
import os
import sys

import openai

client = openai.OpenAI(base_url=sys.argv[1], api_key="none")
texts = sys.stdin.read().splitlines()
n = 0
for i in range(0, len(texts), 32):
    answer = client.embeddings.create(model="m", input=texts[i : i + 32])
    n += len(answer.data)
    assert len(answer.data[0].embedding) == 384
assert n == len(texts)
