"""What the openai package makes of the server at $DMR_HOST: clients.py WHAT

WHAT is the name of a function below.  Each prints what it was told.
"""
import asyncio
import json
import os
import sys
import urllib.request

import openai
from pydantic import BaseModel

HOST = os.environ["DMR_HOST"]
MODEL = "ai/smollm2"
SAYS = [{"role": "user", "content": "how are you?"}]


class City(BaseModel):
    name: str
    people: int
    twins: list[str]


ADD = {
    "type": "function",
    "function": {
        "name": "add",
        "strict": True,
        "parameters": {
            "type": "object",
            "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
            "required": ["a", "b"],
            "additionalProperties": False,
        },
    },
}


def client(fault="", make=openai.OpenAI, **options):
    path = "/fault/" + fault if fault else ""
    return make(base_url=f"{HOST}{path}/engines/v1", api_key="none",
                timeout=float(os.environ.get("DEADLINE", "30")), **options)


def ask(fault="", model=MODEL, options={}, **more):
    return client(fault, **options).chat.completions.create(
        model=model, messages=SAYS, **more)


def text_of(stream):
    """The text of a stream, and in how many pieces it came."""
    pieces = [c.choices[0].delta.content for c in stream if c.choices]
    pieces = [p for p in pieces if p]
    return "".join(pieces), len(pieces) > 1


def adds_up(usage):
    return (usage.completion_tokens > 0 < usage.prompt_tokens and usage.total_tokens
            == usage.prompt_tokens + usage.completion_tokens)


def asked():
    """The requests so far."""
    with urllib.request.urlopen(HOST + "/__mock/requests") as answer:
        return [json.loads(line) for line in answer]


def tell_error(what, *arguments, **more):
    """The class of what it raises, the status and the server's words."""
    try:
        print("nothing raised:", what(*arguments, **more))
    except openai.APIStatusError as e:
        print(type(e).__name__, e.status_code, e.response.text.split("\n")[0])
    except openai.APIError as e:
        print(type(e).__name__, e.message)


def models():
    for model in client().models.list():
        print(model.id, model.object, model.owned_by)
    print(client().models.retrieve(MODEL).id)


def chat():
    answer = ask()
    print(answer.choices[0].message.content)
    print(answer.choices[0].finish_reason, adds_up(answer.usage))
    print(ask(max_tokens=1).choices[0].finish_reason)
    print([c.message.content for c in ask(n=2, stop="you").choices])


def stream():
    print(*text_of(ask(stream=True)))
    *_, last = ask(stream=True, stream_options={"include_usage": True})
    print(last.choices, adds_up(last.usage))


def complete():
    make = client().completions.create
    print(make(model=MODEL, prompt="one two").choices[0].text)
    pieces = make(model=MODEL, prompt="one two", stream=True)
    print("".join(p.choices[0].text for p in pieces))


def at_once():
    """Five questions of the asynchronous client, two of them streamed."""
    async def one(c, n, streams):
        answer = await c.chat.completions.create(
            model=MODEL, messages=[{"role": "user", "content": f"number {n}"}],
            stream=streams)
        if not streams:
            return answer.choices[0].message.content
        return "".join([p.choices[0].delta.content or "" async for p in answer])

    async def five():
        async with client(make=openai.AsyncOpenAI) as c:
            return await asyncio.gather(*(one(c, n, n > 3) for n in range(1, 6)))

    print(*asyncio.run(five()), sep=", ")


def schema():
    completions = client().chat.completions
    answer = completions.parse(model=MODEL, messages=SAYS, response_format=City)
    print(repr(answer.choices[0].message.parsed))
    with completions.stream(model=MODEL, messages=SAYS,
                            response_format=City) as events:
        print(repr(events.get_final_completion().choices[0].message.parsed))
    sent = [r["body"]["response_format"] for r in asked()]
    print([f["type"] for f in sent], sent[0] == sent[1])


def tools():
    completions = client().chat.completions
    told = completions.create(model=MODEL, messages=SAYS, tools=[ADD],
                              tool_choice="required").choices[0]
    call = told.message.tool_calls[0]
    print(told.finish_reason, call.type, call.function.name,
          call.function.arguments)
    with completions.stream(model=MODEL, messages=SAYS, tools=[ADD],
                            tool_choice="required") as events:
        call = events.get_final_completion().choices[0].message.tool_calls[0]
    print(call.function.name, call.function.parsed_arguments)
    result = {"role": "tool", "tool_call_id": told.message.tool_calls[0].id,
              "content": "2"}
    answer = completions.create(model=MODEL, messages=[*SAYS, told.message, result],
                                tools=[ADD])
    print(answer.choices[0].message.content)


def embeddings():
    """As base64, which the package asks for by itself, and as numbers."""
    make = client().embeddings.create
    texts = ["the cat sat", "the cat sat down", "rain tomorrow"]
    packed = make(model=MODEL, input=texts)
    plain = make(model=MODEL, input=texts, encoding_format="float")
    print([r["body"].get("encoding_format") for r in asked()])
    print([e.index for e in packed.data], {len(e.embedding) for e in packed.data})
    print(all(abs(x - y) < 1e-6 for one, two in zip(packed.data, plain.data)
              for x, y in zip(one.embedding, two.embedding, strict=True)))
    cat, down, rain = (e.embedding for e in packed.data)
    near = sum(x * y for x, y in zip(cat, down))
    print(near > sum(x * y for x, y in zip(cat, rain)), near < 1)
    print(packed.usage == plain.usage, packed.usage.total_tokens > 0)


def errors():
    tell_error(ask, model="ai/nope")
    tell_error(ask, model="ai/nope", stream=True)
    tell_error(client().embeddings.create, model="ai/nope", input="x")
    tell_error(client().models.retrieve, "ai/nope")
    tell_error(client().chat.completions.create, model=MODEL,
               messages=[{"role": "user"}])
    tell_error(ask, "500", options={"max_retries": 0})


def retries():
    """What is refused once is asked again, and only when it may be."""
    for fault in "429", "503", "loading":
        for streams in False, True:
            before = len(asked())
            answer = ask(fault, stream=streams)
            text = (text_of(answer)[0] if streams
                    else answer.choices[0].message.content)
            print(fault, text, len(asked()) - before)
    tell_error(ask, "429", options={"max_retries": 0})


def broken():
    """Connections that end early, whole answers and streams."""
    def read(fault, streams):
        answer = ask(fault, options={"max_retries": 0}, stream=streams)
        return text_of(answer) if streams else answer

    for fault in "close", "reset", "reset-head", "reset-body", "cut-100":
        tell_error(read, fault, False)
        tell_error(read, fault, True)
    tell_error(read, "error-event", True)


if __name__ == "__main__":
    globals()[sys.argv[1]]()
