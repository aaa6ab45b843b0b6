"""What a script would be: asyncio and httpx, JOBS requests in flight.

    client.py JOBS URL <BODIES
"""
import asyncio
import sys

import httpx


async def main():
    jobs, url = int(sys.argv[1]), sys.argv[2]
    lines = iter(sys.stdin.buffer)
    limits = httpx.Limits(max_connections=jobs,
                          max_keepalive_connections=jobs)
    headers = {"Content-Type": "application/json"}
    async with httpx.AsyncClient(limits=limits, headers=headers) as client:
        async def work():
            for line in lines:
                reply = await client.post(url, content=line.rstrip(b"\n"))
                reply.json()["choices"][0]["message"]["content"]

        await asyncio.gather(*(work() for _ in range(jobs)))


asyncio.run(main())
