#!/usr/bin/env python3
"""Reads the events of the registry from their stream in Redis, with nothing but Python.

Several processes with the same GROUP share the work. A message that a process did not acknowledge comes again, so the
program remembers the ids of those that it has handled; keep them with your own data if handling one twice does harm.

REDIS_HOST, REDIS_PORT and REDIS_PASSWORD say where Redis is; --once ends the program when the stream is empty.
"""
import json
import os
import socket
import sys

STREAM = "mooring:queue:" + os.environ.get("QUEUE_NAME", "model_ready")
GROUP = os.environ.get("GROUP", "deployments")
CONSUMER = f"{socket.gethostname()}-{os.getpid()}"
IDLE_MILLIS = "60000"


class Redis:
    """One connection. An answer is a text, a number, a list or None."""

    def __init__(self):
        address = (os.environ.get("REDIS_HOST", "127.0.0.1"), int(os.environ.get("REDIS_PORT", "6379")))
        self.file = socket.create_connection(address, timeout=30).makefile("rwb")
        if os.environ.get("REDIS_PASSWORD"):
            self.ask("AUTH", os.environ["REDIS_PASSWORD"])

    def ask(self, *words):
        parts = [word.encode() for word in words]
        self.file.write(b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(p), p) for p in parts))
        self.file.flush()
        return self.answer()

    def answer(self):
        line = self.file.readline().rstrip(b"\r\n")
        kind, rest = line[:1], line[1:]
        if kind == b"-":
            raise RuntimeError(rest.decode())
        if kind == b":":
            return int(rest)
        if kind == b"$":
            return None if rest == b"-1" else self.file.read(int(rest) + 2)[:-2].decode()
        if kind == b"*":
            return None if rest == b"-1" else [self.answer() for _ in range(int(rest))]
        return rest.decode()


def handle(kind, event):
    """Your work: what this returns without an exception counts as done."""
    if kind == "model.registered":
        print(kind, event["name"], "version", event["version"], flush=True)
    elif kind == "model.promoted":
        target = event.get("alias") or event["stage"]
        print(kind, event["name"], "version", event["version"], "to", target, flush=True)


def main():
    redis = Redis()
    try:
        redis.ask("XGROUP", "CREATE", STREAM, GROUP, "0", "MKSTREAM")
    except RuntimeError as known:
        if not str(known).startswith("BUSYGROUP"):
            raise
    handled = set()
    while True:
        # First what a process of the group took and did not finish, then what is new.
        entries = redis.ask("XAUTOCLAIM", STREAM, GROUP, CONSUMER, IDLE_MILLIS, "0-0", "COUNT", "10")[1]
        if not entries:
            news = redis.ask("XREADGROUP", "GROUP", GROUP, CONSUMER, "COUNT", "10", "BLOCK", "1000", "STREAMS", STREAM, ">")
            entries = news[0][1] if news else []
        for place, fields in entries:
            message = dict(zip(fields[::2], fields[1::2])) if fields else None
            if message and message["message_id"] not in handled:
                handle(message["type"], json.loads(message["payload"]))
                handled.add(message["message_id"])
            redis.ask("XACK", STREAM, GROUP, place)
        if not entries and "--once" in sys.argv:
            return


if __name__ == "__main__":
    main()
